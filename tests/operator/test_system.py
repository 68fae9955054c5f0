"""The whole system under its supervisor: light, and whole again after a part was killed."""

import asyncio
import os
import signal

import psutil
import pytest

from bodemplaat.operator import OPERATOR
from bodemplaat.system import System
from chassis.client import Client
from chassis.errors import Refused

pytestmark = pytest.mark.slow


async def answers(client: Client) -> bool:
    try:
        await client.query("projection", "status", {}, OPERATOR, timeout=1)
    except Refused:
        return False
    return True


def engines(system: System) -> list[psutil.Process]:
    """The processes that run on the installation's own folders."""
    installation = system.installation
    folders = (str(installation.folder), str(installation.postgres().data_folder()))
    return [
        child
        for child in psutil.Process(os.getpid()).children()
        if any(folder in word for word in child.cmdline() for folder in folders)
    ]


def proportional(process: psutil.Process) -> int:
    """Bytes; none of one that has ended since, as a worker of PostgreSQL may."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0


async def test_every_service_is_a_process_of_its_own(system: System) -> None:
    assert set(system.services) == {"catalog", "tickets", "finance", "projection", "gateway"}
    assert len({process.pid for process in system.services.values()}) == 5


async def test_a_killed_service_is_back_within_seconds(
    system: System, system_client: Client
) -> None:
    projection = system.services["projection"]
    killed = projection.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    async with asyncio.timeout(30):
        while projection.pid == killed or not await answers(system_client):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def test_killed_engines_are_back_and_the_services_find_them(
    system: System, system_client: Client
) -> None:
    if system.installation.external():
        pytest.skip("the engines are containers: not ours to restart")
    (broker,) = [each for each in engines(system) if each.name() == "nats-server"]
    broker.kill()
    await asyncio.sleep(0.5)
    async with asyncio.timeout(30):
        while not await answers(system_client):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert broker.pid not in {each.pid for each in engines(system)}


async def test_no_service_writes_its_seed_or_password_into_a_log(system: System) -> None:
    secrets = [
        file.read_text().strip()
        for file in system.installation.credentials.folder.iterdir()
        if file.suffix in {".nk", ".password"}
    ]
    for log in system.installation.logs.iterdir():
        text = log.read_text()
        assert not any(secret in text for secret in secrets)


async def test_the_system_takes_less_than_a_gibibyte(system: System) -> None:
    """Proportional: memory that processes share counts once."""
    services = [psutil.Process(process.pid) for process in system.services.values()]
    roots = [*services, *engines(system)]
    family = [*roots, *(child for root in roots for child in root.children(recursive=True))]
    assert sum(proportional(part) for part in family) < 2**30
