"""The engines of a system that is stopped, running for as long as an operation needs them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from bodemplaat.installation import Addresses, AlreadyRunning, Installation, NotRunning


@asynccontextmanager
async def engines(installation: Installation) -> AsyncIterator[Addresses]:
    """Both engines. Call it while the installation is held. Raises `EngineFailedError`."""
    if external := installation.external():
        yield external
        return
    postgres, nats = installation.postgres(), installation.nats()
    try:
        await asyncio.gather(postgres.start(), nats.start())
        addresses = Addresses(nats.url, postgres.admin_url)
        installation.remember(addresses)
        yield addresses
    finally:
        await asyncio.gather(postgres.stop(), nats.stop())


@asynccontextmanager
async def database_server(installation: Installation) -> AsyncIterator[str]:
    """The administrator's URL of PostgreSQL, which is started when the system is stopped.

    Raises `NotRunning` when the system was never started, `EngineFailedError`.
    """
    known = installation.addresses()
    with ExitStack() as stack:
        if installation.external():
            yield known.database_url
            return
        try:
            stack.enter_context(installation.held())
        except AlreadyRunning:
            yield known.database_url
            return
        postgres = installation.postgres()
        if not (postgres.data_folder() / "PG_VERSION").exists():
            raise NotRunning
        try:
            await postgres.start()
            yield postgres.admin_url
        finally:
            await postgres.stop()
