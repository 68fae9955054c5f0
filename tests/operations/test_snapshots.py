"""Snapshots of several databases never hold an effect without its cause."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis.database import driver_url
from chassis.databases import DatabaseUrls
from chassis.snapshots import snapshots

Create = Callable[..., Awaitable[dict[str, DatabaseUrls]]]
NOW = datetime(2026, 3, 2, tzinfo=UTC)
ROUNDS = 8
_COMMIT = """
    INSERT INTO event_log (event_id, aggregate, version, subject, envelope, trace, recorded_at)
    VALUES ($1::uuid, $1::uuid::text, 1, 'evt.catalog.x', '{}', '{}', $2)
"""
_TAKE_IN = "INSERT INTO inbox (consumer, event_id, received_at) VALUES ('tickets-x', $1, $2)"


async def open_(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(driver_url(url, ""))


@pytest.fixture
async def urls(service_databases: Create) -> dict[str, str]:
    made = await service_databases("catalog", "tickets")
    return {name: each.owner for name, each in made.items()}


async def seen(url: str, snapshot: str, query: str) -> set[UUID]:
    connection = await open_(url)
    async with connection.transaction(isolation="repeatable_read"):
        await connection.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
        found = {row[0] for row in await connection.fetch(query)}
    await connection.close()
    return found


async def test_what_was_taken_in_is_in_the_publishers_snapshot(urls: dict[str, str]) -> None:
    """The consumer takes each event in as soon as its publisher has committed it."""
    publisher, consumer = await open_(urls["catalog"]), await open_(urls["tickets"])
    done = asyncio.Event()

    async def work() -> None:
        while not done.is_set():
            event = uuid4()
            await publisher.execute(_COMMIT, event, NOW)
            await consumer.execute(_TAKE_IN, event, NOW)

    working = asyncio.create_task(work())
    for _ in range(ROUNDS):
        async with snapshots(urls) as taken:
            name = {service: snapshot.name for service, snapshot in taken.items()}
            await asyncio.sleep(0.05)
            logged = await seen(urls["catalog"], name["catalog"], "SELECT event_id FROM event_log")
            taken_in = await seen(urls["tickets"], name["tickets"], "SELECT event_id FROM inbox")
        assert taken_in <= logged
        assert len(logged) == taken["catalog"].events
    done.set()
    await working
    await publisher.close()
    await consumer.close()


async def test_what_is_being_taken_in_is_waited_for(urls: dict[str, str]) -> None:
    consumer, event = await open_(urls["tickets"]), uuid4()
    transaction = consumer.transaction()
    await transaction.start()
    await consumer.execute(_TAKE_IN, event, NOW)

    async def take() -> set[UUID]:
        async with snapshots(urls) as taken:
            return await seen(urls["tickets"], taken["tickets"].name, "SELECT event_id FROM inbox")

    taking = asyncio.create_task(take())
    await asyncio.sleep(0.5)
    assert not taking.done()
    await transaction.commit()
    assert await taking == {event}
    await consumer.close()


async def test_nobody_waits_once_the_snapshots_are_taken(urls: dict[str, str]) -> None:
    consumer = await open_(urls["tickets"])
    async with snapshots(urls):
        await consumer.execute(_TAKE_IN, uuid4(), NOW)
    await consumer.close()
