"""Lists that are small enough to be put together in memory: rows, order, page."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.projection.finance_models import SOURCE_EVENT
from services.projection.tables import ReadModel
from services.projection.views.params import Paged
from services.projection.views.sorting import sort_key

RowT = TypeVar("RowT", bound=tuple[Any, ...])
Item = Mapping[str, Any]
Key = Callable[[Item], Any]


async def load(
    session: AsyncSession, kind: type[RowT], model: ReadModel, *wanted: ColumnElement[bool]
) -> list[RowT]:
    """The rows of a read model, in the order of their aggregates' ids."""
    query = select(model.table).where(*wanted).order_by(model.table.c[model.key])
    return [kind(*row) for row in await session.execute(query)]


async def sequences(session: AsyncSession, aggregates: Sequence[str]) -> dict[tuple[str, int], int]:
    """Where the events of aggregates stand on the stream, by aggregate and version."""
    table = SOURCE_EVENT.table.c
    query = select(table.aggregate, table.version, table.stream_sequence)
    rows = await session.execute(query.where(table.aggregate.in_(aggregates)))
    return {(row.aggregate, row.version): row.stream_sequence for row in rows}


def ordered(items: Sequence[Item], asked: str, keys: Mapping[str, Key]) -> list[Item]:
    """By the key that is asked for; what is not known comes last. Raises `SortUnknown`."""
    key, descending = sort_key(asked, keys)
    known = [item for item in items if key(item) is not None]
    unknown = [item for item in items if key(item) is None]
    return sorted(known, key=key, reverse=descending) + unknown


def field(name: str) -> Key:
    """Sort by a field as it is."""
    return lambda item: item[name]


def amount(name: str) -> Key:
    """Sort by a field that holds an amount as text."""
    return lambda item: None if item[name] is None else Decimal(item[name])


def page_of(items: Sequence[Item], asked: Paged) -> dict[str, Any]:
    start = (asked.page - 1) * asked.size
    return {
        "items": items[start : start + asked.size],
        "total": len(items),
        "page": asked.page,
        "size": asked.size,
    }


def origin(row: Any) -> dict[str, Any]:
    """Which aggregate a row is of, and where its newest event stands."""
    return {
        "aggregate": row.aggregate,
        "aggregate_version": row.version,
        "stream_sequence": row.stream_sequence,
    }
