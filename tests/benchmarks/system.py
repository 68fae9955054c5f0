"""The whole system as `make run` starts it: time to ready, memory, latency, freshness, import."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx
import orjson
from figures import Figure, Section, percentile
from installed import CASE, QUIET, memory

from bodemplaat.cases.generator import generate
from bodemplaat.cases.loader import FOLDER, load
from bodemplaat.cases.player import play
from bodemplaat.environment import Door
from bodemplaat.imports.sending import send
from bodemplaat.installation import Installation
from bodemplaat.operator import operator_client
from bodemplaat.system import System, running_system
from chassis.client import Client
from chassis.clock import utc_now

RATE = 100
SECONDS = 20


async def measure() -> Section:
    os.environ["BODEMPLAAT_REQUESTS_PER_MINUTE"] = "1000000"
    with TemporaryDirectory(prefix="bodemplaat-bench-") as folder:
        installation = Installation(Path(folder))
        door = Door(port=installation.state.port("gateway"), case=FOLDER / CASE)
        async with _started(installation, door) as (system, first):
            async with operator_client(installation) as client:
                played = await play(CASE, client, console=QUIET)
                rate = await _import(client)
            latencies, ages = await _load(door.url)
            used = memory(system)
        async with _started(installation, door) as (_, second):
            pass
    return Section(
        "The whole system",
        f"All services and engines on this machine, with case {CASE} in it. Tickets are opened "
        f"over HTTP at {RATE} a second for {SECONDS} s, at fixed moments whatever the answers do. "
        "A ticket is visible when the live event for it has come and the dashboard was fetched.",
        [
            Figure("ready, first start (new data)", first, "s", 10),
            Figure("ready, second start", second, "s", 10),
            Figure("memory, all processes (PSS)", used, "MiB", 1024),
            Figure("command over HTTP to committed reply, p50", latencies[0], "ms", 10),
            Figure("command over HTTP to committed reply, p99", latencies[1], "ms", 40),
            Figure("visible in the dashboard after the reply, p50", ages[0], "ms"),
            Figure("visible in the dashboard after the reply, p99", ages[1], "ms", 150),
            Figure("import, incidents with all their steps", rate, "incidents/s", 300, "at least"),
            Figure(
                f"playing case {CASE} in", played.seconds, "s", note=f"{played.imported} tickets"
            ),
        ],
    )


@asynccontextmanager
async def _started(installation: Installation, door: Door) -> AsyncIterator[tuple[System, float]]:
    began = perf_counter()
    async with running_system(installation, door) as system:
        yield system, perf_counter() - began


async def _import(client: Client) -> float:
    """Incidents a second through the same path as `bodemplaat import`."""
    histories = generate(load(CASE), utc_now(), None)
    began = perf_counter()
    async for _ in send(client, "benchmark", histories):
        pass
    return len(histories) / (perf_counter() - began)


async def _load(url: str) -> tuple[tuple[float, float], tuple[float, float]]:
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        user = await _token(http, "gebruiker-zevenaar")
        manager = await _token(http, "contractmanager-zevenaar")
        replied: dict[str, float] = {}
        seen: dict[str, float] = {}
        changed: asyncio.Queue[str] = asyncio.Queue()
        followers = [
            asyncio.create_task(_listen(url, manager, changed)),
            asyncio.create_task(_look(url, manager, changed, seen)),
        ]
        await asyncio.sleep(0.5)
        latencies = await _open_tickets(http, user, replied)
        await asyncio.sleep(1.0)
        for follower in followers:
            follower.cancel()
    ages = [max(0.0, seen[ticket] - moment) for ticket, moment in replied.items()]
    return _p50_p99(latencies), _p50_p99(ages)


async def _open_tickets(
    http: httpx.AsyncClient, token: dict[str, str], replied: dict[str, float]
) -> list[float]:
    began = perf_counter()
    latencies: list[float] = []

    async def open_ticket(number: int) -> None:
        due = began + number / RATE
        await asyncio.sleep(due - perf_counter())
        body = {"kind": "incident", "title": f"Meting {number}", "domain": "ict"}
        response = await http.post("/v1/tickets", json=body, headers=token)
        response.raise_for_status()
        replied[response.json()["ticket"]] = perf_counter()
        latencies.append(perf_counter() - due)

    await asyncio.gather(*(open_ticket(number) for number in range(RATE * SECONDS)))
    return latencies


async def _listen(url: str, token: dict[str, str], changed: asyncio.Queue[str]) -> None:
    """Hear which tickets changed."""
    async with (
        httpx.AsyncClient(base_url=url, timeout=None) as http,  # noqa: S113  a stream has no end
        http.stream("GET", "/v1/events", headers=token) as events,
    ):
        async for line in events.aiter_lines():
            if line.startswith("data:"):
                for ticket in orjson.loads(line.removeprefix("data:")).get("tickets", ()):
                    changed.put_nowait(ticket)


async def _look(
    url: str, token: dict[str, str], changed: asyncio.Queue[str], seen: dict[str, float]
) -> None:
    """Fetch the dashboard when something changed; note when each ticket is in it."""
    async with httpx.AsyncClient(base_url=url) as http:
        while True:
            tickets = [await changed.get()]
            while not changed.empty():
                tickets.append(changed.get_nowait())
            (await http.get("/v1/dashboards/zevenaar", headers=token)).raise_for_status()
            for ticket in tickets:
                seen.setdefault(ticket, perf_counter())


async def _token(http: httpx.AsyncClient, person: str) -> dict[str, str]:
    form = {"grant_type": "person", "person": person}
    response = await http.post("/dev-issuer/token", data=form)
    response.raise_for_status()
    return {"Authorization": f"Bearer {response.json()['access_token']}"}


def _p50_p99(seconds: list[float]) -> tuple[float, float]:
    return percentile(seconds, 0.5) * 1000, percentile(seconds, 0.99) * 1000
