"""A whole system of its own for a benchmark, with a case in it; what its processes cost."""

import asyncio
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
from rich.console import Console

from bodemplaat.cases.loader import FOLDER
from bodemplaat.cases.player import play
from bodemplaat.environment import Door
from bodemplaat.installation import Installation
from bodemplaat.operator import operator_client
from bodemplaat.system import System, running_system

CASE = "de-liemers"
ENGINES = {"postgres": "PostgreSQL", "nats-server": "NATS"}
MIB = 1024 * 1024
QUIET = Console(quiet=True)


@asynccontextmanager
async def system_with_case() -> AsyncIterator[System]:
    """A system that runs during the block, with nobody's requests counted."""
    os.environ["BODEMPLAAT_REQUESTS_PER_MINUTE"] = "1000000"
    with TemporaryDirectory(prefix="bodemplaat-bench-") as folder:
        installation = Installation(Path(folder))
        door = Door(port=installation.state.port("gateway"), case=FOLDER / CASE)
        try:
            async with running_system(installation, door) as system:
                async with operator_client(installation) as client:
                    await play(CASE, client, console=QUIET)
                yield system
        finally:
            installation.postgres().forget()


async def access_token(url: str, person: str) -> str:
    form = {"grant_type": "person", "person": person}
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        response = await http.post("/dev-issuer/token", data=form)
    response.raise_for_status()
    return str(response.json()["access_token"])


def processor_seconds(system: System) -> Mapping[str, float]:
    """Processor time that each service and engine has used so far."""
    used: dict[str, float] = defaultdict(float)
    for name, service in system.services.items():
        if service.pid:
            used[name] += _seconds(psutil.Process(service.pid))
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # one of PostgreSQL's that had only this to do
            if engine := ENGINES.get(process.name()):
                used[engine] += _seconds(process)
    return used


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def memory(system: System) -> float:
    """Proportional set size of the services, the engines and the process that supervises them."""
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    pids = {process.pid for process in family}
    pids |= {service.pid for service in system.services.values() if service.pid}
    return sum(map(_proportional, pids)) / MIB


def _proportional(pid: int) -> float:
    """Bytes; none of a process that has ended since, as PostgreSQL's may."""
    with suppress(psutil.NoSuchProcess):
        return float(psutil.Process(pid).memory_full_info().pss)
    return 0.0


async def settled(system: System) -> None:
    """Wait until what was done before costs hardly anything any more, half a minute at most."""
    before = processor_seconds(system)
    for _ in range(60):
        await asyncio.sleep(0.5)
        now = processor_seconds(system)
        if sum(now.values()) - sum(before.values()) < 0.1:
            return
        before = now
