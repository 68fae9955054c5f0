"""The whole system as processes, on a cluster of three, with a proxy on every connection."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import run
from typing import Protocol

import psutil
from sqlalchemy.engine import make_url

from bodemplaat.cases.loader import FOLDER
from bodemplaat.engines.nats import binary
from bodemplaat.engines.postgres import Postgres
from bodemplaat.engines.process import EngineFailedError
from bodemplaat.environment import Door, gateway_environment
from bodemplaat.installation import Installation
from bodemplaat.provision import provision_broker, provision_databases
from chassis.credentials import accounts_config
from chassis.databases import DatabaseUrls, stateful
from chassis.testing.broker import ADMINISTRATOR
from chassis.testing.cluster import NODES, Cluster
from chassis.testing.processes import Process, service_command
from chassis.testing.proxy import Proxy

CASE = "de-liemers"
GATEWAY = "gateway"
POSTGRES = "postgres"
SMALL_DISK = "nats-3"
"""The node whose streams are on a disk that can be filled."""
DISK_MIB = 96
FORM_SECONDS = 60.0
KEEP_SECONDS = 0.5


class Victim(Protocol):
    """A process, or a family of them."""

    name: str

    @property
    def running(self) -> bool: ...
    async def start(self) -> None: ...
    async def kill(self) -> None: ...
    async def pause(self) -> None: ...
    async def resume(self) -> None: ...


class PostgresFamily:
    """PostgreSQL with its children."""

    name = POSTGRES

    def __init__(self, server: Postgres) -> None:
        self._server = server

    @property
    def running(self) -> bool:
        return self._server.running

    async def start(self) -> None:
        await self._server.start()

    async def kill(self) -> None:
        self._signal(signal.SIGKILL)
        while self._server.running:  # noqa: ASYNC110  a process sets no Event
            await asyncio.sleep(0.02)

    async def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    async def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(psutil.NoSuchProcess):
            parent = psutil.Process(self._server.pid)
            for process in (parent, *parent.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(number)


class World:
    """Everything that can be hurt. `tell` hears what happens."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self.installation = Installation(folder)
        self.door = Door(self.installation.state.port(GATEWAY), FOLDER / CASE)
        self.disk = folder / "small-disk"
        self.disk_refusal = self._mount()
        self.server = self.installation.postgres()
        self.cluster = Cluster(
            binary(),
            accounts_config(self.installation.credentials, guests=[ADMINISTRATOR]),
            folder,
            stores={} if self.disk_refusal else {NODES: self.disk},
        )
        self.services: dict[str, Process] = {}
        self.links: dict[str, list[Proxy]] = {}
        self.databases: dict[str, DatabaseUrls] = {}
        self._down: set[str] = set()
        self._keeper: asyncio.Task[None] | None = None

    @property
    def nats_url(self) -> str:
        """All nodes, without a proxy between."""
        return ",".join(f"nats://127.0.0.1:{node.port}" for node in self.cluster.nodes)

    @property
    def victims(self) -> dict[str, Victim]:
        return {
            **self.cluster.processes,
            POSTGRES: PostgresFamily(self.server),
            **self.services,
        }

    async def start(self) -> None:
        """Return when every service has been started; it may not be ready yet."""
        await asyncio.gather(self.server.start(), self.cluster.start())
        self.databases = await provision_databases(
            self.server.admin_url, self.installation.credentials
        )
        await self._provision()
        for name in (*stateful(), GATEWAY):
            self.services[name] = await self._service(name)
        await asyncio.gather(*(service.start() for service in self.services.values()))
        self._keeper = asyncio.create_task(self._keep_running())

    async def stop(self) -> None:
        if self._keeper:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        for victim in self.victims.values():
            await victim.resume()
        await asyncio.gather(*(service.kill() for service in self.services.values()))
        await self.cluster.stop()
        await self.server.stop()
        for link in self._all_links():
            await link.stop()
        if not self.disk_refusal:
            self._unmount()

    async def kill(self, victim: str) -> None:
        self._down.add(victim)
        await self.victims[victim].kill()

    async def start_again(self, victim: str) -> None:
        """As a supervisor does: as often as it takes."""
        self._down.discard(victim)
        await self._start(self.victims[victim])

    def health_port(self, service: str) -> int:
        return int(self.installation.state.get(f"health.{service}") or 0)

    async def _keep_running(self) -> None:
        """What ended by itself is started again, as any supervisor would."""
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            for name, victim in self.victims.items():
                if name not in self._down and not victim.running:
                    self._tell(f"          {name} ended by itself and is started again")
                    await self._start(victim)

    async def _start(self, victim: Victim) -> None:
        if not victim.running:
            try:
                await victim.start()
            except EngineFailedError as error:
                self._tell(f"          {error}")

    async def _provision(self) -> None:
        """Once the cluster has formed."""
        async with asyncio.timeout(FORM_SECONDS):
            while True:
                with suppress(Exception):
                    await provision_broker(
                        self.nats_url, self.installation.credentials, replicas=NODES
                    )
                    return
                await asyncio.sleep(0.5)

    async def _service(self, name: str) -> Process:
        links = [Proxy(node.port) for node in self.cluster.nodes]
        self.links[f"{name} from NATS"] = links
        for link in links:
            await link.start()
        environment = {
            "NATS_URL": ",".join(f"nats://127.0.0.1:{link.port}" for link in links),
            "BODEMPLAAT_NATS_SEED_FILE": str(self.installation.credentials.seed_file(name)),
            "BODEMPLAAT_HEALTH_PORT": str(self.installation.state.port(f"health.{name}")),
            "BODEMPLAAT_REQUESTS_PER_MINUTE": "1000000",
            "PYTHONUNBUFFERED": "1",
        }
        if name == GATEWAY:
            environment |= gateway_environment(self.installation, self.door)
        else:
            environment["DATABASE_URL"] = await self._proxied(name)
        logs = self.installation.logs
        logs.mkdir(parents=True, exist_ok=True)
        return Process(name, service_command(name), environment, logs / f"{name}.log")

    async def _proxied(self, service: str) -> str:
        url = make_url(self.databases[service].runtime)
        link = Proxy(int(url.port or 0))
        await link.start()
        self.links[f"{service} from PostgreSQL"] = [link]
        return url.set(port=link.port).render_as_string(hide_password=False)

    def _all_links(self) -> Iterator[Proxy]:
        for links in self.links.values():
            yield from links

    def _mount(self) -> str | None:
        """Put a small disk in place; why that cannot be, or `None`."""
        self.disk.mkdir(parents=True, exist_ok=True)
        if sys.platform != "linux" or os.geteuid() != 0:
            return "mounting a small disk takes Linux and root"
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(self.disk)]
        mounted = run(command, check=False, capture_output=True, text=True)
        return None if mounted.returncode == 0 else mounted.stderr.strip()

    def _unmount(self) -> None:
        run(["umount", str(self.disk)], check=False)  # noqa: S607  found where it is
