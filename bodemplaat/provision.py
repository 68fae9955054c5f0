"""Everything the engines must hold before a service starts, in one go."""

import asyncio

from bodemplaat.installation import Addresses
from chassis import migrations
from chassis.broker import connect
from chassis.credentials import Credentials
from chassis.databases import DatabaseUrls, create_databases
from chassis.permissions import PROVISIONER
from chassis.provisioning import provision
from chassis.settings import Settings

CONNECT_SECONDS = 10.0


async def provision_all(
    addresses: Addresses, credentials: Credentials, *, replicas: int = 1
) -> dict[str, DatabaseUrls]:
    """Streams, consumers, roles, databases and their tables; the URLs by service.

    Raises `Drift` when a stream or consumer is not as it must be.
    """
    _, urls = await asyncio.gather(
        provision_broker(addresses.nats_url, credentials, replicas=replicas),
        provision_databases(addresses.database_url, credentials),
    )
    return urls


async def provision_broker(nats_url: str, credentials: Credentials, *, replicas: int) -> None:
    """The domain stream and its consumers."""
    settings = Settings(nats_url=nats_url, nats_seed_file=credentials.seed_file(PROVISIONER))
    async with asyncio.timeout(CONNECT_SECONDS):
        connection = await connect(settings, PROVISIONER)
    try:
        await provision(connection, replicas=replicas)
    finally:
        await connection.close()


async def provision_databases(admin_url: str, credentials: Credentials) -> dict[str, DatabaseUrls]:
    """Roles and databases, migrated to this release."""
    urls = await create_databases(admin_url, credentials)
    for service, url in urls.items():
        await asyncio.to_thread(migrations.run, service, url.owner)
    return urls
