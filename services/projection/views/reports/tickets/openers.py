"""Opening a figure to the tickets that it counts."""
# ruff: noqa: S608  only conditions of `measures` are put together; values are bound

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Cell, Column, Table, ValueKind
from services.projection.errors import ReportSourceUnknown
from services.projection.views.reports.asking import Asked, SourcesParams
from services.projection.views.reports.tickets.measures import (
    MINUTE,
    PARTNER_NAME,
    Selection,
    Strange,
    selection,
)
from services.projection.views.rows import fetch

_COLUMNS: Mapping[str, ValueKind] = {
    "ticket": "text",
    "partner": "text",
    "kind": "term",
    "priority": "term",
    "item": "text",
    "out_of_catalogue": "term",
    "opened_at": "moment",
    "resolved_at": "moment",
    "response_seconds": "duration",
    "within_response": "term",
    "resolution_seconds": "duration",
    "within_resolution": "term",
    "worked": "duration",
}
_RATED: Mapping[str, ValueKind] = {
    "ticket": "text",
    "partner": "text",
    "domain": "term",
    "item": "text",
    "resolved_at": "moment",
    "quality": "count",
    "speed": "count",
    "communication": "count",
}
_RECKONED = {
    "partner": f"{PARTNER_NAME} AS partner",
    "worked": f"{MINUTE} * minutes AS worked",
}
_TERMS = ("kind", "priority", "domain")
"""Columns of which the value is told by the text `<column>-<value>`."""


async def tickets(params: SourcesParams, asked: Asked, session: AsyncSession) -> tuple[Table, int]:
    """The tickets of a figure, in the order in which they were opened.

    Raises `ReportSourceUnknown` for a strange figure, and in a report that partners read of the
    whole centre, for that shows no single tickets.
    """
    return await _opened(params, asked, session, "tickets", _COLUMNS)


async def ratings(params: SourcesParams, asked: Asked, session: AsyncSession) -> tuple[Table, int]:
    """The tickets of a figure of marks, each with how it was rated. Raises as `tickets` does."""
    return await _opened(params, asked, session, "ratings", _RATED)


async def _opened(
    params: SourcesParams,
    asked: Asked,
    session: AsyncSession,
    key: str,
    columns: Mapping[str, ValueKind],
) -> tuple[Table, int]:
    chosen = selected(params, asked)
    if asked.reader().partners == frozenset():
        raise ReportSourceUnknown("source", source=params.source)
    query = f"""
        SELECT {", ".join(_RECKONED.get(name, name) for name in columns)}
        FROM ticket WHERE {chosen.condition}
        ORDER BY opened_at, ticket LIMIT :size OFFSET :skipped
    """
    page = {"size": params.size, "skipped": (params.page - 1) * params.size}
    rows = await fetch(session, text(query), {**chosen.bound, **page})
    return _table(key, columns, rows), await count(session, chosen)


def selected(params: SourcesParams, asked: Asked) -> Selection:
    """Raises `ReportSourceUnknown`."""
    try:
        return selection(asked, params.where)
    except Strange:
        raise ReportSourceUnknown("where", source=params.source) from None


async def count(session: AsyncSession, chosen: Selection) -> int:
    query = text(f"SELECT count(*) FROM ticket WHERE {chosen.condition}")
    return int((await session.execute(query, chosen.bound)).scalar_one())


def _table(key: str, columns: Mapping[str, ValueKind], rows: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        key=key,
        columns=tuple(Column(key=name.replace("_", "-"), kind=columns[name]) for name in columns),
        rows=tuple(tuple(Cell(value=_value(name, row[name])) for name in columns) for row in rows),
    )


def _value(name: str, value: Any) -> Any:
    if value is None or name not in _TERMS:
        return value.isoformat() if hasattr(value, "isoformat") else value
    return f"{name}-{value}"
