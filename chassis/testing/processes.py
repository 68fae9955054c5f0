"""A service as a process of its own, to be killed in tests."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from chassis.settings import Settings


@dataclass(slots=True)
class ServiceProcess:
    """`python -m services.<name>` with these settings; killed when the block ends."""

    name: str
    settings: Settings
    process: asyncio.subprocess.Process | None = None

    async def start(self, **environment: str) -> None:
        """Start it; `environment` adds variables, such as the fault point to arm."""
        settings = self.settings
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            f"services.{self.name}",
            env={
                **os.environ,
                "NATS_URL": settings.nats_url,
                "DATABASE_URL": settings.database_url,
                "BODEMPLAAT_NATS_SEED_FILE": str(settings.nats_seed_file),
                "BODEMPLAAT_RELAY_POLL_SECONDS": str(settings.relay_poll_seconds),
                "BODEMPLAAT_TIMER_POLL_SECONDS": str(settings.timer_poll_seconds),
                "BODEMPLAAT_LOG_LEVEL": "WARNING",
                **environment,
            },
        )

    async def ended(self) -> int:
        """Wait until the process has ended; its exit code, negative for a signal."""
        if self.process is None:
            raise RuntimeError(f"{self.name} was never started")
        return await self.process.wait()

    async def kill(self) -> None:
        if self.process and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()


@asynccontextmanager
async def service_process(name: str, settings: Settings) -> AsyncIterator[ServiceProcess]:
    process = ServiceProcess(name, settings)
    try:
        yield process
    finally:
        await process.kill()
