"""The relay: unpublished rows of the event log go to the stream, in order, and are marked.

- The truth is `published_at IS NULL ORDER BY id`; never an id cursor, for ids are not commit order.
- Up to `relay_batch` events go as one JetStream atomic batch, each with its event id as message id
  (`publishing.py`).
- A time-out means *unknown*: the same rows are tried again under the same ids, for ever.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import asyncpg
import orjson
from nats.aio.client import Client
from nats.errors import Error as NatsError
from prometheus_client import Counter, Gauge

from chassis import faults, telemetry
from chassis.clock import Clock
from chassis.health import Beat
from chassis.log import logger
from chassis.publishing import Message, Publisher, PublishRefused
from chassis.settings import Settings
from contracts.envelope import CONTENT_TYPE
from contracts.topology import DOMAIN_STREAM

log = logger(__name__)

PUBLISHED = Counter("bodemplaat_relay_published_total", "Events relayed to the stream")
LAG = Gauge("bodemplaat_relay_lag_seconds", "Age of the oldest event that is not in the stream")
UNPUBLISHED = Gauge("bodemplaat_relay_unpublished", "Events that are not in the stream yet")

RETRY_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)
GATHERING_SECONDS = 0.01
"""Rest after a batch that was not full: what is committed meanwhile goes together with the next."""

_NEXT = """
    SELECT id, event_id::text AS event_id, republished, subject, envelope, trace, recorded_at
    FROM event_log
    WHERE published_at IS NULL ORDER BY id LIMIT $1
"""
_MARK = """
    UPDATE event_log SET published_at = $3, stream_seq = m.stream_seq
    FROM unnest($1::bigint[], $2::bigint[]) AS m(id, stream_seq)
    WHERE event_log.id = m.id
"""


class Relay:
    """Publishes for one service while its process leads."""

    def __init__(
        self,
        connection: Client,
        settings: Settings,
        clock: Clock,
        woken: asyncio.Event,
        beat: Beat,
    ) -> None:
        self._publisher = Publisher(
            connection,
            settings.publish_timeout_seconds,
            sent=lambda: faults.reach("relay.in-batch"),
        )
        self._settings = settings
        self._clock = clock
        self._woken = woken
        self._beat = beat

    async def run(self, database: asyncpg.Connection) -> None:
        """Relay until cancelled."""
        failures = 0
        while True:
            try:
                published = await self.publish_next(database)
            except (NatsError, PublishRefused, TimeoutError) as error:
                wait = RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)]
                failures += 1
                log.warning("publishing failed; the rows stay", error=repr(error), retry_in=wait)
                await asyncio.sleep(wait)
                continue
            failures = 0
            self._beat.beat()
            if published < self._settings.relay_batch:
                await self._rest()

    async def publish_next(self, database: asyncpg.Connection) -> int:
        """Publish and mark the oldest unpublished events; returns how many, 0 when there are none.

        Raises what publishing raised; then nothing has been marked.
        """
        self._woken.clear()
        rows = await database.fetch(_NEXT, self._settings.relay_batch)
        UNPUBLISHED.set(len(rows))
        LAG.set((self._clock() - rows[0]["recorded_at"]).total_seconds() if rows else 0)
        if rows:
            await self.publish_rows(database, rows)
        return len(rows)

    async def publish_rows(
        self, database: asyncpg.Connection, rows: Sequence[asyncpg.Record]
    ) -> list[int]:
        """Publish and mark these; returns their stream sequences. Raises as `publish_next` does."""
        faults.reach("relay.before-publish")
        sequences = await self._publish(rows)
        faults.reach("relay.after-publish")
        await database.execute(_MARK, [row["id"] for row in rows], sequences, self._clock())
        faults.reach("relay.after-mark")
        PUBLISHED.inc(len(rows))
        return sequences

    async def _rest(self) -> None:
        await asyncio.sleep(GATHERING_SECONDS)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), self._settings.relay_poll_seconds)

    async def _publish(self, rows: Sequence[asyncpg.Record]) -> list[int]:
        carriers = [orjson.loads(row["trace"]) for row in rows]
        parent = carriers[0] if len(rows) == 1 else None
        distinct = {row["trace"]: carrier for row, carrier in zip(rows, carriers, strict=True)}
        with telemetry.span(
            "relay",
            telemetry.PRODUCER,
            parent,
            links=telemetry.links(distinct.values()),
            messaging__system="nats",
            messaging__batch__message_count=len(rows),
        ):
            messages = [_message(row, carrier) for row, carrier in zip(rows, carriers, strict=True)]
            return await self._publisher.publish(messages)


def _message(row: asyncpg.Record, carrier: dict[str, str]) -> Message:
    headers = {
        "Nats-Msg-Id": message_id(row["event_id"], row["republished"]),
        "Nats-Expected-Stream": DOMAIN_STREAM,
        "Content-Type": CONTENT_TYPE,
        **carrier,
    }
    return row["subject"], row["envelope"].encode(), headers


def message_id(event: str, republished: int) -> str:
    """The message id by which the stream tells duplicates: a new one after each loss."""
    return f"{event}/{republished}" if republished else event
