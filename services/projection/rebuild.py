"""Rebuilding the read models, blue and green: a new generation beside the old, then the switch.

The new one is folded from the first event. Where the old one was folded from the same stream by
the same folds, both are hashed at the same sequence: they must be equal. The switch is one
transaction, which waits until nobody reads the old generation and drops it.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from time import monotonic
from typing import Any

import asyncpg
import orjson
import uvloop
from nats.aio.client import Client
from pydantic import Field

from chassis import log as logs
from chassis.broker import connect
from chassis.database import driver_url
from chassis.settings import Settings
from services.projection import generations, store
from services.projection.apply import fold
from services.projection.generations import Generation
from services.projection.models import READ_MODELS, SHAPE
from services.projection.parked import Parked, consumer
from services.projection.reader import Reader, identity, reading, stretch
from services.projection.store import FreshRows

SERVICE = "projection"
CONSUMER = "projection-rebuild"
LOCK = 0x0B0DE3
BATCH = 4000
CLOSE = 1000
"""Events that may be left to fold while readers wait for the switch."""
REPORT_SECONDS = 0.5
PLACE = "stream_sequence"
"""The column of a row that says where its newest event stood."""
LOCK_TIMEOUT = "250ms"
"""How long a switch that waits for a reader may hold others up, before it tries anew."""

Report = Callable[[Mapping[str, Any]], None]


class RebuildSettings(Settings):
    """What a rebuild needs besides the service's own settings: it makes and drops schemas."""

    owner_database_url: str = Field(
        description="PostgreSQL URL of the projection's database, owner role"
    )


class RebuildRunning(Exception):
    """Another process is rebuilding."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`seconds` is until the new generation could be read, `hash` that of its rows then.

    `equal` says whether the old one had the same; `None` where they cannot be compared.
    """

    generation: str
    events: int
    seconds: float
    hash: str
    equal: bool | None


def main() -> None:
    """Rebuild as this process, with its progress as JSON lines on standard output."""
    settings = RebuildSettings()  # read from the environment
    logs.setup(SERVICE, settings.log_level)

    def tell(line: Mapping[str, Any]) -> None:
        sys.stdout.write(f"{orjson.dumps(line).decode()}\n")
        sys.stdout.flush()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        tell(asdict(runner.run(rebuild(settings, tell))))


async def rebuild(settings: RebuildSettings, report: Report) -> Rebuilt:
    """Make a new generation and switch to it; `report` is told how far it is.

    Raises `RebuildRunning`, and `Interrupted` when the stream stays away; then the old generation
    stays, and the next rebuild clears away what was begun.
    """
    async with AsyncExitStack() as stack:
        connection = await connect(settings, SERVICE)
        stack.push_async_callback(connection.close)
        owner = await store.connect(driver_url(settings.owner_database_url, ""))
        stack.push_async_callback(owner.close)
        return await Rebuild(connection, owner, report).run()


class Rebuild:
    """One rebuild. `owner` is a connection of the owner role, `connection` the projection's."""

    def __init__(self, connection: Client, owner: asyncpg.Connection, report: Report) -> None:
        self._connection = connection
        self._owner = owner
        self._report = report
        self._started = self._reported = 0.0
        self._sequence = 0
        self._last = 0

    async def run(self) -> Rebuilt:
        if not await self._owner.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            raise RebuildRunning
        await self._clear()
        stream, self._last = await identity(self._connection)
        old, before = await self._old(stream)
        self._started = monotonic()
        new = await generations.create(self._owner, await self._next_schema())
        await store.use(self._owner, new.schema)
        await generations.bind(self._owner, new, stream)
        self._rows = FreshRows(self._owner)
        self._parked = Parked(self._owner, new.schema)
        async with reading(self._connection, CONSUMER, after=0, batch=BATCH) as reader:
            await self._fold(reader, old.sequence if before else self._last)
            await self._index(new.schema)
            rebuilt = await self._rebuilt(new.schema, before)
            await self._switch(reader, old, new)
        return rebuilt

    async def _old(self, stream: str) -> tuple[Generation, str | None]:
        """The live generation, and its hash where the new one can be compared with it."""
        async with self._owner.transaction(isolation="repeatable_read", readonly=True):
            old = await generations.live(self._owner)
            comparable = (old.stream, old.shape) == (stream, SHAPE) and old.sequence <= self._last
            return old, await fingerprint(self._owner, old.schema) if comparable else None

    async def _fold(self, reader: Reader, until: int) -> None:
        """Fold what is left up to and including a sequence, and write it all."""
        async for batch in stretch(reader, after=self._sequence, until=until):
            await fold(batch, self._rows, self._parked)
            self._sequence = batch[-1].sequence
            self._tell()
        await self._rows.flush()

    async def _catch_up(self, reader: Reader) -> None:
        """Fold what has come since, until little is left."""
        while True:
            _, self._last = await identity(self._connection)
            if self._last - self._sequence <= CLOSE:
                return
            await self._fold(reader, self._last)

    async def _switch(self, reader: Reader, old: Generation, new: Generation) -> None:
        while True:
            await self._catch_up(reader)
            try:
                async with self._exclusive():
                    present = await generations.get(self._owner, old.schema)
                    await self._fold(reader, max(present.sequence, self._sequence))
                    await self._make_live(old.schema, new.schema)
                    return
            except asyncpg.LockNotAvailableError:
                continue

    @asynccontextmanager
    async def _exclusive(self) -> AsyncIterator[None]:
        """A transaction in which nobody reads any generation, or folds the live one."""
        async with self._owner.transaction():
            await self._owner.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            await self._owner.execute("LOCK TABLE generation IN ACCESS EXCLUSIVE MODE")
            yield

    async def _make_live(self, old: str, new: str) -> None:
        await self._drop(old)
        await self._owner.execute(
            "UPDATE generation SET live = true, sequence = $2 WHERE schema = $1",
            new,
            self._sequence,
        )

    async def _clear(self) -> None:
        """Drop what a rebuild that did not end has left."""
        for row in await self._owner.fetch("SELECT schema FROM generation WHERE NOT live"):
            async with self._owner.transaction():
                await self._drop(row["schema"])

    async def _drop(self, schema: str) -> None:
        await self._owner.execute(f"DROP SCHEMA {schema} CASCADE")
        await self._owner.execute("DELETE FROM generation WHERE schema = $1", schema)
        await self._owner.execute("DELETE FROM parked WHERE consumer = $1", consumer(schema))

    async def _next_schema(self) -> str:
        query = "SELECT max(substr(schema, 2)::int) + 1 FROM generation"
        return f"g{await self._owner.fetchval(query)}"

    async def _index(self, schema: str) -> None:
        for statement in (*generations.indexing(schema), *generations.analysis(schema)):
            await self._owner.execute(statement)

    async def _rebuilt(self, schema: str, before: str | None) -> Rebuilt:
        seconds = monotonic() - self._started
        after = await fingerprint(self._owner, schema)
        equal = None if before is None else before == after
        return Rebuilt(schema, self._sequence, round(seconds, 3), after, equal)

    def _tell(self) -> None:
        passed = monotonic() - self._started
        if passed - self._reported >= REPORT_SECONDS or self._sequence >= self._last:
            self._reported = passed
            rate = round(self._sequence / passed) if passed else 0
            self._report({"sequence": self._sequence, "last": self._last, "rate": rate})


async def fingerprint(connection: asyncpg.Connection, schema: str) -> str:
    """A hash of all rows of a generation, whatever their order; the same for the same facts.

    Where an event stood on the stream is none: one that was lost is published again elsewhere.
    """
    digest = sha256()
    for model in READ_MODELS:
        columns = ", ".join(name for name in model.columns if name != PLACE)
        found = await connection.fetchval(
            f"""SELECT count(*) || ' ' || coalesce(sum(('x' || md5(r::text))::bit(64)::bigint), 0)
            FROM (SELECT {columns} FROM {schema}.{model.name}) AS r"""  # noqa: S608  own names
        )
        digest.update(f"{model.name} {found}\n".encode())
    return digest.hexdigest()
