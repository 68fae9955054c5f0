"""Opening a figure of a report that all partners share: to totals, never to single tickets."""
# ruff: noqa: S608  only conditions of `measures` are put together; values are bound

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.periods import Period, current
from contracts.reports import Cell, Column, Of, Table
from services.projection.errors import ReportSourceUnknown
from services.projection.views.reports.asking import Asked, SourcesParams
from services.projection.views.reports.cells import term
from services.projection.views.reports.tickets.experience import MARKS
from services.projection.views.reports.tickets.measures import Selection, of
from services.projection.views.reports.tickets.openers import selected
from services.projection.views.rows import fetch

TOTALS = "ticket-totals"
MARKS_GIVEN = "marks-given"
_NARROWED_BY = frozenset({"measure", "domain", "group", "from", "to"})
"""What is one partner's, item's or team's is not for all, and neither is what one day brought."""


def counted(value: int | str | None, measure: str, **where: object) -> Cell:
    """How many tickets a measure counts, or a share of them, to be opened to their totals."""
    return Cell(value=value, of=of(measure, **where).model_copy(update={"source": TOTALS}))


def marked(value: str | None, **where: str) -> Cell:
    """A mean of marks, to be opened to how often each was given."""
    return Cell(value=value, of=Of(source=MARKS_GIVEN, where={"measure": "rated", **where}))


async def open_totals(
    params: SourcesParams, asked: Asked, session: AsyncSession
) -> tuple[Table, int]:
    """How many tickets of each field, kind and priority, added up. Raises `ReportSourceUnknown`."""
    chosen = _shared(params, asked)
    query = f"""
        SELECT domain, kind, priority, count(*) AS count FROM ticket WHERE {chosen.condition}
        GROUP BY domain, kind, priority ORDER BY domain, kind, priority
    """
    found = await fetch(session, text(query), chosen.bound)
    terms = ("domain", "kind", "priority")
    rows = [(*(term(name, row[name]) for name in terms), Cell(value=row["count"])) for row in found]
    table = Table(
        key="ticket-totals",
        columns=(*(Column(key=name, kind="term") for name in terms), _COUNT),
        rows=_page(rows, params),
        total=(*(Cell(value=None) for _ in terms), Cell(value=sum(row["count"] for row in found))),
    )
    return table, len(rows)


async def open_marks(
    params: SourcesParams, asked: Asked, session: AsyncSession
) -> tuple[Table, int]:
    """How often each mark was given, the highest first. Raises `ReportSourceUnknown`."""
    chosen = _shared(params, asked)
    given = ", ".join(f"count(*) FILTER (WHERE {name} = mark) AS {name}" for name in MARKS)
    query = f"""
        SELECT mark, {given} FROM ticket CROSS JOIN generate_series(1, 10) AS mark
        WHERE {chosen.condition} GROUP BY mark ORDER BY mark DESC
    """
    found = await fetch(session, text(query), chosen.bound)
    names = ("mark", *MARKS)
    rows = [tuple(Cell(value=row[name]) for name in names) for row in found]
    table = Table(
        key="marks-given",
        columns=tuple(Column(key=name, kind="count") for name in names),
        rows=_page(rows, params),
        total=(
            Cell(value=None),
            *(Cell(value=sum(row[name] for row in found)) for name in MARKS),
        ),
    )
    return table, len(rows)


_COUNT = Column(key="count", kind="count")


def _shared(params: SourcesParams, asked: Asked) -> Selection:
    """What figures of such a report count: of the whole period, or of a month."""
    days = tuple(params.where.get(name) for name in ("from", "to"))
    if params.where.keys() - _NARROWED_BY or days not in ((None, None), *_months(asked.period)):
        raise ReportSourceUnknown("where", source=params.source)
    return selected(params, asked)


def _months(period: Period) -> Iterator[tuple[str, str]]:
    first = period.first
    while first <= period.last:
        month = current("month", first)
        yield str(month.first), str(month.last)
        first = month.last + timedelta(days=1)


def _page(rows: Sequence[tuple[Cell, ...]], params: SourcesParams) -> tuple[tuple[Cell, ...], ...]:
    first = (params.page - 1) * params.size
    return tuple(rows[first : first + params.size])
