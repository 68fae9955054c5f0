"""Timers fire once, in order of their moments, also after the service was down."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from chassis.client import Caller
from chassis.command import Change, Context, Outcome, Timer
from chassis.definition import TimerHandler
from chassis.service import running
from chassis.testing.stream import envelopes, eventually
from contracts.catalog import PartnerStatisticsUpdated

PAST = datetime(2020, 1, 1, 9, 0, tzinfo=UTC)
OPERATOR = Caller("operator", frozenset({"operator"}), None)


class Fired:
    """What fired, and when it was told to be."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.contexts: list[Context] = []
        self.broken: set[str] = set()
        self.again: datetime | None = None

    async def remind(self, key: str, context: Context, work: Any) -> Outcome:
        self.keys.append(key)
        self.contexts.append(context)
        if key in self.broken:
            raise RuntimeError("broken")
        version = await work.version(key)
        event = PartnerStatisticsUpdated(
            occurred_at=context.now, partner=key, year=2026, residents=0, workplaces=0
        )
        timers = [Timer("remind", key, self.again)] if self.again else []
        self.again = None
        return Outcome([Change(f"partner/{key}", version, [event])], timers=timers)

    def times(self, count: int) -> Callable[[], Any]:
        async def there() -> bool:
            return len(self.keys) >= count

        return there


@pytest.fixture
def fired() -> Fired:
    return Fired()


@pytest.fixture
def handlers(fired: Fired) -> dict[str, TimerHandler[Any]]:
    return {"remind": fired.remind}


async def timers_left(counter: Any) -> list[Any]:
    left: list[Any] = await counter.rows("SELECT key FROM timer ORDER BY due_at")
    return left


async def settled(counter: Any, *keys: str) -> bool:
    """Whether these timers are left, once those that are being fired have committed."""

    async def are_left() -> bool:
        return bool(await timers_left(counter) == [(key,) for key in keys])

    return await eventually(are_left)


async def test_a_timer_fires_once_and_is_gone(
    counting_service: Any, handlers: Any, fired: Fired
) -> None:
    counter = await counting_service(timers=handlers)
    await counter.count("one", remind_after=0.3)
    await eventually(fired.times(1))
    await counter.count("two", remind_after=0.3)
    await eventually(fired.times(2))
    assert fired.keys == ["one", "two"]
    assert await settled(counter)
    assert ("partner/one", 2) in await counter.written()


async def test_a_timer_does_not_fire_before_its_moment(
    counting_service: Any, handlers: Any, fired: Fired
) -> None:
    counter = await counting_service(timers=handlers)
    await counter.count("later", remind_after=3600)
    await counter.count("now", remind_after=0)
    await eventually(fired.times(1))
    assert fired.keys == ["now"]
    assert await settled(counter, "later")


async def test_a_timer_of_the_same_key_is_moved_and_not_doubled(
    counting_service: Any, handlers: Any, fired: Fired
) -> None:
    counter = await counting_service(timers=handlers)
    await counter.count("one", remind_after=3600)
    await counter.count("one", remind_after=0)
    await eventually(fired.times(1))
    assert await settled(counter)


async def test_everything_overdue_fires_after_a_start_in_order_of_its_moment(
    stream: Any, settings_for: Any, define: Any, pace: Any, client_of: Any, fired: Fired
) -> None:
    settings = await settings_for("catalog")
    client = await client_of("operator")

    definition = define(pace, timers={"remind": fired.remind})
    async with running(definition, settings, clock=lambda: PAST):
        for name, after in (("third", 3), ("first", 1), ("second", 2)):
            body = {"counter": name, "by": 1, "remind_after": after}
            await client.command("catalog", "register-partner", body, OPERATOR, command_id=name)
    assert fired.keys == []
    async with running(definition, settings):
        await eventually(fired.times(3))
    assert fired.keys == ["first", "second", "third"]
    assert fired.contexts[0].now > PAST + timedelta(days=365)


async def test_a_timer_that_fails_is_tried_again_and_holds_nobody_up(
    counting_service: Any, handlers: Any, fired: Fired
) -> None:
    counter = await counting_service({"retry_delays_seconds": (0.2, 0.4)}, timers=handlers)
    fired.broken = {"one"}
    await counter.count("one", remind_after=0)
    await counter.count("two", remind_after=0)
    await eventually(fired.times(4))
    assert fired.keys.count("two") == 1
    assert await settled(counter, "one")
    fired.broken = set()
    assert await settled(counter)
    assert [written for written in await counter.written() if written[0] == "partner/one"] == [
        ("partner/one", 1),
        ("partner/one", 2),
    ]


async def test_a_handler_may_set_its_timer_again(
    counting_service: Any, handlers: Any, fired: Fired
) -> None:
    counter = await counting_service(timers=handlers)
    fired.again = datetime.now(UTC) + timedelta(seconds=0.5)
    await counter.count("one", remind_after=0)
    await eventually(fired.times(2))
    assert fired.keys == ["one", "one"]


async def test_what_a_timer_causes_is_published_and_traced_to_what_set_it(
    counting_service: Any, handlers: Any, fired: Fired, stream: Any
) -> None:
    counter = await counting_service(timers=handlers)
    await counter.count("one", remind_after=0)

    async def both() -> list[Any] | None:
        found = await envelopes(stream)
        return found if len(found) == 2 else None

    opened, reminded = await eventually(both)
    assert opened.traceparent.split("-")[1] == reminded.traceparent.split("-")[1]
    assert reminded.correlationid.startswith("timer/remind/one/")


async def test_of_two_processes_one_fires_and_relays(
    stream: Any, settings_for: Any, define: Any, pace: Any, client_of: Any, fired: Fired
) -> None:
    settings = await settings_for("catalog")
    definition = define(pace, timers={"remind": fired.remind})
    client = await client_of("operator")
    async with running(definition, settings) as one, running(definition, settings) as other:
        for number in range(20):
            body = {"counter": f"counter-{number}", "by": 1, "remind_after": 0.1}
            await client.command(
                "catalog", "register-partner", body, OPERATOR, command_id=str(number)
            )
        await eventually(fired.times(20))
        assert sorted([one.leader.leads, other.leader.leads]) == [False, True]
    assert len(fired.keys) == len(set(fired.keys)) == 20
    assert len(await envelopes(stream)) == 40


async def test_when_the_leader_stops_the_other_takes_over(
    stream: Any, settings_for: Any, define: Any, pace: Any, client_of: Any, fired: Fired
) -> None:
    settings = await settings_for("catalog")
    definition = define(pace, timers={"remind": fired.remind})
    client = await client_of("operator")
    async with running(definition, settings) as first:

        async def leads() -> bool:
            return first.leader.leads

        await eventually(leads)
        second = running(definition, settings)
        heir = await second.__aenter__()
    try:
        body = {"counter": "one", "by": 1, "remind_after": 0}
        await client.command("catalog", "register-partner", body, OPERATOR, command_id="1")
        await eventually(fired.times(1))
        assert heir.leader.leads
    finally:
        await second.__aexit__(None, None, None)


async def test_a_service_outlives_the_loss_of_every_database_connection(
    counting_service: Any, handlers: Any, fired: Fired, postgres_url: str, stream: Any
) -> None:
    """As when PostgreSQL restarts: commands, timers and the relay go on by themselves."""
    counter = await counting_service(timers=handlers)
    await counter.count("one", remind_after=3600)
    administrator = await asyncpg.connect(postgres_url)
    await administrator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'catalog'"
    )
    await administrator.close()

    assert await counter.count("two", remind_after=0) == {"counter": "two", "version": 1}
    await eventually(fired.times(1))

    async def relayed() -> bool:
        return len(await envelopes(stream)) == 3

    assert await eventually(relayed)
    assert not counter.service.failed.is_set()
