"""The service desk at a glance: how much stands in each of its views, and which teams have work."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.models import TICKET
from services.projection.views.params import DeskParams
from services.projection.views.rows import fetch
from services.projection.views.scope import visible
from services.projection.views.ticket_filters import DESK_VIEWS, OPEN, desk_view

_t = TICKET.table.c


async def desk(asked: DeskParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """Open tickets that the caller may see, counted per view and per team.

    A count is the number of tickets that the list `tickets` gives for the view.
    """
    if asked.partner is not None:
        context.require_partner(asked.partner)
    wanted = [OPEN, visible(context)]
    if asked.partner is not None:
        wanted.append(_t.partner == asked.partner)
    counts = [
        func.count().filter(desk_view(view, asked.own_team)).label(view) for view in DESK_VIEWS
    ]
    (counted,) = await fetch(session, select(func.count().label("open"), *counts).where(*wanted))
    teams = (
        select(_t.team, func.count().label("open"))
        .where(*wanted, _t.team.is_not(None))
        .group_by(_t.team)
        .order_by(_t.team)
    )
    return {
        "open": counted.pop("open"),
        "views": counted,
        "teams": await fetch(session, teams),
    }
