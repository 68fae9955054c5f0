"""A partner's dashboard over very many tickets: asked, and how soon a new ticket shows."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import orjson
from figures import Figure, Section, percentile
from installed import access_token, processor_seconds, settled, system_with_case
from many_tickets import PARTNER, SHARE, write
from wire import Wire

from bodemplaat.operator import OPERATOR, operator_client
from bodemplaat.system import System

GOALS = {70_000: 30.0, 1_000_000: 100.0}
"""p95 in ms, by tickets; the larger only with `LARGE=1`."""
FRESH_GOAL = 150.0
WARM_UP = 20
"""As many as it takes until the database has settled on a plan."""
QUERIES = 200
OPENED = 50
PATIENCE_SECONDS = 10.0
PATH = f"/v1/dashboards/{PARTNER}"


@dataclass(frozen=True, slots=True)
class Measured:
    """With so many tickets, in ms each; `processor` is that of all processes per dashboard."""

    tickets: int
    query: list[float]
    http: list[float]
    processor: float
    fresh: list[float]


async def measure() -> Section:
    wanted = list(GOALS) if os.environ.get("LARGE") else [min(GOALS)]
    async with system_with_case() as system:
        measured = [await _with(system, tickets) for tickets in wanted]
    return Section(
        "Dashboards",
        f"One system with a year of generated tickets in its read model, {SHARE} % of them of the "
        f"partner whose dashboard is asked, {QUERIES} times one after another, over its last four "
        "weeks; no figure is kept from one time to the next. A ticket shows when the dashboard "
        "over HTTP counts it, asked again and again from the reply on.",
        [figure for size in measured for figure in _figures(size)],
    )


async def _with(system: System, tickets: int) -> Measured:
    await write(system.installation, tickets)
    await settled(system)
    token = await access_token(system.door.url, f"contractmanager-{PARTNER}")
    wire = await Wire.open(system.door.url)
    try:
        query = await _by_query(system)
        before = sum(processor_seconds(system).values())
        http = await _over_http(wire, token)
        used = sum(processor_seconds(system).values()) - before
        return Measured(
            tickets=tickets,
            query=query,
            http=http,
            processor=used * 1000 / (WARM_UP + QUERIES),
            fresh=await _until_shown(system, wire, token),
        )
    finally:
        wire.close()


async def _by_query(system: System) -> list[float]:
    taken = []
    async with operator_client(system.installation) as client:
        for _ in range(WARM_UP + QUERIES):
            asked = perf_counter()
            await client.query("projection", "dashboard", {"partner": PARTNER}, OPERATOR)
            taken.append((perf_counter() - asked) * 1000)
    return taken[WARM_UP:]


async def _over_http(wire: Wire, token: str) -> list[float]:
    taken = []
    for _ in range(WARM_UP + QUERIES):
        asked = perf_counter()
        await _inflow(wire, token)
        taken.append((perf_counter() - asked) * 1000)
    return taken[WARM_UP:]


async def _until_shown(system: System, wire: Wire, token: str) -> list[float]:
    """From the reply to a ticket that was opened until the dashboard counts it."""
    user = await access_token(system.door.url, f"gebruiker-{PARTNER}")
    body = orjson.dumps({"kind": "incident", "title": "Meting", "domain": "ict"})
    taken = []
    for _ in range(OPENED):
        before = await _inflow(wire, token)
        status, told = await wire.post("/v1/tickets", user, body)
        if status != 201:
            raise RuntimeError(told)
        replied = perf_counter()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await _inflow(wire, token) == before:
                pass
        taken.append((perf_counter() - replied) * 1000)
    return taken


async def _inflow(wire: Wire, token: str) -> int:
    status, body = await wire.get(PATH, token)
    if status != 200:
        raise RuntimeError(body)
    return int(orjson.loads(body)["inflow"])


def _figures(measured: Measured) -> Iterator[Figure]:
    who, goal = f"{measured.tickets:,} tickets", GOALS[measured.tickets]
    for how, taken in (("query", measured.query), ("over HTTP", measured.http)):
        yield Figure(f"{who}, {how}, p50", percentile(taken, 0.5), "ms")
        yield Figure(f"{who}, {how}, p95", percentile(taken, 0.95), "ms", goal)
    yield Figure(f"{who}, over HTTP, processor time of all", measured.processor, "ms")
    shown = percentile(measured.fresh, 0.95)
    yield Figure(f"{who}, shows after the reply, p95", shown, "ms", FRESH_GOAL)
