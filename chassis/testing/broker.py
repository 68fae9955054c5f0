"""Fresh streams for tests, and an administrator that production does not have."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from nats.aio.client import Client
from nats.js.errors import NotFoundError

from chassis.broker import connect
from chassis.credentials import Credentials
from chassis.permissions import User
from chassis.provisioning import provision, streams
from chassis.settings import Settings

ADMINISTRATOR = User("test-administrator")
"""May do everything within the platform's account, such as deleting the stream."""


@asynccontextmanager
async def connected(url: str, credentials: Credentials, user: str) -> AsyncIterator[Client]:
    """A connection as this user of the platform's account."""
    settings = Settings(nats_url=url, nats_seed_file=credentials.seed_file(user))
    connection = await connect(settings, user)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def fresh_stream(url: str, credentials: Credentials) -> AsyncIterator[Client]:
    """Empty, provisioned streams; the connection is the administrator's."""
    async with connected(url, credentials, ADMINISTRATOR.name) as administrator:
        await remove_stream(administrator)
        await provision(administrator)
        yield administrator
        await remove_stream(administrator)


async def remove_stream(administrator: Client) -> None:
    """Every stream that is provisioned."""
    for stream in streams():
        with suppress(NotFoundError):
            await administrator.jetstream().delete_stream(str(stream.name))
