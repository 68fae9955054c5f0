"""The traps of the broker's libraries, each closed: what a default would do does not happen."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from faststream.nats import NatsBroker, NatsMessage
from nats.aio.client import Client as Connection
from nats.js.api import AckPolicy, ConsumerConfig

from chassis.broker import domain_stream, make_broker, one_by_one
from chassis.credentials import Credentials
from chassis.intake import _whole_message
from chassis.provisioning import provision
from chassis.settings import Settings
from chassis.testing.broker import ADMINISTRATOR
from chassis.testing.stream import eventually
from contracts.topology import DOMAIN_STREAM

SUBJECT = "evt.catalog.partner-joined"


@pytest.fixture
def settings(nats_url: str, credentials: Credentials) -> Settings:
    seed = credentials.seed_file(ADMINISTRATOR.name)
    return Settings(nats_url=nats_url, nats_seed_file=seed, stop_seconds=1)


@pytest_asyncio.fixture
async def broker(settings: Settings) -> AsyncIterator[NatsBroker]:
    made = make_broker(settings, ADMINISTRATOR.name)
    yield made
    await made.stop()


async def add_consumer(stream: Connection, **other: Any) -> str:
    """A durable consumer that expects an acknowledgement within half a second."""
    usual: dict[str, Any] = {
        "name": "trap",
        "durable_name": "trap",
        "filter_subject": SUBJECT,
        "ack_policy": AckPolicy.EXPLICIT,
        "ack_wait": 0.5,
    }
    await stream.jetstream().add_consumer(DOMAIN_STREAM, ConsumerConfig(**usual | other))
    return "trap"


def subscribe(
    broker: NatsBroker, durable: str, handle: Callable[[NatsMessage], Awaitable[None]]
) -> None:
    subscriber: Any = broker.subscriber(
        SUBJECT,
        stream=domain_stream(),
        durable=durable,
        pull_sub=one_by_one(),
        decoder=_whole_message,
    )
    subscriber(handle)


async def test_starting_a_broker_leaves_the_stream_as_it_was_provisioned(
    stream: Connection, broker: NatsBroker
) -> None:
    """FastStream's `start()` would rewrite the configuration with its own defaults."""

    async def handle(message: NatsMessage) -> None:
        await message.ack()

    subscribe(broker, await add_consumer(stream), handle)
    before = (await stream.jetstream().stream_info(DOMAIN_STREAM)).config
    await broker.start()
    after = (await stream.jetstream().stream_info(DOMAIN_STREAM)).config
    assert after == before
    await provision(stream)


async def test_an_event_whose_handler_breaks_comes_again(
    stream: Connection, broker: NatsBroker
) -> None:
    """FastStream's policy on an error is to terminate: the event would be lost for the consumer."""
    attempts: list[int] = []

    async def handle(message: NatsMessage) -> None:
        attempts.append(message.raw_message.metadata.num_delivered or 0)
        if len(attempts) == 1:
            raise RuntimeError("broken")
        await message.ack()

    async def twice() -> bool:
        return len(attempts) == 2

    subscribe(broker, await add_consumer(stream), handle)
    await broker.start()
    await stream.jetstream().publish(SUBJECT, b"{}")
    assert await eventually(twice)
    assert attempts == [1, 2]


async def test_events_are_taken_one_at_a_time_and_in_order(
    stream: Connection, broker: NatsBroker
) -> None:
    """A larger fetch without batches, or more workers, would hand them out side by side."""
    seen: list[int] = []
    at_work = 0

    async def handle(message: NatsMessage) -> None:
        nonlocal at_work
        at_work += 1
        assert at_work == 1
        await asyncio.sleep(0.02 if len(seen) % 2 else 0)
        seen.append(message.raw_message.metadata.sequence.stream)
        at_work -= 1
        await message.ack()

    async def all_seen() -> bool:
        return len(seen) == 30

    durable = await add_consumer(stream, max_ack_pending=1, ack_wait=30)
    for _ in range(30):
        await stream.jetstream().publish(SUBJECT, b"{}")
    subscribe(broker, durable, handle)
    await broker.start()
    await eventually(all_seen)
    assert seen == list(range(1, 31))


async def test_a_body_of_any_kind_comes_to_the_handler_as_it_is(counter: Any) -> None:
    """FastStream would decode it first, and fail on what is no JSON before we could answer."""
    answer = await counter.client._connection.request(
        "cmd.catalog.register-partner",
        b"\xff{",
        headers={"content-type": "application/json", "Bodemplaat-Actor": "someone"},
        timeout=5,
    )
    assert b"body-not-json" in answer.data
