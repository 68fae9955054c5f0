"""The events that a figure comes from, down to their ids on the stream."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.finance_models import SOURCE_EVENT
from services.projection.folds.sources import LOGGED_SUBJECT, LOGGED_TIME
from services.projection.views.finance.params import SourcesParams
from services.projection.views.finance.scope import (
    keeps_books,
    own,
    require_books,
    seen_method,
    sees_position,
)
from services.projection.views.rows import fetch
from services.projection.views.scope import require_partner

_e = SOURCE_EVENT.table.c
_KIND = func.split_part(_e.aggregate, "/", 1)
_SHARED = ("pool", "method", "run", "year")
"""Kinds of aggregate whose events concern all partners."""
_POSITION = (
    "risk",
    "reserve",
    "resilience",
    "loan",
    "cash",
    "interest-risk",
    "balance",
    "indicator",
    "case",
)
"""Kinds that are for owners."""


async def finance_events(
    asked: SourcesParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """As they were told, in the order of the stream; empty where there is nothing to see."""
    require_books(context)
    wanted = [*_range(asked), _seen_by(context)]
    if asked.partner is not None:
        await require_partner(session, context, asked.partner)
        wanted.append(_e.partner == asked.partner)
    query = select(SOURCE_EVENT.table).where(*wanted).order_by(_e.stream_sequence)
    page = query.limit(asked.size).offset((asked.page - 1) * asked.size)
    counted = select(func.count()).select_from(SOURCE_EVENT.table).where(*wanted)
    total = await session.scalar(counted)
    items = [_told(row, context) for row in await fetch(session, page)]
    return {"items": items, "total": total, "page": asked.page, "size": asked.size}


def _range(asked: SourcesParams) -> list[ColumnElement[bool]]:
    """Logged time is named by its subject on the stream and sequences there."""
    logged = asked.aggregate == LOGGED_SUBJECT
    place = _e.stream_sequence if logged else _e.version
    found = _e.type == LOGGED_TIME if logged else _e.aggregate == asked.aggregate
    wanted: list[ColumnElement[bool]] = [found]
    if asked.first_version is not None:
        wanted.append(place >= asked.first_version)
    if asked.last_version is not None:
        wanted.append(place <= asked.last_version)
    return wanted


def _seen_by(context: Context) -> ColumnElement[bool]:
    """What concerns all partners, and what is the own partner's; a quote is the controller's."""
    kinds = (*_SHARED, *_POSITION) if sees_position(context) else _SHARED
    shared = _e.partner.is_(None) & _KIND.in_(kinds)
    whose = _e.partner.is_not(None) & own(context, _e.partner) & (_KIND != "quote")
    return or_(shared, whose, _KIND == "quote") if keeps_books(context) else or_(shared, whose)


def _told(row: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Without what a method says of other partners."""
    data = row["data"]
    if "method" in data:
        data = {**data, "method": seen_method(data["method"], context)}
    return {**row, "data": data}
