"""What is committed reaches the stream: in order, whole batches, once, whatever happens."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.client import Caller
from chassis.clock import utc_now
from chassis.command import Change, Context, Outcome
from chassis.database import Database
from chassis.health import Beat
from chassis.outcome import save
from chassis.relay import Relay
from chassis.service import running
from chassis.settings import Settings
from chassis.testing.stream import Logged, envelopes, event_log, eventually, streamed
from contracts.catalog import PartnerStatisticsUpdated
from contracts.envelope import source_urn
from contracts.topology import DOMAIN_STREAM

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


TRACE = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}


async def append(session: AsyncSession, partner: str, version: int = 0, count: int = 1) -> None:
    """Write events of an aggregate to the event log; does not commit."""
    event = PartnerStatisticsUpdated(
        occurred_at=NOW, partner=partner, year=2026, residents=1, workplaces=1
    )
    context = Context("key-1", "test", frozenset(), None, NOW, NOW, trace=TRACE)
    outcome = Outcome([Change(f"partner/{partner}", version, [event] * count)])
    await save(session, outcome, context, source_urn("0" * 20, "catalog"))


class Log:
    """An event log, and a relay that publishes when it is told to."""

    def __init__(self, database: Database, relaying: asyncpg.Connection, relay: Relay) -> None:
        self.database = database
        self._relaying = relaying
        self._relay = relay

    async def append(self, partner: str, version: int = 0, count: int = 1) -> None:
        async with self.database.transaction() as session:
            await append(session, partner, version, count)

    async def publish(self) -> int:
        return await self._relay.publish_next(self._relaying)

    async def rows(self) -> list[Logged]:
        return await event_log(self.database.dsn)

    async def forget(self, versions: tuple[int, ...]) -> None:
        """As after a crash between the publish and its mark."""
        await self._relaying.execute(
            "UPDATE event_log SET published_at = NULL, stream_seq = NULL WHERE version = ANY($1)",
            versions,
        )


@pytest_asyncio.fixture
async def log(
    stream: Connection, service_databases: Any, connect_as: Any, nats_url: str
) -> AsyncIterator[Log]:
    urls = await service_databases("catalog")
    database = Database(urls["catalog"].runtime)
    relaying = await asyncpg.connect(database.dsn)
    settings = Settings(nats_url=nats_url, relay_batch=10)
    relay = Relay(await connect_as("catalog"), settings, utc_now, asyncio.Event(), Beat("relay", 5))
    yield Log(database, relaying, relay)
    await relaying.close()
    await database.dispose()


async def test_a_batch_arrives_whole_and_in_the_order_of_the_log(
    log: Log, stream: Connection
) -> None:
    await log.append("one", 0, 4)
    await log.append("two", 0, 3)
    assert await log.publish() == 7
    assert await streamed(stream) == [row.event_id for row in await log.rows()]
    assert [row.stream_seq for row in await log.rows()] == [1, 2, 3, 4, 5, 6, 7]


async def test_several_events_go_as_one_atomic_batch(log: Log, stream: Connection) -> None:
    await log.append("one", 0, 3)
    await log.publish()
    messages = [await stream.jetstream().get_msg(DOMAIN_STREAM, number) for number in (1, 2, 3)]
    headers = [message.headers or {} for message in messages]
    assert [each["Nats-Batch-Sequence"] for each in headers] == ["1", "2", "3"]
    assert len({each["Nats-Batch-Id"] for each in headers}) == 1


async def test_no_batch_is_larger_than_the_setting(log: Log, stream: Connection) -> None:
    await log.append("one", 0, 25)
    assert [await log.publish() for _ in range(4)] == [10, 10, 5, 0]
    assert [envelope.aggregate_version for envelope in await envelopes(stream)] == list(
        range(1, 26)
    )


async def test_events_that_are_there_already_are_marked_and_not_doubled(
    log: Log, stream: Connection
) -> None:
    await log.append("one", 0, 5)
    await log.publish()
    before = await log.rows()
    await log.forget((1, 2, 3, 4, 5))
    assert await log.publish() == 5
    assert await log.rows() == before
    assert len(await streamed(stream)) == 5


async def test_a_batch_of_which_some_are_there_already_is_completed(
    log: Log, stream: Connection
) -> None:
    await log.append("one", 0, 3)
    await log.publish()
    await log.forget((2,))
    await log.append("one", 3, 2)
    assert await log.publish() == 3
    assert [row.stream_seq for row in await log.rows()] == [1, 2, 3, 4, 5]
    assert await streamed(stream) == [row.event_id for row in await log.rows()]


async def test_what_is_committed_late_is_not_passed_over(log: Log, stream: Connection) -> None:
    """Ids are handed out before the commit: a smaller id may appear after a larger one."""
    async with log.database.transaction() as session:
        await append(session, "slow", 0, 1)
        await log.append("fast")
        assert await log.publish() == 1
    assert await log.publish() == 1
    subjects = [envelope.subject for envelope in await envelopes(stream)]
    assert subjects == ["partner/fast", "partner/slow"]


async def test_what_is_not_committed_is_never_published(log: Log, stream: Connection) -> None:
    async with log.database.transaction() as session:
        await append(session, "one", 0, 1)
        assert await log.publish() == 0
        await session.rollback()
    assert await log.publish() == 0
    assert await streamed(stream) == []


async def test_a_message_carries_its_trace_and_its_cause(log: Log, stream: Connection) -> None:
    await log.append("one")
    await log.publish()
    message = await stream.jetstream().get_msg(DOMAIN_STREAM, 1)
    headers = message.headers or {}
    (envelope,) = await envelopes(stream)
    assert headers["traceparent"] == envelope.traceparent == TRACE["traceparent"]
    assert headers["Nats-Msg-Id"] == str(envelope.id)
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    assert envelope.correlationid == "key-1"


async def test_a_running_service_relays_each_aggregate_in_order(
    counter: Any, stream: Connection
) -> None:
    names = [f"counter-{number}" for number in range(5)]
    await asyncio.gather(*(counter.count(name, times=3) for name in names for _ in range(4)))

    async def all_there() -> list[Any] | None:
        found = await envelopes(stream)
        return found if len(found) == 60 else None

    found = await eventually(all_there)
    for name in names:
        versions = [each.aggregate_version for each in found if each.partner == name]
        assert versions == list(range(1, 13))


async def test_a_service_that_starts_publishes_what_the_last_one_left(
    stream: Connection, settings_for: Any, define: Any, pace: Any
) -> None:
    settings = await settings_for("catalog")
    database = Database(settings.database_url)
    async with database.transaction() as session:
        await append(session, "one", count=12)
    await database.dispose()

    async def all_there() -> bool:
        return len(await streamed(stream)) == 12

    async with running(define(pace), settings):
        assert await eventually(all_there)


async def test_a_service_cannot_delete_from_its_event_log(
    counting_service: Any, stream: Connection
) -> None:
    counter = await counting_service()
    await counter.count("one")
    database = await asyncpg.connect(counter.service.database.dsn)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await database.execute("DELETE FROM event_log")
    finally:
        await database.close()


async def test_a_service_that_stops_has_published_and_answered_everything(
    stream: Connection, settings_for: Any, client_of: Any, define: Any, pace: Any
) -> None:
    settings = await settings_for("catalog")
    client = await client_of("operator")
    caller = Caller("someone", frozenset(), None)
    async with running(define(pace), settings):
        pace.go_on.clear()
        asked = [
            asyncio.ensure_future(
                client.command(
                    "catalog",
                    "register-partner",
                    {"counter": f"counter-{number}", "by": 1},
                    caller,
                    command_id=str(number),
                )
            )
            for number in range(20)
        ]
        await pace.until(settings.command_concurrency)
        asyncio.get_running_loop().call_later(0.3, pace.go_on.set)
    answers = await asyncio.gather(*asked)
    assert [answer["version"] for answer in answers] == [1] * 20
    assert len(await streamed(stream)) == 20
