"""The operator's connection to a running system."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bodemplaat.installation import Installation, NotRunning
from chassis.broker import connect
from chassis.client import Caller, Client
from chassis.headers import OPERATOR as ROLE
from chassis.settings import Settings

NAME = "operator"
OPERATOR = Caller(actor=NAME, roles=frozenset({ROLE}), partners=None)
CONNECT_SECONDS = 5.0


@asynccontextmanager
async def operator_client(installation: Installation) -> AsyncIterator[Client]:
    """A client with the operator's rights. Raises `NotRunning` when NATS cannot be reached."""
    settings = Settings(
        nats_url=installation.addresses().nats_url,
        nats_seed_file=installation.credentials.seed_file(NAME),
    )
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            connection = await connect(settings, NAME)
    except (OSError, TimeoutError):
        raise NotRunning from None
    try:
        yield Client(connection)
    finally:
        await connection.close()
