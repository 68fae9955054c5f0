"""Lines of the processing log go to their own stream, in order, each batch confirmed.

What the stream has not confirmed stays unpublished and is tried again under the same message id.
"""

import asyncio

import asyncpg
import orjson
from nats.aio.client import Client
from nats.errors import Error as NatsError
from prometheus_client import Gauge

from chassis.clock import Clock
from chassis.database import ROW_BY_ROW
from chassis.log import logger
from chassis.publishing import Message, Publisher, PublishRefused
from chassis.settings import Settings
from contracts.topology import PROCESSING_STREAM, processing_subject

log = logger(__name__)

UNPUBLISHED = Gauge(
    "bodemplaat_processing_log_unpublished", "Lines of the processing log not in its stream yet"
)
BATCH = 500
RETRY_SECONDS = 2.0

_NEXT = "SELECT id, line FROM processing_line WHERE published_at IS NULL ORDER BY id LIMIT $1"
_UNMARK = "UPDATE processing_line SET published_at = NULL"
_MARK = "UPDATE processing_line SET published_at = $2 WHERE id = ANY($1::bigint[])"


class ProcessingRelay:
    """Relays for one service while its process leads."""

    def __init__(self, service: str, connection: Client, settings: Settings, clock: Clock) -> None:
        self._subject = processing_subject(service)
        self._publisher = Publisher(connection, settings.publish_timeout_seconds)
        self._rest = settings.relay_poll_seconds
        self._clock = clock

    async def run(self, dsn: str) -> None:
        """Relay until cancelled, over a database connection of its own."""
        database = await asyncpg.connect(dsn, server_settings=ROW_BY_ROW)
        try:
            while True:
                await self._round(database)
        finally:
            await database.close(timeout=2)

    async def _round(self, database: asyncpg.Connection) -> None:
        try:
            published = await self.publish_next(database)
        except (NatsError, PublishRefused, TimeoutError) as error:
            log.warning("the processing log is not relayed; its lines stay", error=repr(error))
            await asyncio.sleep(RETRY_SECONDS)
            return
        if published < BATCH:
            await asyncio.sleep(self._rest)

    async def publish_next(self, database: asyncpg.Connection) -> int:
        """Publish and mark the oldest unpublished lines; returns how many."""
        rows = await database.fetch(_NEXT, BATCH)
        UNPUBLISHED.set(len(rows))
        if rows:
            await self._publisher.publish([self._message(row["line"]) for row in rows])
            await database.execute(_MARK, [row["id"] for row in rows], self._clock())
        return len(rows)

    async def publish_all(self, database: asyncpg.Connection) -> None:
        """Publish the whole log once more, to a stream that is empty."""
        await database.execute(_UNMARK)
        while await self.publish_next(database):
            pass

    def _message(self, line: str) -> Message:
        told = orjson.loads(line)
        headers = {
            "Nats-Msg-Id": f"{told['trace_id']}-{told['span_id']}",
            "Nats-Expected-Stream": PROCESSING_STREAM,
            "Content-Type": "application/json",
        }
        return self._subject, line.encode(), headers
