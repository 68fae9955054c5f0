"""Tickets opened over HTTP: how many a second, how soon, at what cost, and how soon seen."""

import asyncio
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import orjson
from figures import Figure, Section, middle, percentile
from installed import access_token, processor_seconds, settled, system_with_case
from opener import Opened
from wire import Wire

from bodemplaat.system import System

CLIENTS = (1, 8, 32)
MEASURED = 8
"""Clients at which cost and age are told."""
GOAL = 850
RUNS = 3
SECONDS = 4.0
WARM_UP_SECONDS = 3.0
SEEN_SECONDS = 10.0
"""How long to wait for the live events of the last tickets."""
NOTED_COST = 0.02
"""Processes that cost less, in ms per ticket, have no part in it."""
OPENER = Path(__file__).with_name("opener.py")


@dataclass(frozen=True, slots=True)
class Round:
    """One run: tickets a second, latencies and ages in ms, processor ms per ticket by process."""

    rate: float
    latencies: list[float]
    ages: list[float]
    cost: dict[str, float]


async def measure() -> Section:
    async with system_with_case() as system:
        await _open(system, MEASURED, WARM_UP_SECONDS)
        rounds: dict[int, list[Round]] = {clients: [] for clients in CLIENTS}
        for _ in range(RUNS):
            for clients in CLIENTS:
                rounds[clients].append(await _round(system, clients))
    return Section(
        "Opening tickets over HTTP",
        "One gateway and one `tickets` process; each client asks anew as soon as it has its "
        f"answer, over a connection of its own, for {SECONDS:g} s. The clients are one light "
        "process on the same cores. A ticket is seen when the live event that names it has come. "
        f"Medians of {RUNS} runs.",
        [*_speeds(rounds), *_costs(rounds[MEASURED]), *_ages(rounds[MEASURED])],
    )


async def _round(system: System, clients: int) -> Round:
    await settled(system)
    seen: dict[str, float] = {}
    listener = asyncio.create_task(_listen(system, seen))
    await asyncio.sleep(0.5)
    before = processor_seconds(system)
    opened = await _open(system, clients, SECONDS)
    await _until_seen(opened, seen)
    used = processor_seconds(system)
    listener.cancel()
    return Round(
        rate=len(opened) / SECONDS,
        latencies=[(replied - asked) * 1000 for _, asked, replied in opened],
        ages=[
            max(0.0, seen[ticket] - replied) * 1000
            for ticket, _, replied in opened
            if ticket in seen
        ],
        cost={name: (used[name] - before[name]) * 1000 / len(opened) for name in used},
    )


async def _open(system: System, clients: int, seconds: float) -> list[Opened]:
    token = await access_token(system.door.url, "gebruiker-zevenaar")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        OPENER,
        system.door.url,
        token,
        str(clients),
        str(seconds),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError("the clients failed")
    opened: list[Opened] = orjson.loads(output)
    return opened


async def _listen(system: System, seen: dict[str, float]) -> None:
    """Note when each ticket is first named."""
    wire = await Wire.open(system.door.url)
    token = await access_token(system.door.url, "contractmanager-zevenaar")
    async for data in wire.follow("/v1/events", token):
        for ticket in orjson.loads(data).get("tickets", ()):
            seen.setdefault(ticket, perf_counter())


async def _until_seen(opened: Iterable[Opened], seen: dict[str, float]) -> None:
    """A notice names fifty tickets at most: some may never be named."""
    last = max(opened, key=lambda each: each[2])[0]
    with suppress(TimeoutError):
        async with asyncio.timeout(SEEN_SECONDS):
            while last not in seen:  # noqa: ASYNC110  the listener has nothing to wait on
                await asyncio.sleep(0.02)


def _speeds(rounds: dict[int, list[Round]]) -> list[Figure]:
    figures = []
    for clients, runs in rounds.items():
        who = f"{clients} client{'s' if clients > 1 else ''}"
        goal = GOAL if clients == MEASURED else None
        rate = middle(run.rate for run in runs)
        figures.append(Figure(f"{who}, tickets opened", rate, "tickets/s", goal, "at least"))
        for share in (0.5, 0.99):
            latency = middle(percentile(run.latencies, share) for run in runs)
            figures.append(Figure(f"{who}, p{share * 100:g}", latency, "ms"))
    return figures


def _costs(runs: list[Round]) -> list[Figure]:
    costs = {name: middle(run.cost[name] for run in runs) for name in runs[0].cost}
    return [
        *(
            Figure(f"processor time per ticket, {name}", cost, "ms")
            for name, cost in sorted(costs.items(), key=lambda each: -each[1])
            if cost >= NOTED_COST
        ),
        Figure("processor time per ticket, all", sum(costs.values()), "ms"),
    ]


def _ages(runs: list[Round]) -> list[Figure]:
    return [
        Figure(
            f"seen after the reply at {MEASURED} clients, p{share * 100:g}",
            middle(percentile(run.ages, share) for run in runs),
            "ms",
        )
        for share in (0.5, 0.99)
    ]
