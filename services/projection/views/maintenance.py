"""The maintenance calendar: windows, freezes and planned changes, for whom they concern."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import JsonValue
from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.errors import PeriodInvalid
from services.projection.models import TICKET, WINDOW
from services.projection.views.params import MaintenanceParams
from services.projection.views.rows import fetch
from services.projection.views.scope import visible

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DEFAULT_DAYS = 90
LONGEST_DAYS = 2 * 366

_w = WINDOW.table.c
_t = TICKET.table.c
_STARTS = _t.change["starts_at"].astext
_ENDS = _t.change["ends_at"].astext


async def maintenance(
    asked: MaintenanceParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """What touches the period, in the order in which it starts.

    A window names only partners that the caller may see. Raises `PeriodInvalid`.
    """
    if asked.partner is not None:
        context.require_partner(asked.partner)
    first, last = _period(asked, context.now.astimezone(AMSTERDAM).date())
    starts = datetime.combine(first, time(), AMSTERDAM)
    ends = datetime.combine(last + timedelta(days=1), time(), AMSTERDAM)
    windows = (
        select(WINDOW.table)
        .where(_w.ends_at > starts, _w.starts_at < ends, _concerns(asked, context))
        .order_by(_w.starts_at, _w.number)
    )
    changes = (
        select(_t.ticket, _t.partner, _t.status, _t.change)
        .where(
            visible(context),
            _t.kind == "change",
            func.timestamptz(_ENDS) > starts,
            func.timestamptz(_STARTS) < ends,
            true() if asked.partner is None else _t.partner == asked.partner,
        )
        .order_by(func.timestamptz(_STARTS), _t.ticket)
    )
    return {
        "period": {"from": first, "to": last},
        "windows": [_shown(row, context) for row in await fetch(session, windows)],
        "changes": [{**row.pop("change"), **row} for row in await fetch(session, changes)],
    }


def _period(asked: MaintenanceParams, today: date) -> tuple[date, date]:
    first = asked.from_ or min(today, asked.to or today)
    last = asked.to or first + timedelta(days=DEFAULT_DAYS - 1)
    if not 0 <= (last - first).days < LONGEST_DAYS:
        told: dict[str, JsonValue] = {"from": first.isoformat(), "to": last.isoformat()}
        raise PeriodInvalid("from", longest=LONGEST_DAYS, **told)
    return first, last


def _concerns(asked: MaintenanceParams, context: Context) -> ColumnElement[bool]:
    """For all partners, or for one that is asked about or that the caller acts for."""
    partners = context.partners if asked.partner is None else frozenset({asked.partner})
    if partners is None:
        return true()
    named = cast(array(sorted(partners), type_=String), ARRAY(String))
    return or_(func.jsonb_array_length(_w.partners) == 0, and_(_w.partners.has_any(named)))


def _shown(row: Mapping[str, Any], context: Context) -> dict[str, Any]:
    partners = [partner for partner in row["partners"] if context.sees(partner)]
    shown = {"window" if name == "number" else name: value for name, value in row.items()}
    return {**shown, "partners": partners, "everybody": not row["partners"]}
