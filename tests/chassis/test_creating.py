"""What only creates is written along with others, and is as safe as by itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from chassis.testing.stream import eventually

BEGUN = {"counter": "one", "version": 1}
WAITING = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@asynccontextmanager
async def replies_locked(counter: Any) -> AsyncIterator[asyncpg.Connection]:
    """Inside the block nothing that keeps a reply can be written."""
    connection = await asyncpg.connect(counter.service.database.dsn)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE command_reply IN SHARE ROW EXCLUSIVE MODE")
            yield connection
    finally:
        await connection.close()


async def waiting(connection: asyncpg.Connection) -> int | None:
    """The process that waits for a lock; a transaction sees what it saw first until it is told."""
    await connection.execute("SELECT pg_stat_clear_snapshot()")
    found: int | None = await connection.fetchval(WAITING)
    return found


async def begin_together(counter: Any, *begun: tuple[str, str]) -> list[Any]:
    """Counters, each under a key, that are written at one go."""
    counter.pace.go_on.clear()
    asked = [asyncio.ensure_future(counter.begin(name, key=key)) for name, key in begun]
    await counter.pace.until(len(begun))
    counter.pace.go_on.set()
    return await asyncio.gather(*asked, return_exceptions=True)


async def test_those_that_come_together_each_get_their_own_answer(counter: Any) -> None:
    names = ["one", "two", "three", "four"]
    answers = await begin_together(counter, *((name, name) for name in names))
    assert answers == [{"counter": name, "version": 1} for name in names]
    assert sorted(await counter.written()) == sorted((f"partner/{name}", 1) for name in names)


async def test_the_same_one_many_times_at_once_has_one_effect(counter: Any) -> None:
    assert await begin_together(counter, *[("one", "again")] * 6) == [BEGUN] * 6
    assert await counter.written() == [("partner/one", 1)]


async def test_one_that_cannot_be_written_harms_no_other(counter: Any) -> None:
    await counter.begin("one")
    first, second, third = await begin_together(counter, ("two", ""), ("one", ""), ("three", ""))
    assert (first["counter"], third["counter"]) == ("two", "three")
    assert isinstance(second, Exception)
    assert len(await counter.written()) == 3


async def test_a_connection_that_is_lost_midway_leaves_one_effect(counter: Any) -> None:
    async with replies_locked(counter) as connection:
        asked = asyncio.ensure_future(counter.begin("one", key="again"))
        writer = await eventually(lambda: waiting(connection))
        await connection.execute("SELECT pg_terminate_backend($1)", writer)
    assert await asked == BEGUN
    assert await counter.begin("one", key="again") == BEGUN
    assert await counter.written() == [("partner/one", 1)]


async def test_a_connection_that_was_lost_at_rest_is_opened_again(counter: Any) -> None:
    await counter.begin("one")
    await counter.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND query LIKE '%INTO command_reply%' "
        "AND pid <> pg_backend_pid()"
    )
    assert await counter.begin("two") == {"counter": "two", "version": 1}
