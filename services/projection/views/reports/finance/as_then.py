"""Read models of finance as they stood on a day: their events up to then, folded once more.

A report over a period that is past tells of it what held then, whatever came later.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.finance.costs import BudgetAmended, BudgetSet, CostBooked
from contracts.finance.plans import BusinessCasePlanned, BusinessCaseResultRecorded
from contracts.finance.treasury import InterestRiskAssessed
from contracts.periods import AMSTERDAM
from services.projection.finance_models import COST_POOL, SETTLED_YEAR, SOURCE_EVENT
from services.projection.finance_position_rows import BusinessCase, InterestRisk
from services.projection.finance_rows import CostPool, SettledYear
from services.projection.folds import FOLDS
from services.projection.recorded import Recorded
from services.projection.views.finance.lists import load

_e = SOURCE_EVENT.table.c
_DATED = {CostBooked.type(): "booked_on", BudgetAmended.type(): "amended_on"}
"""The day of business that an event is of, where that is not the day on which it occurred."""

Keep = Callable[[Sequence[Recorded]], Sequence[Recorded]]
"""Of the events of an aggregate in order, those that count."""


def dated(event: Recorded) -> date:
    """The Dutch day of business that an event is of."""
    field = _DATED.get(event.type)
    if field is None:
        return event.occurred_at.astimezone(AMSTERDAM).date()
    return date.fromisoformat(event.data[field])


async def pools_on(session: AsyncSession, year: int, day: date) -> list[CostPool]:
    """The pools of a year with what was booked and amended by the end of a month's last day."""
    pools = await load(session, CostPool, COST_POOL, COST_POOL.table.c.year == year)
    changed = [pool.aggregate for pool in pools if _changed_after(pool, day)]
    if not changed:
        return pools
    then = await _refolded(session, _by(day), _e.aggregate.in_(changed))
    by_aggregate: dict[str, CostPool] = {row.aggregate: row for row in then}
    return [by_aggregate.get(pool.aggregate, pool) for pool in pools]


def _changed_after(pool: CostPool, day: date) -> bool:
    """Bookings are known by month of the pool's own year: all of a later year came after."""
    if day.year > pool.year:
        return False
    over = day.month if day.year == pool.year else 0
    booked = any(int(month) > over for month in pool.months)
    return booked or any(date.fromisoformat(each["amended_on"]) > day for each in pool.amendments)


def _by(day: date) -> Keep:
    """A budget counts from its first day on, whenever it was set."""
    first = BudgetSet.type()
    return lambda events: [each for each in events if each.type == first or dated(each) <= day]


async def closed_by(session: AsyncSession, year: int, day: date) -> bool:
    """Whether the year was settled by the end of the day."""
    wanted = SETTLED_YEAR.table.c.year == year
    rows = await load(session, SettledYear, SETTLED_YEAR, wanted)
    return any(row.closed_at.astimezone(AMSTERDAM).date() <= day for row in rows)


async def cases_by(session: AsyncSession, day: date) -> list[BusinessCase]:
    """Business cases that were planned by the day, as they were told up to then.

    A last word on the day's year or one before it counts though it came later, and with it all
    that was said before it.
    """

    def keep(told: Sequence[Recorded]) -> Sequence[Recorded]:
        counting = [place for place, each in enumerate(told) if _told_of(each, day)]
        return told[: max(counting) + 1] if dated(told[0]) <= day else []

    types = (BusinessCasePlanned.type(), BusinessCaseResultRecorded.type())
    return await _refolded(session, keep, _e.type.in_(types))


def _told_of(event: Recorded, day: date) -> bool:
    about = event.data.get("result", {}).get("year")
    return dated(event) <= day or (about is not None and about <= day.year)


async def interest_risks_by(session: AsyncSession, years: range, day: date) -> list[InterestRisk]:
    """Of each of the years the last assessment by the day, else the first that came later."""

    def keep(told: Sequence[Recorded]) -> Sequence[Recorded]:
        return [each for each in told if dated(each) <= day] or told[:1]

    rows = await _refolded(session, keep, _e.type == InterestRiskAssessed.type())
    return sorted((row for row in rows if row.year in years), key=lambda row: row.year)


async def _refolded(session: AsyncSession, keep: Keep, wanted: ColumnElement[bool]) -> list[Any]:
    """Rows made of the events that count, in the order of their aggregates' ids."""
    rows = []
    for events in (await _told(session, wanted)).values():
        row = None
        for event in keep(events):
            row = FOLDS[event.type].apply(row, event)
        if row is not None:
            rows.append(row)
    return rows


async def _told(session: AsyncSession, wanted: ColumnElement[bool]) -> dict[str, list[Recorded]]:
    query = select(SOURCE_EVENT.table).where(wanted).order_by(_e.aggregate, _e.version)
    return _grouped(recorded(row._mapping) for row in await session.execute(query))  # noqa: SLF001


def _grouped(events: Iterable[Recorded]) -> dict[str, list[Recorded]]:
    found: dict[str, list[Recorded]] = {}
    for event in events:
        found.setdefault(event.aggregate, []).append(event)
    return found


def recorded(told: Any) -> Recorded:
    """An event as it was kept, ready to be folded."""
    return Recorded(
        sequence=told["stream_sequence"],
        id=told["event_id"],
        type=told["type"],
        aggregate=told["aggregate"],
        version=told["version"],
        recorded_at="",
        occurred_at=told["occurred_at"],
        data=told["data"],
        body=b"",
    )
