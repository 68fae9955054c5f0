"""What a period brought beside tickets: maintenance that was done, signals that were counted."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, cast, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Cell, Column, Of, Table
from contracts.tickets import SignalSort
from services.projection.errors import ReportSourceUnknown
from services.projection.models import SECURITY_SIGNALS, WINDOW
from services.projection.views.reports.asking import Asked, SourcesParams
from services.projection.views.reports.cells import moment, told
from services.projection.views.rows import fetch

MAINTENANCE = "maintenance"
SIGNALS = "signals"
_w = WINDOW.table.c
_s = SECURITY_SIGNALS.table.c


async def maintenance_done(asked: Asked, session: AsyncSession) -> Cell:
    """The maintenance windows of the period, such as patch weekends, that took place."""
    query = select(func.count()).select_from(WINDOW.table).where(_done(asked))
    found = (await session.execute(query)).scalar_one()
    return Cell(value=found, of=Of(source=MAINTENANCE))


async def signals_counted(asked: Asked, session: AsyncSession, sort: SignalSort) -> Cell:
    """Over the months that the period touches; null where no month was counted."""
    query = select(func.sum(_of_sort(sort))).where(_counted(asked, sort))
    found = (await session.execute(query)).scalar_one()
    return Cell(
        value=None if found is None else int(found), of=Of(source=SIGNALS, where={"sort": sort})
    )


async def open_maintenance(
    params: SourcesParams, asked: Asked, session: AsyncSession
) -> tuple[Table, int]:
    """The windows, the first first. What concerns some partners only is told without its name."""
    if params.where:
        raise ReportSourceUnknown("where", source=params.source)
    query = select(WINDOW.table).where(_done(asked)).order_by(_w.starts_at, _w.number)
    rows = await fetch(session, _page(query, params))
    table = Table(
        key="maintenance-done",
        columns=(
            Column(key="number", kind="text"),
            Column(key="window", kind="text"),
            Column(key="starts", kind="moment"),
            Column(key="ends", kind="moment"),
            Column(key="as-planned", kind="term"),
        ),
        rows=tuple(_window(row, asked) for row in rows),
    )
    return table, int((await maintenance_done(asked, session)).value or 0)


async def open_signals(
    params: SourcesParams, asked: Asked, session: AsyncSession
) -> tuple[Table, int]:
    """The count of each month, added up to the figure."""
    sort = params.where.get("sort")
    if sort is None or len(params.where) > 1:
        raise ReportSourceUnknown("where", source=params.source)
    query = (
        select(_s.month, func.sum(_of_sort(sort)).label("count"))
        .where(_counted(asked, sort))
        .group_by(_s.month)
        .order_by(_s.month)
    )
    found = await fetch(session, query)
    first = (params.page - 1) * params.size
    rows = [(told(row["month"]), Cell(value=int(row["count"]))) for row in found]
    table = Table(
        key="signals",
        columns=(Column(key="month", kind="month"), Column(key="count", kind="count")),
        rows=tuple(rows[first : first + params.size]),
        total=(Cell(value=None), Cell(value=sum(int(row["count"]) for row in found))),
    )
    return table, len(rows)


def _page(query: Any, params: SourcesParams) -> Any:
    return query.limit(params.size).offset((params.page - 1) * params.size)


def _window(row: Any, asked: Asked) -> Sequence[Cell]:
    shared = not row["partners"] or asked.partner is not None or asked.reader().partners is None
    return (
        told(row["number"]),
        told(row["title"] if shared else None),
        moment(row["starts_at"]),
        moment(row["ends_at"]),
        Cell(value=row["as_planned"]),
    )


def _done(asked: Asked) -> ColumnElement[bool]:
    concerned = (
        true()
        if asked.partner is None
        else (func.jsonb_array_length(_w.partners) == 0) | _w.partners.has_key(asked.partner)
    )
    return and_(
        _w.kind == "maintenance",
        _w.status == "completed",
        _w.starts_at >= asked.period.start,
        _w.starts_at < asked.period.end,
        concerned,
    )


def _of_sort(sort: str) -> ColumnElement[int]:
    return cast(_s.counts[sort].astext, BigInteger)


def _counted(asked: Asked, sort: str) -> ColumnElement[bool]:
    return and_(
        _s.month >= f"{asked.period.first:%Y-%m}",
        _s.month <= f"{asked.period.last:%Y-%m}",
        _s.counts.has_key(sort),
        true() if asked.partner is None else _s.partner == asked.partner,
    )
