"""Rows in and out of a generation's tables, in bulk, on a bare connection.

`LiveRows` writes each batch through. `FreshRows` fills a new generation: it keeps rows in memory,
copies what is new and updates the rest when it must, which is many times faster.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, Protocol

import asyncpg
import orjson
from sqlalchemy import Column
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB

from services.projection.models import ReadModel, Row

CACHED = 20_000
"""Rows that a running projection remembers, so that it need not read them again."""
KEPT = 50_000
"""Rows of one read model that a rebuild holds before it writes the older half."""

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_NULL = object()
"""JSON's null on its way into a column."""


class Rows(Protocol):
    """The rows of one generation."""

    async def load(self, model: ReadModel, keys: Collection[str]) -> Mapping[str, Row]:
        """The present rows of these aggregates; those that are not there are left out."""

    async def save(self, model: ReadModel, rows: Mapping[str, Row]) -> None:
        """Take over whole rows."""

    async def append(self, model: ReadModel, entries: Sequence[Row]) -> None:
        """Add entries to a model that only grows."""


async def connect(dsn: str, **settings: str) -> asyncpg.Connection:
    """A connection that speaks JSON; `use` says which generation's tables it sees."""
    connection = await asyncpg.connect(dsn, server_settings={"timezone": "UTC", **settings})
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", format="binary", encoder=_to_jsonb, decoder=_from_jsonb
    )
    return connection


async def use(connection: asyncpg.Connection, schema: str) -> None:
    """From now on the tables without a schema's name are those of this generation."""
    await connection.execute("SELECT set_config('search_path', $1, false)", f"{schema},public")


class LiveRows:
    """The rows that readers see. After an error it must be thrown away with its memory."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._cache: dict[str, Row] = {}

    def remembered(self, keys: Iterable[str]) -> Iterable[Row]:
        """Those of these rows that are in memory."""
        return [self._cache[key] for key in keys if key in self._cache]

    async def load(self, model: ReadModel, keys: Collection[str]) -> Mapping[str, Row]:
        missing = [key for key in keys if key not in self._cache]
        if missing:
            self._cache |= await _select(self._connection, model, missing)
        return {key: self._cache[key] for key in keys if key in self._cache}

    async def save(self, model: ReadModel, rows: Mapping[str, Row]) -> None:
        await _upsert(self._connection, model, rows.values())
        for key, row in rows.items():
            self._cache.pop(key, None)
            self._cache[key] = row
        _forget(self._cache, len(self._cache) - CACHED)

    async def append(self, model: ReadModel, entries: Sequence[Row]) -> None:
        if entries:
            await self._connection.execute(_append(model), *_arrays(model, entries))


class FreshRows:
    """The rows of a generation that is being made; `flush` writes what is still in memory."""

    def __init__(self, connection: asyncpg.Connection, *, kept: int = KEPT) -> None:
        self._connection = connection
        self._kept = kept
        self._memory: dict[ReadModel, dict[str, Row]] = {}
        self._written: dict[ReadModel, set[str]] = {}

    async def load(self, model: ReadModel, keys: Collection[str]) -> Mapping[str, Row]:
        memory = self._memory.setdefault(model, {})
        if written := self._written.get(model):
            missing = [key for key in keys if key not in memory and key in written]
            if missing:
                memory |= await _select(self._connection, model, missing)
        return {key: memory[key] for key in keys if key in memory}

    async def save(self, model: ReadModel, rows: Mapping[str, Row]) -> None:
        memory = self._memory[model]
        for key, row in rows.items():
            memory.pop(key, None)
            memory[key] = row
        if len(memory) > self._kept:
            await self._write(model, _forget(memory, len(memory) - self._kept // 2))

    async def append(self, model: ReadModel, entries: Sequence[Row]) -> None:
        await _copy(self._connection, model, entries)

    async def flush(self) -> None:
        for model, memory in self._memory.items():
            await self._write(model, _forget(memory, len(memory)))

    async def _write(self, model: ReadModel, rows: Mapping[str, Row]) -> None:
        written = self._written.setdefault(model, set())
        await _copy(
            self._connection, model, [row for key, row in rows.items() if key not in written]
        )
        again = [row for key, row in rows.items() if key in written]
        if again:
            await _upsert(self._connection, model, again)
        written |= rows.keys()


def _forget(memory: dict[str, Row], count: int) -> dict[str, Row]:
    """Take the rows out that were touched longest ago."""
    return {key: memory.pop(key) for key in list(islice(memory, max(count, 0)))}


async def _select(
    connection: asyncpg.Connection, model: ReadModel, keys: Sequence[str]
) -> dict[str, Row]:
    rows = await connection.fetch(_selection(model), keys)
    return {row[0]: model.row(*row) for row in rows}


async def _upsert(connection: asyncpg.Connection, model: ReadModel, rows: Iterable[Row]) -> None:
    """Insert or replace; a row of a later version stays."""
    await connection.execute(_replace(model), *_arrays(model, rows))


async def _copy(connection: asyncpg.Connection, model: ReadModel, rows: Sequence[Row]) -> None:
    if rows:
        records = _with_json_null(model, rows)
        await connection.copy_records_to_table(model.name, records=records, columns=model.columns)


def _with_json_null(model: ReadModel, rows: Sequence[Row]) -> Sequence[Sequence[Any]]:
    """`None` in a JSON column is JSON's null, as in an upsert; the driver takes it for SQL's."""
    json = _json_places(model)
    if not any(row[place] is None for place in json for row in rows):
        return rows
    return [
        [_NULL if value is None and place in json else value for place, value in enumerate(row)]
        for row in rows
    ]


@cache
def _selection(model: ReadModel) -> str:
    columns = ", ".join(model.columns)
    return f"SELECT {columns} FROM {model.name} WHERE {model.key} = ANY($1)"  # noqa: S608  own names


@cache
def _append(model: ReadModel) -> str:
    return _insert(model, on_conflict="DO NOTHING")


@cache
def _replace(model: ReadModel) -> str:
    replaced = ", ".join(f"{column} = excluded.{column}" for column in model.columns)
    insert = _insert(model, on_conflict=f"({model.key}) DO UPDATE SET {replaced}")
    return f"{insert} WHERE {model.name}.version < excluded.version"


def _insert(model: ReadModel, *, on_conflict: str) -> str:
    """The statement; its parameters are `_arrays`."""
    columns = model.table.columns
    arrays = ", ".join(f"${place}::{_carried(column)}[]" for place, column in enumerate(columns, 1))
    values = ", ".join(f"{column.name}::{_written(column)}" for column in columns)
    names = ", ".join(model.columns)
    return f"""
        INSERT INTO {model.name} ({names})
        SELECT {values} FROM unnest({arrays}) AS given({names}) ON CONFLICT {on_conflict}"""  # noqa: S608  own names


def _arrays(model: ReadModel, rows: Iterable[Row]) -> list[Sequence[Any]]:
    """The rows by column; JSON as text, for a list in an array reads as one more dimension."""
    json = _json_places(model)
    return [
        [orjson.dumps(value).decode() for value in values] if place in json else values
        for place, values in enumerate(zip(*rows, strict=True))
    ]


@cache
def _json_places(model: ReadModel) -> frozenset[int]:
    return frozenset(place for place, column in enumerate(model.table.columns) if _is_json(column))


def _carried(column: Column[Any]) -> str:
    return "text" if _is_json(column) else _written(column)


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSONB)


def _written(column: Column[Any]) -> str:
    return str(column.type.compile(_DIALECT))


def _to_jsonb(value: Any) -> bytes:
    """Binary jsonb: a version number, then the text."""
    return b"\x01" + orjson.dumps(None if value is _NULL else value)


def _from_jsonb(value: bytes) -> Any:
    return orjson.loads(value[1:])
