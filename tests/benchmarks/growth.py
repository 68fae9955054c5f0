"""How rebuild, dashboard, databases, stream and memory grow with the number of events."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import asyncpg
from figures import Figure, Section, percentile
from filling import fill, reader_of
from installed import MIB, QUIET, memory, settled, system_with_case

from bodemplaat import rebuilding
from bodemplaat.operator import OPERATOR, operator_client
from bodemplaat.system import System
from contracts.topology import DOMAIN_STREAM

SIZES = (10_000, 100_000)
LARGE = 1_000_000
"""Only with `LARGE=1`: filling takes some ten minutes."""
QUERIES = 100
PARTNER = "zevenaar"


@dataclass(frozen=True, slots=True)
class Size:
    """A system with so many events in its stream; sizes in MiB, the dashboard in ms."""

    events: int
    imported: float
    rebuilt: float
    dashboard: float
    databases: float
    stream: float
    memory: float


async def measure() -> Section:
    sizes = (*SIZES, LARGE) if os.environ.get("LARGE") else SIZES
    async with system_with_case() as system:
        grown = [await _grow(system, events) for events in sizes]
    return Section(
        "Growth",
        "One system that is filled further and further, through the ordinary import of generated "
        f"tickets. The dashboard of one partner is asked {QUERIES} times, over NATS.",
        [figure for size in grown for figure in _figures(size)],
    )


async def _grow(system: System, events: int) -> Size:
    imported = await fill(system, events)
    await settled(system)
    rebuilt = await rebuilding.rebuild(system.installation, QUIET)
    dashboard = await _dashboard(system)
    async with reader_of(system) as connection:
        state = (await connection.jetstream().stream_info(DOMAIN_STREAM)).state
    return Size(
        events=state.messages,
        imported=imported,
        rebuilt=rebuilt["seconds"],
        dashboard=percentile(dashboard, 0.95) * 1000,
        databases=await _databases(system),
        stream=state.bytes / MIB,
        memory=memory(system),
    )


async def _dashboard(system: System) -> list[float]:
    seconds = []
    async with operator_client(system.installation) as client:
        for _ in range(QUERIES):
            asked = perf_counter()
            await client.query("projection", "dashboard", {"partner": PARTNER}, OPERATOR)
            seconds.append(perf_counter() - asked)
    return seconds


async def _databases(system: System) -> float:
    connection = await asyncpg.connect(system.addresses.database_url)
    try:
        size = await connection.fetchval("SELECT sum(pg_database_size(oid)) FROM pg_database")
    finally:
        await connection.close()
    return float(size) / MIB


def _figures(size: Size) -> Iterator[Figure]:
    who = f"{size.events:,} events"
    yield Figure(f"{who}: import", size.imported, "tickets/s")
    yield Figure(f"{who}: rebuild", size.rebuilt, "s")
    yield Figure(f"{who}: dashboard, p95", size.dashboard, "ms")
    yield Figure(f"{who}: databases", size.databases, "MiB")
    yield Figure(f"{who}: stream", size.stream, "MiB")
    yield Figure(f"{who}: memory, all processes (PSS)", size.memory, "MiB")
