"""The peer of the relay: faststream-outbox, from a table of its own to the same stream."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import asyncpg
from faststream.nats import NatsBroker
from faststream_outbox import OutboxBroker, make_outbox_table
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import create_async_engine

from chassis.database import driver_url
from contracts.envelope import Envelope
from contracts.topology import DOMAIN_STREAM

QUEUE = "events"
SUBJECT = "evt.catalog.bench"
PUBLISH_SECONDS = 5.0
"""As our relay has it: after the default of half a second a row waits a minute for its lease."""
_TABLE = make_outbox_table(METADATA := MetaData())


@dataclass(frozen=True, slots=True)
class Tuning:
    """The subscriber's parameters that differ from its defaults, and for how many events.

    So many that a run takes a few seconds.
    """

    parameters: Mapping[str, float]
    events: int

    @classmethod
    def of(cls, workers: int, flush: int) -> "Tuning":
        parameters = {
            "max_workers": workers,
            "fetch_batch_size": 1000,
            "min_fetch_interval": 0.001,
            "terminal_flush_batch_size": flush,
        }
        return cls(parameters, 3_000)


DEFAULTS = Tuning({}, 1_500)
TUNED = (Tuning.of(8, 100), Tuning.of(32, 100), Tuning.of(32, 1000))


async def prepare(database_url: str) -> None:
    """Make its table."""
    engine = create_async_engine(driver_url(database_url, "asyncpg"))
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    await engine.dispose()


async def relay(
    database: asyncpg.Connection,
    database_url: str,
    nats_url: str,
    envelopes: Sequence[Envelope],
    tuning: Tuning,
) -> float:
    """Events a second, from a full table to an empty one."""
    await _fill(database, envelopes[: tuning.events])
    engine = create_async_engine(driver_url(database_url, "asyncpg"), pool_size=40)
    bus = NatsBroker(nats_url, logger=None)
    outbox = OutboxBroker(engine, outbox_table=_TABLE, logger=None, apply_types=False)
    publish = bus.publisher(SUBJECT, stream=DOMAIN_STREAM, timeout=PUBLISH_SECONDS)

    parameters: dict[str, Any] = dict(tuning.parameters)

    async def forward(body: bytes) -> bytes:
        return body

    publish(outbox.subscriber(QUEUE, **parameters)(forward))
    await bus.connect()
    started = perf_counter()
    await outbox.start()
    while await database.fetchval("SELECT EXISTS (SELECT FROM outbox)"):  # noqa: ASYNC110  its own
        await asyncio.sleep(0.02)
    seconds = perf_counter() - started
    await outbox.stop()
    await bus.stop()
    await engine.dispose()
    return tuning.events / seconds


async def _fill(database: asyncpg.Connection, envelopes: Iterable[Envelope]) -> None:
    await database.execute("TRUNCATE outbox")
    await database.copy_records_to_table(
        "outbox",
        records=[(QUEUE, envelope.to_json(), '{"correlation_id": "1"}') for envelope in envelopes],
        columns=("queue", "payload", "headers"),
    )
    await database.execute("ANALYZE outbox")
