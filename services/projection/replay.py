"""Replaying the past: read models as they were, beside the live ones.

The stream is folded from its first event, up to where it is asked, into temporary tables of one
connection. There they stand before every generation's tables: whatever reads on that connection
reads the past. The live generation is not touched, and with the connection all is gone.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from time import thread_time
from typing import Any

import asyncpg
import orjson
from nats.aio.client import Client
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import StaticPool

from services.projection import generations, store
from services.projection.apply import fold
from services.projection.as_of import AsOf
from services.projection.errors import ReportSequenceAhead
from services.projection.parked import Remembered
from services.projection.reader import identity, reading, stretch
from services.projection.store import FreshRows

CONSUMER = "projection-report"
SCHEMA = "pg_temp"
BATCH = 50
"""Small, for the same process answers questions between two of them."""
KEPT = 1_000
"""Few, for the same reason: rows are written half of these at a time."""
CLOSE_SECONDS = 2.0
_READ_ONLY = "SET default_transaction_read_only = on"

Progress = Callable[[int, int], Awaitable[None]]
"""Told up to which sequence is folded, and which is the last."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """Read models as of `as_of`; `sequence` is that of the last event that counted.

    One session at a time. It must be closed.
    """

    as_of: AsOf
    sequence: int
    _engine: AsyncEngine
    _connection: asyncpg.Connection

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self._engine) as session, session.begin():
            yield session

    async def close(self) -> None:
        await self._engine.dispose()
        with suppress(Exception):
            await self._connection.close(timeout=CLOSE_SECONDS)


async def replay(connection: Client, dsn: str, as_of: AsOf, progress: Progress) -> Scratch:
    """Fold the past; `dsn` is the runtime role's.

    Raises `ReportSequenceAhead` of a stream that is shorter, `Interrupted` when it stays away, and
    what a lost database raises.
    """
    database = await store.connect(dsn)
    try:
        sequence = await _fold(connection, database, as_of, progress)
        await _settle(database)
    except BaseException:
        database.terminate()
        raise
    return Scratch(as_of, sequence, _engine(database), database)


async def _fold(
    connection: Client, database: asyncpg.Connection, as_of: AsOf, progress: Progress
) -> int:
    """The sequence that the rows hold at."""
    until = await _last(connection, as_of)
    for statement in generations.tables(SCHEMA):
        await database.execute(statement)
    await store.use(database, SCHEMA)
    rows, aside, cut = FreshRows(database, kept=KEPT), Remembered(), as_of.cut()
    counted = 0
    worked = thread_time()
    async with reading(connection, CONSUMER, after=0, batch=BATCH) as reader:
        async for batch in stretch(reader, after=0, until=until):
            applied = await fold(batch, rows, aside, cut)
            if applied.events:
                counted = applied.events[-1].sequence
            await progress(batch[-1].sequence, until)
            worked = await _rest(worked)
    await rows.flush()
    return as_of.sequence or counted


async def _last(connection: Client, as_of: AsOf) -> int:
    """The last sequence to read. Raises `ReportSequenceAhead`, as after a restore without it."""
    _, last = await identity(connection)
    if as_of.sequence is not None and as_of.sequence > last:
        raise ReportSequenceAhead("as_of", last=last)
    return last if as_of.sequence is None else as_of.sequence


async def _rest(since: float) -> float:
    """Leave the processor to others for as long as it was in use; from when that counts anew."""
    await asyncio.sleep(thread_time() - since)
    return thread_time()


async def _settle(database: asyncpg.Connection) -> None:
    """Make it fit to be read, and only read."""
    for statement in (*generations.indexing(SCHEMA), *generations.analysis(SCHEMA)):
        await database.execute(statement)
    await database.execute(_READ_ONLY)


def _engine(database: asyncpg.Connection) -> AsyncEngine:
    """Sessions on this one connection, which speaks JSON as they do from the first of them on."""

    async def present(*_: Any, **__: Any) -> asyncpg.Connection:
        return database

    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=present,
        poolclass=StaticPool,
        json_serializer=_json,
        json_deserializer=orjson.loads,
    )


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
