"""What is saved comes back the same, on a real PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest_asyncio

from chassis.database import Database
from services.catalog.service import make_work


@pytest_asyncio.fixture
async def database(service_databases: Any) -> AsyncIterator[Database]:
    urls = await service_databases("catalog")
    async with AsyncExitStack() as stack:
        database = Database(urls["catalog"].runtime)
        stack.push_async_callback(database.dispose)
        yield database


async def test_every_kind_of_aggregate_comes_back_as_it_was(
    database: Database, catalogue: Any
) -> None:
    kept = {
        "partners": ("zevenaar", catalogue.partner()),
        "items": ("ICT-WP-01", catalogue.item()),
        "calendars": ("kantooruren", catalogue.calendar()),
        "agreements": ("DVO-1", catalogue.signed()),
    }
    async with database.transaction() as session:
        work = make_work(session)
        for name, (key, state) in kept.items():
            await getattr(work, name).save(key, state)
    async with database.transaction() as session:
        work = make_work(session)
        for name, (key, state) in kept.items():
            assert await getattr(work, name).get(key) == state


async def test_what_was_never_saved_is_not_there(database: Database) -> None:
    async with database.transaction() as session:
        work = make_work(session)
        assert await work.partners.get("nergens") is None
        assert await work.items.referenced([]) == {}
        assert await work.items.referenced(["ICT-WP-99"]) == {}


async def test_a_later_state_replaces_the_former(database: Database, catalogue: Any) -> None:
    state = catalogue.partner()
    async with database.transaction() as session:
        work = make_work(session)
        await work.partners.save("zevenaar", state)
        await work.partners.save("zevenaar", state.model_copy(update={"version": 2}))
        found = await work.partners.get("zevenaar")
        assert found is not None
        assert found.version == 2


async def test_the_agreements_of_a_partner_are_its_own(database: Database, catalogue: Any) -> None:
    async with database.transaction() as session:
        work = make_work(session)
        for number, partner in (("DVO-2", "zevenaar"), ("DVO-1", "zevenaar"), ("DVO-3", "1stroom")):
            state = catalogue.signed(number).model_copy(update={"partner": partner})
            await work.agreements.save(number, state)
        found = await work.agreements.of_partner("zevenaar")
        assert [agreement.agreement for agreement in found] == ["DVO-1", "DVO-2"]
