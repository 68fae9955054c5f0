"""A problem with the incidents that it is behind: of all partners, so for the service centre."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import PartnerForbidden
from services.projection.models import TICKET
from services.projection.views.params import ProblemParams, TicketsParams
from services.projection.views.rows import fetch
from services.projection.views.tickets import tickets

_t = TICKET.table.c


async def problem(asked: ProblemParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """Raises `PartnerForbidden` for whoever does not act for all partners: it does not exist."""
    if context.partners is not None:
        raise PartnerForbidden
    known = select(
        _t.ticket,
        _t.version,
        _t.status,
        _t.root_cause,
        _t.known_error.label("summary"),
        _t.workaround,
        _t.known_since,
    ).where(_t.ticket == asked.ticket, _t.kind == "problem")
    found = next(iter(await fetch(session, known)), None)
    if found is None:
        raise PartnerForbidden
    wanted = TicketsParams(problem=asked.ticket, page=asked.page, size=asked.size)
    incidents = await tickets(wanted, context, session)
    return {"problem": found, "incidents": incidents.pop("tickets"), **incidents}
