"""Databases for tests: migrated once per service, copied for each test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count

from chassis import migrations
from chassis.credentials import Credentials
from chassis.databases import DatabaseUrls, create_database, drop_database


class Databases:
    """Hands out fresh databases on one server."""

    def __init__(self, admin_url: str, credentials: Credentials) -> None:
        self._admin_url = admin_url
        self._credentials = credentials
        self._templates: dict[str, str] = {}
        self._numbers = count(1)

    @asynccontextmanager
    async def fresh(self, *services: str) -> AsyncIterator[dict[str, DatabaseUrls]]:
        """A migrated, empty database per service; gone after the block."""
        async with AsyncExitStack() as stack:
            yield {
                service: await stack.enter_async_context(self._copy(service))
                for service in services
            }

    @asynccontextmanager
    async def _copy(self, service: str) -> AsyncIterator[DatabaseUrls]:
        template = await self._template(service)
        name = f"{service}_{next(self._numbers)}"
        yield await self._create(service, name, template)
        await drop_database(self._admin_url, name)

    async def _template(self, service: str) -> str:
        if service not in self._templates:
            name = f"{service}_template"
            urls = await self._create(service, name, None)
            await asyncio.to_thread(migrations.run, service, urls.owner)
            self._templates[service] = name
        return self._templates[service]

    async def _create(self, service: str, name: str, template: str | None) -> DatabaseUrls:
        return await create_database(
            self._admin_url, self._credentials, service, name=name, template=template
        )
