"""Major incidents: to each partner the part that is shared with it, and its own tickets.

Nobody but the service centre learns which other partners are hit.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select, true
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.models import MAJOR_INCIDENT, TICKET
from services.projection.views.params import MajorIncidentsParams
from services.projection.views.rows import fetch
from services.projection.views.scope import require_partner, visible

_m = MAJOR_INCIDENT.table.c
_t = TICKET.table.c
Scope = frozenset[str] | None
"""The partners for whom it is read; `None` is all."""


async def major_incidents(
    asked: MajorIncidentsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """A page, the ongoing and newest first; for a partner that is asked for, as it sees them."""
    scope = context.partners
    if asked.partner is not None:
        await require_partner(session, context, asked.partner)
        scope = frozenset({asked.partner})
    wanted = [_shared_with(scope), *_conditions(asked)]
    query = (
        select(MAJOR_INCIDENT.table)
        .where(*wanted)
        .order_by(_m.ended_at.is_not(None), _m.declared_at.desc(), _m.number)
        .limit(asked.size)
        .offset((asked.page - 1) * asked.size)
    )
    rows = await fetch(session, query)
    total = await session.scalar(
        select(func.count()).select_from(MAJOR_INCIDENT.table).where(*wanted)
    )
    tickets = await _tickets(session, context, scope, [row["number"] for row in rows])
    return {
        "items": [_shown(row, scope, tickets.get(row["number"], ())) for row in rows],
        "total": total,
        "page": asked.page,
        "size": asked.size,
    }


def _shared_with(scope: Scope) -> ColumnElement[bool]:
    if scope is None:
        return true()
    named = cast(array(sorted(scope), type_=String), ARRAY(String))
    shared: ColumnElement[bool] = _m.partners.has_any(named)
    return shared


def _conditions(asked: MajorIncidentsParams) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.number is not None:
        conditions.append(_m.number == asked.number.upper())
    if asked.ongoing is not None:
        conditions.append(_m.ended_at.is_(None) if asked.ongoing else _m.ended_at.is_not(None))
    return conditions


async def _tickets(
    session: AsyncSession, context: Context, scope: Scope, numbers: Sequence[str]
) -> Mapping[str, Sequence[str]]:
    """The tickets within the scope that belong to each, by number."""
    of_scope = true() if scope is None else _t.partner.in_(sorted(scope))
    query = (
        select(_t.major_incident, func.array_agg(_t.ticket).label("tickets"))
        .where(_t.major_incident.in_(numbers), visible(context), of_scope)
        .group_by(_t.major_incident)
    )
    return {row["major_incident"]: row["tickets"] for row in await fetch(session, query)}


def _shown(row: Mapping[str, Any], scope: Scope, tickets: Sequence[str]) -> dict[str, Any]:
    """The shared part; partners, tickets and what the updates name lie within the scope.

    To a partner the version counts what it sees: it must not learn that others are told more.
    """
    updates = [_told(update, scope) for update in row["updates"] if _is_for(update, scope)]
    seen = 1 + len(updates) + (row["ended_at"] is not None)
    return {
        "major_incident": row["number"],
        "aggregate_version": row["version"] if scope is None else seen,
        "title": row["title"],
        "status": "ongoing" if row["ended_at"] is None else "ended",
        "incident": row["incident"] if row["incident"] in tickets else None,
        "partners": [partner for partner in row["partners"] if _within(partner, scope)],
        "updates": updates,
        "attached": len(tickets),
        "declared_at": row["declared_at"],
        "ended_at": row["ended_at"],
    }


def _is_for(update: Mapping[str, Any], scope: Scope) -> bool:
    return not update["partners"] or any(_within(each, scope) for each in update["partners"])


def _told(update: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    return {**update, "partners": [each for each in update["partners"] if _within(each, scope)]}


def _within(partner: str, scope: Scope) -> bool:
    return scope is None or partner in scope
