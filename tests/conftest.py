"""Real engines for every test: embedded by default, containers with `--engines=containers`.

A test asks for what it needs: `stream` (a fresh domain stream), `service_databases` (fresh,
migrated databases), `settings_for` (a service's settings on both), `start_service` (a service that
runs in this process), `connect_as` (NATS as one of the topology's users) and `client_of`. The
whole system as processes is `system` and, with a case in it, `played_system`.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, ExitStack
from typing import Any

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection
from rich.console import Console

from bodemplaat.cases.loader import FOLDER as CASES
from bodemplaat.engines.nats import Nats
from bodemplaat.engines.postgres import Postgres
from bodemplaat.environment import Door
from bodemplaat.installation import Addresses, Installation
from bodemplaat.operator import operator_client
from bodemplaat.running import play_once
from bodemplaat.system import System, running_system
from chassis.client import Client
from chassis.credentials import Credentials, accounts_config
from chassis.databases import DatabaseUrls
from chassis.definition import Definition
from chassis.service import Running, running
from chassis.settings import Settings
from chassis.testing import containers
from chassis.testing.broker import ADMINISTRATOR, connected, fresh_stream
from chassis.testing.databases import Databases
from services.gateway.language import Texts

FAST: dict[str, Any] = {"relay_poll_seconds": 0.2, "timer_poll_seconds": 0.1, "stop_seconds": 3.0}
"""Settings of services in tests: they need not be frugal."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engines",
        choices=["embedded", "containers"],
        default=os.environ.get("BODEMPLAAT_TEST_ENGINES", "embedded"),
        help="where PostgreSQL and NATS come from",
    )


@pytest.fixture(scope="session")
def engines(request: pytest.FixtureRequest) -> str:
    """`embedded` or `containers`; skips when it must be containers and cannot."""
    wanted: str = request.config.getoption("--engines")
    if wanted == "containers" and (reason := containers.unavailable()):
        pytest.skip(reason)
    return wanted


@pytest.fixture(scope="session")
def credentials(tmp_path_factory: pytest.TempPathFactory) -> Credentials:
    """The installation's NKeys and passwords."""
    return Credentials(tmp_path_factory.mktemp("credentials"))


@pytest_asyncio.fixture(scope="session")
async def postgres_url(
    tmp_path_factory: pytest.TempPathFactory, engines: str
) -> AsyncIterator[str]:
    """URL of the superuser of a running PostgreSQL."""
    if engines == "containers":
        with containers.postgres() as url:
            yield url
        return
    server = Postgres(tmp_path_factory.mktemp("postgres"), durable=False)
    await server.start()
    yield server.admin_url
    await server.stop()
    server.forget()


@pytest_asyncio.fixture(scope="session")
async def nats_url(
    tmp_path_factory: pytest.TempPathFactory, credentials: Credentials, engines: str
) -> AsyncIterator[str]:
    """URL of a running NATS with the platform's accounts; nothing is provisioned."""
    accounts = accounts_config(credentials, guests=[ADMINISTRATOR])
    if engines == "containers":
        with containers.nats(tmp_path_factory.mktemp("nats"), accounts) as url:
            yield url
        return
    server = Nats(tmp_path_factory.mktemp("nats"), accounts, durable=False)
    await server.start()
    yield server.url
    await server.stop()


@pytest.fixture(scope="session")
def databases(postgres_url: str, credentials: Credentials) -> Databases:
    """Fresh, migrated databases: `async with databases.fresh("tickets") as urls`."""
    return Databases(postgres_url, credentials)


@pytest_asyncio.fixture
async def service_databases(
    databases: Databases,
) -> AsyncIterator[Callable[..., Awaitable[dict[str, DatabaseUrls]]]]:
    """Gives fresh databases until the test's end, by service: `("tickets", "catalog")`."""
    async with AsyncExitStack() as stack:

        async def create(*services: str) -> dict[str, DatabaseUrls]:
            return await stack.enter_async_context(databases.fresh(*services))

        yield create


@pytest_asyncio.fixture
async def stream(nats_url: str, credentials: Credentials) -> AsyncIterator[Connection]:
    """A fresh domain stream with its consumers; the administrator's connection."""
    async with fresh_stream(nats_url, credentials) as administrator:
        yield administrator


@pytest_asyncio.fixture(scope="module")
async def module_stream(nats_url: str, credentials: Credentials) -> AsyncIterator[Connection]:
    """As `stream`, for a whole module; a module uses one of the two."""
    async with fresh_stream(nats_url, credentials) as administrator:
        yield administrator


@pytest_asyncio.fixture
async def connect_as(
    nats_url: str, credentials: Credentials
) -> AsyncIterator[Callable[[str], Awaitable[Connection]]]:
    """Connects to NATS with the rights of the service that is named."""
    async with AsyncExitStack() as stack:

        async def connect(user: str) -> Connection:
            return await stack.enter_async_context(connected(nats_url, credentials, user))

        yield connect


@pytest_asyncio.fixture
async def client_of(
    connect_as: Callable[[str], Awaitable[Connection]],
) -> Callable[[str], Awaitable[Client]]:
    """Gives a client for commands and queries with the rights of the service that is named."""

    async def make(user: str) -> Client:
        return Client(await connect_as(user))

    return make


@pytest_asyncio.fixture
async def settings_for(
    nats_url: str,
    credentials: Credentials,
    service_databases: Callable[..., Awaitable[dict[str, DatabaseUrls]]],
) -> Callable[..., Awaitable[Settings]]:
    """Gives a service's settings on a fresh database; further arguments override them."""

    async def make(service: str, **overrides: Any) -> Settings:
        urls = await service_databases(service)
        values: dict[str, Any] = {
            "nats_url": nats_url,
            "nats_seed_file": credentials.seed_file(service),
            "database_url": urls[service].runtime,
        }
        return Settings(**FAST | values | overrides)

    return make


@pytest_asyncio.fixture
async def start_service(
    settings_for: Callable[..., Awaitable[Settings]],
) -> AsyncIterator[Callable[..., Awaitable[Running[Any]]]]:
    """Runs a `Definition` in this process until the test's end; further arguments are settings.

    Ask for `stream` as well: a service that publishes or consumes needs it.
    """
    async with AsyncExitStack() as stack:

        async def start(definition: Definition[Any], **overrides: Any) -> Running[Any]:
            settings = await settings_for(definition.name, **overrides)
            return await stack.enter_async_context(running(definition, settings))

        yield start


@pytest_asyncio.fixture(scope="session")
async def system(tmp_path_factory: pytest.TempPathFactory, engines: str) -> AsyncIterator[System]:
    """The whole system as processes on engines of its own, without any case played in."""
    folder = tmp_path_factory.mktemp("system")
    with ExitStack() as stack:
        servers = None
        if engines == "containers":
            accounts = accounts_config(Installation(folder).credentials)
            servers = Addresses(
                stack.enter_context(containers.nats(folder, accounts)),
                stack.enter_context(containers.postgres()),
            )
        installation = Installation(folder, servers=servers)
        door = Door(installation.state.port("gateway"), CASES / "de-liemers")
        async with running_system(installation, door) as running_here:
            yield running_here
        installation.forget()


@pytest_asyncio.fixture(scope="session")
async def system_client(system: System) -> AsyncIterator[Client]:
    """The operator's client of the whole system."""
    async with operator_client(system.installation) as client:
        yield client


@pytest_asyncio.fixture(scope="session")
async def played_system(system: System) -> System:
    """The whole system with case `de-liemers` in it."""
    await play_once(system, "de-liemers", Console(quiet=True))
    return system


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The words of pages and problems; reading them takes a while."""
    return Texts.load()
