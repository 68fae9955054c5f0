"""The supervisor: ordered start and stop, and whoever dies is started again."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from bodemplaat.engines.process import Child, EngineFailedError
from bodemplaat.supervisor import Supervisor

SERVES = """
import pathlib, signal, sys, time
name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
def stop(*_):
    with (folder / "stopped").open("a") as stopped:
        print(name, file=stopped)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
if (folder / f"{name}.broken").exists():
    sys.exit(f"{name} is broken")
(folder / f"{name}.ready").touch()
time.sleep(600)
"""


IGNORES = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""


class Worker:
    """A process that is ready when it has made its file."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        self.child = Child(name, folder / f"{name}.log", stop_signal=signal.SIGTERM)
        self.starts = 0

    @property
    def running(self) -> bool:
        return self.child.running

    async def start(self) -> None:
        self.starts += 1
        ready = self._folder / f"{self.name}.ready"
        ready.unlink(missing_ok=True)
        self.child.start([sys.executable, "-c", SERVES, self.name, self._folder])
        await self.child.wait_until(ready.exists, 10)

    async def stop(self) -> None:
        await self.child.stop(5)

    def kill(self) -> None:
        assert self.child.pid is not None
        os.kill(self.child.pid, signal.SIGKILL)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest_asyncio.fixture
async def supervisor(told: list[str]) -> AsyncIterator[Supervisor]:
    found = Supervisor(told.append)
    yield found
    await found.stop()


async def until(fact: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not fact():  # noqa: ASYNC110  a process sets no Event
            await asyncio.sleep(0.02)


async def test_later_groups_are_stopped_before_earlier_ones(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    engine, service, door = (Worker(name, tmp_path) for name in ("engine", "service", "door"))
    await supervisor.start([engine])
    await supervisor.start([service], [door])
    assert engine.running
    assert service.running
    assert door.running
    await supervisor.stop()
    assert (tmp_path / "stopped").read_text().split() == ["door", "service", "engine"]
    assert not any(worker.running for worker in (engine, service, door))


async def test_whoever_dies_is_started_again(
    supervisor: Supervisor, tmp_path: Path, told: list[str]
) -> None:
    worker = Worker("worker", tmp_path)
    await supervisor.start([worker])
    worker.kill()
    await until(lambda: worker.starts == 2 and worker.running)
    assert told == ["worker ended and is started again"]


async def test_restarting_goes_on_until_it_succeeds(
    supervisor: Supervisor, tmp_path: Path, told: list[str]
) -> None:
    worker = Worker("worker", tmp_path)
    await supervisor.start([worker])
    broken = tmp_path / "worker.broken"
    broken.touch()
    worker.kill()
    await until(lambda: any("worker is broken" in line for line in told))
    broken.unlink()
    await until(lambda: worker.starts > 2 and worker.running)


async def test_a_start_that_fails_says_why(supervisor: Supervisor, tmp_path: Path) -> None:
    (tmp_path / "worker.broken").touch()
    with pytest.raises(EngineFailedError, match="worker is broken"):
        await supervisor.start([Worker("worker", tmp_path)])


async def test_who_does_not_stop_in_time_is_ended(tmp_path: Path) -> None:
    stubborn = Child("stubborn", tmp_path / "log", stop_signal=signal.SIGTERM)
    stubborn.start([sys.executable, "-c", IGNORES])
    await stubborn.wait_until(lambda: "deaf" in stubborn.last_lines(), 10)
    await stubborn.stop(0.2)
    assert not stubborn.running


async def test_a_log_that_grew_large_is_set_aside(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    log.write_text("x" * 100)
    child = Child("worker", log, stop_signal=signal.SIGTERM)
    child.make_room(1000)
    assert log.exists()
    child.make_room(10)
    assert not log.exists()
    assert (tmp_path / "worker.old.log").read_text() == "x" * 100
