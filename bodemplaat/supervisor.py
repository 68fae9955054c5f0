"""Keeps processes running: starts them in order, restarts what dies, stops them in reverse."""

import asyncio
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bodemplaat.engines.probe import answers
from bodemplaat.engines.process import Child, EngineFailedError

READY_SECONDS = 60.0
STOP_SECONDS = 20.0
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
SETTLED_SECONDS = 60.0
"""Who ran this long before it died is restarted without delay."""
_LARGEST_LOG_BYTES = 10_000_000
_WATCH_SECONDS = 0.2

Tell = Callable[[str], None]


class Supervised(Protocol):
    """An engine or a service."""

    @property
    def name(self) -> str: ...

    @property
    def running(self) -> bool: ...

    async def start(self) -> None:
        """Return when it is ready. Raises `EngineFailedError`."""

    async def stop(self) -> None: ...


class ServiceProcess:
    """`python -m services.<name>`, ready when its `/readyz` says so."""

    def __init__(
        self, name: str, environment: Mapping[str, str], *, health_port: int, logs: Path
    ) -> None:
        self.name = name
        self.health_port = health_port
        self._environment = environment
        self._child = Child(name, logs / f"{name}.log", stop_signal=signal.SIGTERM)

    @property
    def running(self) -> bool:
        return self._child.running

    @property
    def pid(self) -> int | None:
        return self._child.pid

    async def start(self) -> None:
        self._child.make_room(_LARGEST_LOG_BYTES)
        self._child.start(
            [sys.executable, "-m", f"services.{self.name}"], environment=self._environment
        )
        await self._child.wait_until(lambda: answers(self.health_port, "/readyz"), READY_SECONDS)

    async def stop(self) -> None:
        await self._child.stop(STOP_SECONDS)


class Supervisor:
    """Watches over groups of processes; a group depends on those before it."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._groups: list[Sequence[Supervised]] = []
        self._watching: list[asyncio.Task[None]] = []

    async def start(self, *groups: Sequence[Supervised]) -> None:
        """Start all of these at the same time, and keep them running from then on.

        A later group is stopped before an earlier one. Raises `EngineFailedError` when one
        cannot start; call `stop` also then.
        """
        self._groups += groups
        members = [member for group in groups for member in group]
        await asyncio.gather(*(member.start() for member in members))
        self._watching += [asyncio.create_task(self._keep_running(member)) for member in members]

    async def stop(self) -> None:
        """Stop all, the last group first, each in its own good time."""
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        for group in reversed(self._groups):
            await asyncio.gather(*(member.stop() for member in group))
        self._groups.clear()
        self._watching.clear()

    async def _keep_running(self, member: Supervised) -> None:
        wait = 0.0
        while True:
            if await _lasts(member) >= SETTLED_SECONDS:
                wait = 0.0
            self._tell(f"{member.name} ended and is started again")
            wait = await self._restart(member, wait)

    async def _restart(self, member: Supervised, wait: float) -> float:
        """Try until it is ready; returns how long the next restart has to wait."""
        while True:
            await asyncio.sleep(wait)
            wait = min(max(wait * 2, FIRST_WAIT_SECONDS), LONGEST_WAIT_SECONDS)
            await member.stop()
            try:
                await member.start()
            except EngineFailedError as error:
                self._tell(str(error))
            else:
                return wait


async def _lasts(member: Supervised) -> float:
    """Returns when it has ended: for how many seconds it was watched."""
    clock = asyncio.get_running_loop().time
    began = clock()
    while member.running:  # noqa: ASYNC110  a process sets no Event
        await asyncio.sleep(_WATCH_SECONDS)
    return clock() - began
