"""Filling the streams from the services' logs while none of them runs, as after a restore.

Events go out in the order that they had in the stream, whichever service they are of: so each gets
the sequence that it had, as long as all that stood before it are there.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

import asyncpg
from nats.aio.client import Client

from chassis.broker import connect
from chassis.clock import utc_now
from chassis.database import driver_url
from chassis.health import Beat
from chassis.leader import LOCK
from chassis.processing_relay import ProcessingRelay
from chassis.reconcile import Report, reconcile
from chassis.relay import Relay
from chassis.settings import Settings
from contracts import topology

_IN_ORDER = """
    SELECT id, event_id::text AS event_id, republished, subject, envelope, trace, stream_seq
    FROM event_log WHERE published_at IS NULL ORDER BY stream_seq NULLS LAST, id
"""
Place = tuple[float, int]
"""Where an event stood, and of which service it is; what never was in the stream comes last."""


class ServiceLeads(Exception):
    """A process of the service runs, and relays by itself."""


@dataclass(frozen=True, slots=True)
class Republished:
    """What a service's log and the stream held `before` and `after`.

    `moved` events have another sequence than they had.
    """

    before: Report
    after: Report
    moved: int


async def republish(settings: Mapping[str, Settings]) -> dict[str, Republished]:
    """Reconcile, relay what the stream lacks, reconcile once more. `settings` are by service.

    Raises `ServiceLeads`.
    """
    async with AsyncExitStack() as stack:
        logs = [
            await stack.enter_async_context(_opened(place, service, each))
            for place, (service, each) in enumerate(settings.items())
        ]
        before = [await log.reconcile() for log in logs]
        async with AsyncExitStack() as reading:
            for log in logs:
                await reading.enter_async_context(log.being_read())
            await _publish(logs)
        return {
            log.service: Republished(first, await log.finish(), log.moved)
            for log, first in zip(logs, before, strict=True)
        }


async def _publish(logs: Sequence["_Log"]) -> None:
    """All of them, stretch by stretch: of whichever has the event that stood first."""
    while waiting := [log for log in logs if await log.fill()]:
        first, *others = sorted(waiting, key=_Log.place)
        await first.publish(before=min((other.place() for other in others), default=(inf, inf)))


@dataclass(slots=True)
class _Log:
    """A service's log. Of what is to go out a stretch is in memory."""

    number: int
    service: str
    settings: Settings
    connection: Client
    database: asyncpg.Connection
    relay: Relay
    moved: int = 0
    _rows: deque[asyncpg.Record] = field(default_factory=deque)
    _cursor: Any = None

    @property
    def dsn(self) -> str:
        return driver_url(self.settings.database_url, "")

    async def reconcile(self) -> Report:
        return await reconcile(self.service, self.connection, self.dsn)

    @asynccontextmanager
    async def being_read(self) -> AsyncIterator[None]:
        reader = await asyncpg.connect(self.dsn)
        try:
            async with reader.transaction():
                self._cursor = await reader.cursor(_IN_ORDER)
                yield
        finally:
            await reader.close()

    async def fill(self) -> bool:
        """Whether anything is left to go out; some of it is then in memory."""
        if not self._rows:
            self._rows.extend(await self._cursor.fetch(self.settings.relay_batch))
        return bool(self._rows)

    def place(self) -> Place:
        """That of the first which is to go out."""
        return self._place(self._rows[0])

    async def publish(self, *, before: tuple[float, float]) -> None:
        """What is in memory and stood before that place."""
        stretch = []
        while self._rows and self._place(self._rows[0]) < before:
            stretch.append(self._rows.popleft())
        sequences = await self.relay.publish_rows(self.database, stretch)
        self.moved += sum(
            row["stream_seq"] not in (None, sequence)
            for row, sequence in zip(stretch, sequences, strict=True)
        )

    async def finish(self) -> Report:
        if topology.service(self.service).keeps_persons:
            lines = ProcessingRelay(self.service, self.connection, self.settings, utc_now)
            await lines.publish_all(self.database)
        return await self.reconcile()

    def _place(self, row: asyncpg.Record) -> Place:
        stood = row["stream_seq"]
        return (inf if stood is None else stood, self.number)


@asynccontextmanager
async def _opened(number: int, service: str, settings: Settings) -> AsyncIterator[_Log]:
    """Raises `ServiceLeads`."""
    async with AsyncExitStack() as stack:
        connection = await connect(settings, service)
        stack.push_async_callback(connection.close)
        database = await asyncpg.connect(driver_url(settings.database_url, ""))
        stack.push_async_callback(database.close)
        if not await database.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            raise ServiceLeads(f"a process of {service} is running: stop it first")
        relay = Relay(connection, settings, utc_now, asyncio.Event(), Beat("the relay", 1))
        yield _Log(number, service, settings, connection, database, relay)
