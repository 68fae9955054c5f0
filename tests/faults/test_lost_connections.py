"""A service outlives the loss of its database and of NATS, and is ready again by itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from nats.aio.client import Client as Connection
from sqlalchemy.engine import make_url

from bodemplaat.engines.probe import answers
from chassis.credentials import Credentials
from chassis.databases import DatabaseUrls
from chassis.ports import free_port
from chassis.settings import Settings
from chassis.testing.processes import ServiceProcess, service_process
from chassis.testing.proxy import Proxy
from chassis.testing.stream import eventually

SERVICES = ("catalog", "tickets", "projection")
TIMES = 3
AWAY_SECONDS = 1.0
RECOVERY_SECONDS = 60.0


@asynccontextmanager
async def proxied(url: str) -> AsyncIterator[tuple[Proxy, str]]:
    """A proxy before the server of this URL, and the URL through it."""
    parts = make_url(url)
    proxy = Proxy(int(parts.port or 0))
    await proxy.start()
    try:
        yield proxy, parts.set(port=proxy.port).render_as_string(hide_password=False)
    finally:
        await proxy.stop()


async def ready(port: int) -> bool:
    return await asyncio.to_thread(answers, port, "/readyz")


async def lose_and_find(link: Proxy, process: ServiceProcess, port: int) -> None:
    """Cut the link a few times; each time the same process becomes ready again."""
    for _ in range(TIMES):
        link.cut()
        await eventually(lambda: not_ready(port), seconds=RECOVERY_SECONDS)
        await asyncio.sleep(AWAY_SECONDS)
        link.heal()
        await eventually(lambda: ready(port), seconds=RECOVERY_SECONDS)
        assert process.running


async def not_ready(port: int) -> bool:
    return not await ready(port)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("lost", ["database", "nats"])
async def test_a_service_outlives_the_loss_of_a_server(
    service: str,
    lost: str,
    stream: Connection,
    nats_url: str,
    credentials: Credentials,
    service_databases: Callable[..., Awaitable[dict[str, DatabaseUrls]]],
) -> None:
    urls = (await service_databases(service))[service]
    port = free_port()
    async with proxied(urls.runtime) as (database, database_url), proxied(nats_url) as (nats, url):
        settings = Settings(
            nats_url=url,
            nats_seed_file=credentials.seed_file(service),
            database_url=database_url,
            timer_poll_seconds=0.02,
        )
        async with service_process(service, settings) as process:
            await process.start(BODEMPLAAT_HEALTH_PORT=str(port))
            await eventually(lambda: ready(port), seconds=RECOVERY_SECONDS)
            await lose_and_find(database if lost == "database" else nats, process, port)
