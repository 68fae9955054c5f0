"""Generations of the read models: each a schema, one of them live.

A generation's row holds how far it is folded: the stream, by name and moment of creation, and the
sequence of its last event. The row moves by compare-and-set, in the transaction of the rows that
were folded. Whoever reads holds a lock on the table until the end of its transaction, so that a
generation is dropped only when nobody is reading it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import asyncpg
from sqlalchemy import MetaData
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from services.projection.models import READ_MODELS, SHAPE

RUNTIME_ROLE = "projection"
FIRST = "g1"
TABLE = """
CREATE TABLE generation (
    schema text PRIMARY KEY CHECK (schema ~ '^g[1-9][0-9]*$'),
    shape integer NOT NULL,
    live boolean NOT NULL,
    stream text,
    sequence bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX generation_live ON generation (live) WHERE live;
"""
_ADD = "INSERT INTO generation (schema, shape, live) VALUES ($1, $2, false)"
_GET = "SELECT schema, shape, live, stream, sequence FROM generation WHERE schema = $1"
_LIVE = "SELECT schema, shape, live, stream, sequence FROM generation WHERE live"
_BIND = "UPDATE generation SET stream = $2 WHERE schema = $1 AND stream IS NULL"
_MOVE = """
UPDATE generation SET sequence = $4
WHERE schema = $1 AND stream = $2 AND sequence = $3 AND live = $5
"""


class RebuildNeeded(Exception):
    """The read models cannot be brought forward from where they are; a rebuild makes them again."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}; run `bodemplaat rebuild`")


class CheckpointMoved(Exception):
    """Another process folds this generation, or it is no longer live: begin again from the row."""


@dataclass(frozen=True, slots=True)
class Generation:
    """`stream` is null until the first event is read."""

    schema: str
    shape: int
    live: bool
    stream: str | None
    sequence: int

    def require_shape(self) -> None:
        """Raises `RebuildNeeded` when another release's folds made it."""
        if self.shape != SHAPE:
            raise RebuildNeeded(
                f"generation {self.schema} has shape {self.shape}, this release folds {SHAPE}"
            )

    def require_stream(self, stream: str, last: int) -> None:
        """Raises `RebuildNeeded` when it was not folded from this stream, as far as it reaches."""
        if self.stream not in (None, stream):
            raise RebuildNeeded(
                f"generation {self.schema} was folded from {self.stream}, the stream is {stream}"
            )
        if self.sequence > last:
            raise RebuildNeeded(
                f"generation {self.schema} is at {self.sequence}, the stream ends at {last}"
            )


def creation(schema: str) -> Iterator[str]:
    """The statements, for the owner, that make a generation's schema and empty tables."""
    yield f"CREATE SCHEMA {schema}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {RUNTIME_ROLE}"
    yield from tables(schema)
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {RUNTIME_ROLE}"


def tables(schema: str) -> Iterator[str]:
    """The statements that make the empty tables, without indexes, in a schema that is there."""
    for model in READ_MODELS:
        table = model.table.to_metadata(MetaData(), schema=schema)
        yield str(CreateTable(table).compile(dialect=postgresql.dialect())).strip()  # type: ignore[no-untyped-call]


def indexing(schema: str) -> Iterator[str]:
    """The statements that add the indexes which reading needs; best once the tables are filled."""
    for model in READ_MODELS:
        table = model.table.to_metadata(MetaData(), schema=schema)
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            yield str(CreateIndex(index).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]


def analysis(schema: str) -> Iterator[str]:
    """The statements that let the planner know what is in the tables once they are filled."""
    return (f"ANALYZE {schema}.{model.name}" for model in READ_MODELS)


async def create(owner: asyncpg.Connection, schema: str) -> Generation:
    """Make an empty generation, without indexes, that is not live."""
    async with owner.transaction():
        for statement in creation(schema):
            await owner.execute(statement)
        await owner.execute(_ADD, schema, SHAPE)
    return await get(owner, schema)


async def get(connection: asyncpg.Connection, schema: str) -> Generation:
    """Raises `CheckpointMoved` when there is no such generation any more."""
    return _generation(await connection.fetchrow(_GET, schema))


async def live(connection: asyncpg.Connection) -> Generation:
    """The generation that readers see."""
    return _generation(await connection.fetchrow(_LIVE))


async def bind(connection: asyncpg.Connection, generation: Generation, stream: str) -> Generation:
    """Say from which stream a new generation is folded."""
    await connection.execute(_BIND, generation.schema, stream)
    return await get(connection, generation.schema)


async def move(connection: asyncpg.Connection, generation: Generation, sequence: int) -> None:
    """Move the checkpoint, in the caller's transaction and as its first statement.

    Raises `CheckpointMoved` when it is not where `generation` says.
    """
    done = await connection.execute(
        _MOVE,
        generation.schema,
        generation.stream,
        generation.sequence,
        sequence,
        generation.live,
    )
    if done != "UPDATE 1":
        raise CheckpointMoved(generation.schema)


def _generation(row: asyncpg.Record | None) -> Generation:
    if row is None:
        raise CheckpointMoved
    return Generation(**row)
