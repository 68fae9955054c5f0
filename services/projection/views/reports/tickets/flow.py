"""What came in and what went out, day by day or month by month, and what was then left."""
# ruff: noqa: S608  only conditions of `measures` are put together; values are bound

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.periods import Period, current
from contracts.reports import Cell, Chart, Column, Table
from services.projection.amounts import percentage
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import State, against
from services.projection.views.reports.tickets.measures import MEASURES, bounds, counted, of_partner

MOST_DAYS = 100
"""A longer period is told month by month."""
WHOLE = "100"

Count = Callable[..., Cell]

_PER_DAY = f"""
    SELECT measure, CAST(at AT TIME ZONE 'Europe/Amsterdam' AS date) AS day, count(*) AS count
    FROM (
        SELECT 'received' AS measure, opened_at AS at FROM ticket
        WHERE {{partner}} AND {MEASURES["received"]}
        UNION ALL
        SELECT 'resolved', resolved_at FROM ticket WHERE {{partner}} AND {MEASURES["resolved"]}
    ) AS flow GROUP BY measure, day
"""
_BACKLOG = f"SELECT count(*) FROM ticket WHERE {{partner}} AND {MEASURES['backlog']}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day or a month of the period; `backlog` is what was open at its end, or now."""

    first: date
    last: date
    received: int
    resolved: int
    backlog: int

    @property
    def state(self) -> State | None:
        """Whether as much went out as came in."""
        return kept_up(self.received, self.resolved)


@dataclass(frozen=True, slots=True)
class Flow:
    """The stretches of the period until today, in their order."""

    monthly: bool
    stretches: Sequence[Stretch]


def kept_up(received: int, resolved: int) -> State | None:
    """Good when as much went out as came in; else by the share that went out."""
    if not received:
        return "good" if resolved else None
    return against(percentage(resolved, received), WHOLE)


async def flow(asked: Asked, session: AsyncSession, *, monthly: bool | None = None) -> Flow:
    """Of what was not cancelled, so that what was left follows from what came and went.

    By the day, or by the month where the period is longer than `MOST_DAYS` unless `monthly` says.
    """
    partner = of_partner(asked)
    bound = bounds(asked)
    rows = await session.execute(text(_PER_DAY.format(partner=partner)), bound)
    left = await session.scalar(text(_BACKLOG.format(partner=partner)), bound)
    if monthly is None:
        monthly = (asked.period.last - asked.period.first).days >= MOST_DAYS
    return Flow(monthly, _stretches(asked, _counts(rows), int(left or 0), monthly=monthly))


def table(made: Flow, count: Count = counted) -> Table:
    """With what was left at the end of each, and whether it was kept up with.

    `count` makes the cell of a measure, which says what it opens to.
    """
    along = "month" if made.monthly else "day"
    return Table(
        key="flow-per-month" if made.monthly else "flow-per-day",
        columns=(
            Column(key=along, kind="month" if made.monthly else "date"),
            Column(key="received", kind="count"),
            Column(key="resolved", kind="count"),
            Column(key="backlog", kind="count"),
            Column(key="judgement", kind="state"),
        ),
        rows=tuple(_row(each, count, monthly=made.monthly) for each in made.stretches),
        charts=_charts(along) if made.stretches else (),
    )


def _charts(along: str) -> tuple[Chart, ...]:
    return (
        Chart(kind="lines", along=along, series=("received", "resolved")),
        Chart(kind="bars", along=along, series=("backlog",)),
    )


def _row(each: Stretch, count: Count, *, monthly: bool) -> tuple[Cell, ...]:
    days = {"first": each.first, "last": each.last}
    return (
        Cell(value=f"{each.first:%Y-%m}" if monthly else str(each.first)),
        count(each.received, "received", **days),
        count(each.resolved, "resolved", **days),
        count(each.backlog, "backlog", **days),
        Cell(value=each.state),
    )


Counts = Counter[tuple[str, date]]
"""How many, by measure and day."""


def _counts(rows: Any) -> Counts:
    return Counter({(row.measure, row.day): row.count for row in rows})


def _stretches(asked: Asked, counts: Counts, left: int, *, monthly: bool) -> Sequence[Stretch]:
    """What was left is reckoned back from the end."""
    found: list[Stretch] = []
    for first, last in reversed([*_split(asked.period, asked.today, monthly=monthly)]):
        received, resolved = (
            _within(counts, measure, first, last) for measure in ("received", "resolved")
        )
        found.append(Stretch(first, last, received, resolved, left))
        left += resolved - received
    return found[::-1]


def _within(counts: Counts, measure: str, first: date, last: date) -> int:
    days = range((last - first).days + 1)
    return sum(counts[measure, first + timedelta(days=n)] for n in days)


def _split(period: Period, today: date, *, monthly: bool) -> Iterator[tuple[date, date]]:
    first, end = period.first, min(period.last, today)
    while first <= end:
        last = min(current("month", first).last, period.last) if monthly else first
        yield first, last
        first = last + timedelta(days=1)
