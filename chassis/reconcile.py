"""Reconciliation: is everything that a service's event log holds in the stream, and nothing else?

The event log is the truth. An event that the stream has lost becomes unpublished again, and the
relay publishes it under the same event id (with a new message id, since the stream may still
remember the old one). A stream that is lost altogether is rebuilt in the same way. Until then the
log keeps the place that the event had in the stream.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import asyncpg
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from contracts.topology import DOMAIN_STREAM

BATCH = 1000
FETCH_SECONDS = 5.0
SHOWN = 20
FORGOTTEN_AFTER = timedelta(minutes=5)

_TEMPORARY = """
    CREATE TEMPORARY TABLE streamed (event_id uuid NOT NULL, stream_seq bigint NOT NULL)
    ON COMMIT DROP
"""
_MISSING = """
    UPDATE event_log SET published_at = NULL, republished = republished + 1
    WHERE published_at < $1
      AND NOT EXISTS (SELECT FROM streamed WHERE streamed.event_id = event_log.event_id)
"""
_MOVED = """
    UPDATE event_log SET stream_seq = found.stream_seq
    FROM (SELECT event_id, min(stream_seq) AS stream_seq FROM streamed GROUP BY event_id) AS found
    WHERE event_log.event_id = found.event_id AND event_log.published_at IS NOT NULL
      AND event_log.stream_seq IS DISTINCT FROM found.stream_seq
"""
_UNKNOWN = """
    SELECT stream_seq FROM streamed
    WHERE NOT EXISTS (SELECT FROM event_log WHERE event_log.event_id = streamed.event_id)
    ORDER BY stream_seq
"""
_DOUBLED = "SELECT count(*) - count(DISTINCT event_id) FROM streamed"


@dataclass(frozen=True, slots=True)
class Report:
    """What was found and mended.

    `missing` events go out again; of `moved` ones the log's note of the stream sequence was put
    right; `doubled` counts messages beyond the first with the same event id (consumers take them
    once); `unknown` are stream sequences of events that the log does not hold, the first few:
    somebody else wrote them.
    """

    service: str
    logged: int
    streamed: int
    missing: int
    moved: int
    doubled: int
    unknown: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


async def reconcile(service: str, connection: Client, dsn: str) -> Report:
    """Compare the service's event log with the stream, mend what is missing, and report.

    Raises `NotFoundError` when there is no stream: provision it first.
    """
    database = await asyncpg.connect(dsn)
    try:
        async with database.transaction():
            started = await database.fetchval("SELECT clock_timestamp()")
            await database.execute(_TEMPORARY)
            streamed = 0
            async for batch in _stream(service, connection.jetstream()):
                await database.copy_records_to_table("streamed", records=batch)
                streamed += len(batch)
            await database.execute("ANALYZE streamed")
            return await _mend(service, database, started, streamed)
    finally:
        await database.close()


async def _mend(service: str, database: asyncpg.Connection, started: Any, streamed: int) -> Report:
    missing = await database.execute(_MISSING, started)
    moved = await database.execute(_MOVED)
    unknown = await database.fetch(_UNKNOWN)
    return Report(
        service=service,
        logged=await database.fetchval("SELECT count(*) FROM event_log"),
        streamed=streamed,
        missing=_affected(missing),
        moved=_affected(moved),
        doubled=await database.fetchval(_DOUBLED),
        unknown=tuple(row["stream_seq"] for row in unknown[:SHOWN]),
    )


async def _stream(
    service: str, jetstream: JetStreamContext
) -> AsyncIterator[list[tuple[UUID, int]]]:
    """Event id and stream sequence of every event of the service, headers only."""
    name = f"{service}-reconcile"
    with suppress(NotFoundError):
        await jetstream.delete_consumer(DOMAIN_STREAM, name)
    consumer = await jetstream.add_consumer(
        DOMAIN_STREAM,
        ConsumerConfig(
            name=name,
            filter_subject=f"evt.{service}.>",
            deliver_policy=DeliverPolicy.ALL,
            ack_policy=AckPolicy.NONE,
            headers_only=True,
            mem_storage=True,
            inactive_threshold=FORGOTTEN_AFTER.total_seconds(),
        ),
    )
    left = consumer.num_pending or 0
    subscription = await jetstream.pull_subscribe_bind(consumer=name, stream=DOMAIN_STREAM)
    try:
        while left > 0:
            messages = await subscription.fetch(min(BATCH, left), timeout=FETCH_SECONDS)
            left -= len(messages)
            yield [
                (event_id(message.headers or {}, sequence), sequence)
                for message in messages
                for sequence in [message.metadata.sequence.stream]
            ]
    finally:
        await subscription.unsubscribe()


def event_id(headers: Mapping[str, str], sequence: int) -> UUID:
    """The event's id; for a message that none of our relays wrote, one made of its sequence."""
    try:
        return UUID(headers.get("Nats-Msg-Id", "").partition("/")[0])
    except ValueError:
        return uuid5(NAMESPACE_OID, f"stream/{sequence}")


def _affected(status: str) -> int:
    return int(status.rsplit(" ", 1)[-1])
