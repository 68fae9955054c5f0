"""Processes of their own, to be killed, paused and started again in tests."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from chassis.settings import Settings


class Process:
    """A program with these arguments and variables; its output goes to `log` when there is one."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path | None = None,
    ) -> None:
        self.name = name
        self.process: asyncio.subprocess.Process | None = None
        self._command = command
        self._environment = environment
        self._log = log

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def start(self, **environment: str) -> None:
        """Start it; `environment` adds variables, such as the fault point to arm."""
        output = self._log.open("ab") if self._log else None
        try:
            self.process = await asyncio.create_subprocess_exec(
                *self._command,
                env={**os.environ, **self._environment, **environment},
                stdout=output,
                stderr=output,
            )
        finally:
            if output:
                output.close()

    async def ended(self) -> int:
        """Wait until the process has ended; its exit code, negative for a signal."""
        if self.process is None:
            raise RuntimeError(f"{self.name} was never started")
        return await self.process.wait()

    async def kill(self) -> None:
        """End it without a chance to clean up."""
        if self.process and self.running:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()

    async def pause(self) -> None:
        """Stop it in its tracks, connections and all."""
        if self.process and self.running:
            self.process.send_signal(signal.SIGSTOP)

    async def resume(self) -> None:
        if self.process and self.running:
            self.process.send_signal(signal.SIGCONT)


class ServiceProcess(Process):
    """`python -m services.<name>` with these settings."""

    def __init__(self, name: str, settings: Settings) -> None:
        environment = {
            "NATS_URL": settings.nats_url,
            "DATABASE_URL": settings.database_url,
            "BODEMPLAAT_NATS_SEED_FILE": str(settings.nats_seed_file),
            "BODEMPLAAT_RELAY_POLL_SECONDS": str(settings.relay_poll_seconds),
            "BODEMPLAAT_TIMER_POLL_SECONDS": str(settings.timer_poll_seconds),
            "BODEMPLAAT_LOG_LEVEL": "WARNING",
        }
        super().__init__(name, service_command(name), environment)


def service_command(name: str) -> list[str]:
    """The arguments that run a service."""
    return [sys.executable, "-m", f"services.{name}"]


@asynccontextmanager
async def service_process(name: str, settings: Settings) -> AsyncIterator[ServiceProcess]:
    """A service that can be started in the block; killed when the block ends."""
    process = ServiceProcess(name, settings)
    try:
        yield process
    finally:
        await process.kill()
