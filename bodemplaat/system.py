"""The whole system on one machine: engines, provisioning, services, under one supervisor."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bodemplaat.environment import Door, gateway_environment, service_environment
from bodemplaat.installation import Addresses, Installation
from bodemplaat.provision import provision_all
from bodemplaat.supervisor import ServiceProcess, Supervisor, Tell
from chassis.databases import DatabaseUrls, stateful

GATEWAY = "gateway"


class System:
    """Runs on one installation."""

    def __init__(self, installation: Installation, door: Door, tell: Tell) -> None:
        self.installation = installation
        self.door = door
        self.services: dict[str, ServiceProcess] = {}
        self._supervisor = Supervisor(tell)

    @property
    def addresses(self) -> Addresses:
        return self.installation.addresses()

    async def start(self) -> None:
        """Return when every service is ready. Raises `EngineFailedError`, `Drift`."""
        addresses = await self._start_engines()
        databases = await provision_all(addresses, self.installation.credentials)
        for name in (*stateful(), GATEWAY):
            self.services[name] = self._process(name, addresses, databases.get(name))
        gateway = self.services[GATEWAY]
        others = [process for process in self.services.values() if process is not gateway]
        await self._supervisor.start(others, [gateway])

    async def stop(self) -> None:
        """The gateway first, then the services, then the engines."""
        await self._supervisor.stop()

    async def _start_engines(self) -> Addresses:
        if external := self.installation.external():
            return external
        postgres, nats = self.installation.postgres(), self.installation.nats()
        await self._supervisor.start([postgres], [nats])
        addresses = Addresses(nats.url, postgres.admin_url)
        self.installation.remember(addresses)
        return addresses

    def _process(
        self, name: str, addresses: Addresses, database: DatabaseUrls | None
    ) -> ServiceProcess:
        port = self.installation.state.port(f"health.{name}")
        environment = service_environment(
            self.installation, name, addresses, health_port=port, database=database
        )
        if name == GATEWAY:
            environment |= gateway_environment(self.installation, self.door)
        return ServiceProcess(name, environment, health_port=port, logs=self.installation.logs)


@asynccontextmanager
async def running_system(
    installation: Installation, door: Door, tell: Tell = print
) -> AsyncIterator[System]:
    """A system that is ready inside the block and stopped after it.

    Raises `AlreadyRunning` when another process has it, `EngineFailedError` or `Drift` when it
    cannot start.
    """
    with installation.held():
        system = System(installation, door, tell)
        try:
            await system.start()
            yield system
        finally:
            await system.stop()
