"""Budget against bookings, per year and pool, and the bookings themselves."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, Integer, Numeric, Select, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.amounts import euro
from services.projection.finance_models import COST_POOL, SETTLED_YEAR, SOURCE_EVENT
from services.projection.finance_rows import CostPool, SettledYear
from services.projection.folds.sources import COST_BOOKED
from services.projection.views.finance.budget import against_budget, sums
from services.projection.views.finance.lists import Key, amount, load, ordered, page_of
from services.projection.views.finance.params import BookingsParams, BudgetsParams
from services.projection.views.finance.scope import own_or_shared, require_books
from services.projection.views.rows import fetch
from services.projection.views.scope import require_partner
from services.projection.views.sorting import sort_key

BUDGET_SORTS: dict[str, Key] = {
    "year": lambda item: (item["year"], item["pool"]),
    "pool": lambda item: (item["pool"], item["year"]),
    **{name: amount(name) for name in ("budget", "booked", "remaining")},
}
_e = SOURCE_EVENT.table.c
_booked_on = cast(_e.data["booked_on"].astext, Date)
_amount = cast(_e.data["amount"].astext, Numeric)
_year = cast(_e.data["year"].astext, Integer)
_structural = func.coalesce(cast(_e.data["structural"].astext, Boolean), True)
BOOKING_SORTS: dict[str, ColumnElement[Any]] = {
    "booked_on": _booked_on,
    "amount": _amount,
    "booking": _e.data["booking"].astext,
    "pool": _e.data["pool"].astext,
}


async def budgets(asked: BudgetsParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """Pools with what they may cost and did cost; `totals` are of all that match."""
    require_books(context)
    table = COST_POOL.table.c
    wanted = [table[name] == value for name in ("year", "pool") if (value := getattr(asked, name))]
    pools = await load(session, CostPool, COST_POOL, *wanted)
    closed = {year.year for year in await load(session, SettledYear, SETTLED_YEAR)}
    items = [against_budget(pool, context, closed=pool.year in closed) for pool in pools]
    found = ordered(items, asked.sort, BUDGET_SORTS)
    return {**page_of(found, asked), "totals": sums(items)}


async def bookings(
    asked: BookingsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Those for all, and those of the partners that the caller acts for."""
    require_books(context)
    wanted = [_e.type == COST_BOOKED, own_or_shared(context, _e.partner)]
    if asked.partner is not None:
        await require_partner(session, context, asked.partner)
        wanted.append(_e.partner == asked.partner)
    wanted += _filters(asked)
    column, descending = sort_key(asked.sort, BOOKING_SORTS)
    order = (column.desc() if descending else column.asc(), _e.stream_sequence)
    page = _bookings(*wanted).order_by(*order)
    page = page.limit(asked.size).offset((asked.page - 1) * asked.size)
    counted = select(func.count(), func.coalesce(func.sum(_amount), 0)).where(*wanted)
    count, booked = (await session.execute(counted)).one()
    return {
        "items": await fetch(session, page),
        "total": count,
        "page": asked.page,
        "size": asked.size,
        "totals": {"amount": euro(booked)},
    }


def _filters(asked: BookingsParams) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if asked.year is not None:
        wanted.append(_year == asked.year)
    if asked.pool is not None:
        wanted.append(_e.data["pool"].astext == asked.pool)
    if asked.structural is not None:
        wanted.append(_structural.is_(asked.structural))
    told = func.concat_ws(" ", _e.data["booking"].astext, _e.data["description"].astext)
    wanted += [told.icontains(word, autoescape=True) for word in (asked.search or "").split()]
    return wanted


def _bookings(*wanted: ColumnElement[bool]) -> Select[Any]:
    return select(
        _year.label("year"),
        *(_e.data[name].astext.label(name) for name in ("pool", "booking")),
        _booked_on.label("booked_on"),
        *(_e.data[name].astext.label(name) for name in ("description", "amount", "line")),
        _e.partner,
        _structural.label("structural"),
        _e.event_id,
        _e.aggregate,
        _e.version.label("aggregate_version"),
        _e.stream_sequence,
    ).where(*wanted)
