"""Tickets: lists, one ticket, its timeline."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Select, Text, UnaryExpression, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import PartnerForbidden
from services.projection.models import ITEM, TICKET, TIMELINE
from services.projection.views import snapshot
from services.projection.views.params import TicketParams, TicketsParams, TimelineParams
from services.projection.views.rows import fetch
from services.projection.views.scope import visible
from services.projection.views.sorting import sort_key
from services.projection.views.ticket_filters import conditions

_t = TICKET.table.c
SORTS: Mapping[str, Column[Any]] = {
    name: _t[name]
    for name in (
        "ticket",
        "opened_at",
        "updated_at",
        "resolved_at",
        "response_due",
        "resolution_due",
        "priority",
        "status",
        "partner",
    )
}

_MOMENTS = {
    "at_risk": ("response_at_risk_at", "resolution_at_risk_at"),
    "breached": ("response_breached_at", "resolution_breached_at"),
}
_UNSHOWN = {
    "root_cause",
    "known_error",
    "workaround",
    "known_since",
    "item_version",
    "paused_at",
    "calendar_version",
    "pauses_on_supplier",
    *(name for pair in _MOMENTS.values() for name in pair),
}


def _facts() -> Select[Any]:
    name = ITEM.table.c.names[cast(_t.item_version, Text)].astext.label("item_name")
    joined = TICKET.table.outerjoin(ITEM.table, ITEM.table.c.aggregate == "item/" + _t.item)
    return select(TICKET.table, name).select_from(joined)


def fact(row: Mapping[str, Any]) -> dict[str, Any]:
    """A ticket as it is shown."""
    shown = {name: value for name, value in row.items() if name not in _UNSHOWN}
    percentage = row["target_percentage"]
    moments = {
        name: {"response": row[response], "resolution": row[resolution]}
        for name, (response, resolution) in _MOMENTS.items()
    }
    return {
        **shown,
        **moments,
        "paused": row["paused_at"] is not None,
        "target_percentage": None if percentage is None else str(percentage),
    }


async def tickets(asked: TicketsParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """A page of the tickets that the caller may see."""
    if asked.partner is not None:
        context.require_partner(asked.partner)
    order = _order(*sort_key(asked.sort, SORTS))
    wanted = [visible(context), *conditions(asked, context)]
    query = (
        _facts()
        .where(*wanted)
        .order_by(order, _t.ticket)
        .limit(asked.size)
        .offset((asked.page - 1) * asked.size)
    )
    rows = await fetch(session, query)
    total = await session.execute(select(func.count()).select_from(TICKET.table).where(*wanted))
    return {
        "tickets": [fact(row) for row in rows],
        "total": total.scalar_one(),
        "page": asked.page,
        "size": asked.size,
    }


def _order(column: Column[Any], descending: bool) -> UnaryExpression[Any]:  # noqa: FBT001  a pair
    """What is unknown comes last. A column that is always known can be read from its index."""
    order = column.desc() if descending else column.asc()
    return order.nulls_last() if column.nullable else order


async def ticket(asked: TicketParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """One ticket. Raises `PartnerForbidden` when it is foreign or unknown: both the same."""
    sequence = await snapshot.sequence(session)
    row = await _one(asked.ticket, context, session)
    if row is None:
        raise PartnerForbidden
    return {"ticket": fact(row), "sequence": sequence}


async def timeline(
    asked: TimelineParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Everything that happened to a ticket, in order. Raises as `ticket` does."""
    if await _one(asked.ticket, context, session) is None:
        raise PartnerForbidden
    table = TIMELINE.table.c
    query = (
        select(table.version, table.event, table.occurred_at, table.details)
        .where(table.ticket == asked.ticket)
        .order_by(table.version)
    )
    return {"timeline": await fetch(session, query)}


async def _one(number: str, context: Context, session: AsyncSession) -> Mapping[str, Any] | None:
    query = _facts().where(_t.ticket == number, visible(context))
    return next(iter(await fetch(session, query)), None)
