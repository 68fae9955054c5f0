"""How fast the relay empties the event log, against what nats-py can publish at the most."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import asyncpg
import nats
import outbox
from figures import Figure, Section, middle, ratio
from nats.aio.client import Client
from uuid_utils.compat import uuid7

from bodemplaat.engines.nats import Nats
from bodemplaat.engines.postgres import Postgres
from chassis.health import Beat
from chassis.migrations import TABLES
from chassis.provisioning import domain_stream
from chassis.relay import Relay
from chassis.settings import Settings
from contracts.catalog import PartnerWithdrawalAnnounced
from contracts.envelope import Envelope, source_urn, wrap

EVENTS = 50_000
RUNS = 3
_COLUMNS = ("event_id", "aggregate", "version", "subject", "envelope", "trace", "recorded_at")


async def measure() -> Section:
    with TemporaryDirectory(prefix="bodemplaat-bench-") as folder:
        database, broker = Postgres(Path(folder, "pg")), Nats(Path(folder, "nats"), "")
        await database.start()
        await broker.start()
        try:
            return await _measure(database.admin_url, broker.url)
        finally:
            await broker.stop()
            await database.stop()


async def _measure(database_url: str, nats_url: str) -> Section:
    database = await asyncpg.connect(database_url)
    connection = await nats.connect(nats_url)
    for statement in filter(str.strip, TABLES.split(";")):
        await database.execute(statement)
    await connection.jetstream().add_stream(domain_stream())
    await outbox.prepare(database_url)
    envelopes = [_envelope(number) for number in range(EVENTS)]
    relayed: list[float] = []
    raw: list[float] = []
    defaults: list[float] = []
    tuned: list[float] = []
    for _ in range(RUNS):
        relayed.append(await _relay(database, connection, envelopes, nats_url))
        raw.append(await _publish_raw(connection))
        peer = partial(outbox.relay, database, database_url, nats_url, envelopes)
        defaults.append(await peer(outbox.DEFAULTS))
        tuned.append(max([await peer(tuning) for tuning in outbox.TUNED]))
    await connection.close()
    await database.close()
    return Section(
        "Relay",
        f"{EVENTS:,} events wait in the event log and are relayed in atomic batches; as many are "
        "published with nats-py's asynchronous publish, nothing else being done. "
        f"faststream-outbox {version('faststream-outbox')} relays some thousands of them from its "
        "own table to the same stream: at its defaults, and at the best of three tunings (8 or 32 "
        "workers, fetches of 1,000, flushes of 100 or 1,000). "
        f"Median of {RUNS} runs, ratios within each.",
        [
            Figure("relay", middle(relayed), "events/s"),
            Figure("nats-py asynchronous publish", middle(raw), "events/s"),
            Figure("faststream-outbox, defaults", middle(defaults), "events/s"),
            Figure("faststream-outbox, best", middle(tuned), "events/s"),
            Figure("relay ÷ raw publish", ratio(relayed, raw), "×", 0.6, "at least"),
            Figure("relay ÷ outbox, defaults", ratio(relayed, defaults), "×", 10, "at least"),
            Figure("relay ÷ outbox, best", ratio(relayed, tuned), "×", 5, "at least"),
        ],
    )


async def _relay(
    database: asyncpg.Connection, connection: Client, envelopes: Sequence[Envelope], nats_url: str
) -> float:
    """Under new ids each time, for the stream knows the old ones."""
    await database.execute("TRUNCATE event_log")
    rows = _rows(each.model_copy(update={"id": uuid7()}) for each in envelopes)
    await database.copy_records_to_table("event_log", records=rows, columns=_COLUMNS)
    await database.execute("ANALYZE event_log")
    settings = Settings(nats_url=nats_url)
    relay = Relay(connection, settings, _now, asyncio.Event(), Beat("relay", 60))
    started = perf_counter()
    while await relay.publish_next(database):
        pass
    return EVENTS / (perf_counter() - started)


async def _publish_raw(connection: Client) -> float:
    jetstream = connection.jetstream()
    body = _envelope(0).to_json()
    started = perf_counter()
    for _ in range(EVENTS):
        await jetstream.publish_async(
            "evt.catalog.bench", body, headers={"Nats-Msg-Id": str(uuid7())}
        )
    await jetstream.publish_async_completed()
    return EVENTS / (perf_counter() - started)


def _rows(envelopes: Iterable[Envelope]) -> list[tuple[object, ...]]:
    return [
        (e.id, e.subject, 1, "evt.catalog.bench", e.to_json().decode(), "{}", e.time)
        for e in envelopes
    ]


def _envelope(number: int) -> Envelope:
    return wrap(
        PartnerWithdrawalAnnounced(
            occurred_at=_now(), partner=f"partner-{number}", leaves_on=date(2030, 1, 1)
        ),
        id=uuid7(),
        source=source_urn("0" * 20, "catalog"),
        aggregate=f"partner/{number}",
        version=1,
        recorded_at=_now(),
    )


def _now() -> datetime:
    return datetime.now(UTC)
