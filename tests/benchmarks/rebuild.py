"""Rebuilding the read models, against reading the same messages, and against a library's way."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from time import perf_counter

import library
from figures import Figure, Section, middle, ratio
from filling import fill, reader_of
from installed import QUIET, settled, system_with_case
from nats.aio.client import Client as Connection
from nats.js.api import AckPolicy, ConsumerConfig
from nats.js.errors import NotFoundError

from bodemplaat import rebuilding
from contracts.envelope import Envelope
from contracts.topology import DOMAIN_STREAM
from services.projection.reader import identity
from services.projection.rebuild import CONSUMER

EVENTS = 30_000
PEER_EVENTS = 3_000
RUNS = 3
FETCHED = 1000


async def measure() -> Section:
    rebuilt: list[float] = []
    fetched: list[float] = []
    peer: list[float] = []
    async with system_with_case() as system, reader_of(system) as connection:
        await fill(system, EVENTS)
        await settled(system)
        _, last = await identity(connection)
        bodies, _ = await _fetch_all(connection, last)
        some = [Envelope.model_validate_json(body) for body in bodies[:PEER_EVENTS]]
        environment = library.prepare(system.addresses.database_url, some)
        for _ in range(RUNS):
            done = await rebuilding.rebuild(system.installation, QUIET)
            rebuilt.append(done["events"] / done["seconds"])
            fetched.append(last / (await _fetch_all(connection, last))[1])
            peer.append(await asyncio.to_thread(library.project, environment, len(some)))
    return Section(
        "Rebuilding the read models",
        f"A stream of {last:,} events: a case and its tickets, imported. The rebuild folds them "
        "into a new generation with its indexes. Against it: nats-py's `fetch` of the same "
        f"messages, {FETCHED:,} at a time, nothing else being done; and the eventsourcing library "
        f"{version('eventsourcing')}, projecting the first {PEER_EVENTS:,} of the events from its "
        "own store to a row per aggregate in the same PostgreSQL, without waiting for the disk. "
        f"Median of {RUNS} runs, ratios within each.",
        [
            Figure("rebuild", middle(rebuilt), "events/s"),
            Figure("nats-py fetch", middle(fetched), "events/s"),
            Figure("eventsourcing", middle(peer), "events/s"),
            Figure("rebuild ÷ fetch", ratio(rebuilt, fetched), "×", 0.5, "at least"),
            Figure("rebuild ÷ eventsourcing", ratio(rebuilt, peer), "×", 4, "at least"),
        ],
    )


async def _fetch_all(connection: Connection, last: int) -> tuple[Sequence[bytes], float]:
    """Every message's body, and how many seconds that took."""
    stream = connection.jetstream()
    config = ConsumerConfig(name=CONSUMER, ack_policy=AckPolicy.NONE, mem_storage=True)
    with suppress(NotFoundError):
        await stream.delete_consumer(DOMAIN_STREAM, CONSUMER)
    await stream.add_consumer(DOMAIN_STREAM, config)
    puller = await stream.pull_subscribe_bind(CONSUMER, DOMAIN_STREAM)
    bodies: list[bytes] = []
    started = perf_counter()
    while len(bodies) < last:
        bodies += [message.data for message in await puller.fetch(FETCHED)]
    seconds = perf_counter() - started
    await puller.unsubscribe()
    await stream.delete_consumer(DOMAIN_STREAM, CONSUMER)
    return bodies, seconds
