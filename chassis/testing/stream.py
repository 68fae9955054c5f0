"""What the event log and the stream hold, for tests that compare them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

import asyncpg
from nats.aio.client import Client
from nats.js.api import AckPolicy, ConsumerConfig
from nats.js.errors import ServiceUnavailableError

from contracts.envelope import Envelope
from contracts.topology import DOMAIN_STREAM

ResultT = TypeVar("ResultT")
ATTEMPTS = 10

_LOG = """
    SELECT event_id::text, aggregate, version, stream_seq, published_at IS NOT NULL AS published
    FROM event_log ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the event log."""

    event_id: str
    aggregate: str
    version: int
    stream_seq: int | None
    published: bool


async def event_log(dsn: str) -> list[Logged]:
    """The event log in the order in which it was written."""
    database = await asyncpg.connect(dsn)
    try:
        return [Logged(**row) for row in await database.fetch(_LOG)]
    finally:
        await database.close()


async def envelopes(administrator: Client, subject: str = "evt.>") -> list[Envelope]:
    """Everything in the stream, in order.

    Begun again where a cluster has no leader for the reading just then.
    """
    for _ in range(ATTEMPTS):
        with suppress(ServiceUnavailableError, TimeoutError):
            return await _envelopes(administrator, subject)
        await asyncio.sleep(1)
    return await _envelopes(administrator, subject)


async def _envelopes(administrator: Client, subject: str) -> list[Envelope]:
    jetstream = administrator.jetstream()
    config = ConsumerConfig(filter_subject=subject, ack_policy=AckPolicy.NONE)
    info = await jetstream.add_consumer(DOMAIN_STREAM, config)
    left = info.num_pending or 0
    subscription = await jetstream.pull_subscribe_bind(consumer=info.name, stream=DOMAIN_STREAM)
    found: list[Envelope] = []
    while left > 0:
        messages = await subscription.fetch(min(left, 500), timeout=5)
        left -= len(messages)
        found += [Envelope.model_validate_json(message.data) for message in messages]
    await subscription.unsubscribe()
    await jetstream.delete_consumer(DOMAIN_STREAM, info.name)
    return found


async def streamed(administrator: Client, subject: str = "evt.>") -> list[str]:
    """The event ids in the stream, in order."""
    return [str(envelope.id) for envelope in await envelopes(administrator, subject)]


async def eventually(
    attempt: Callable[[], Awaitable[ResultT | None]], *, seconds: float = 15.0
) -> ResultT:
    """The first result that is not empty. Raises `TimeoutError` when none comes."""
    end = monotonic() + seconds
    while True:
        result = await attempt()
        if result:
            return result
        if monotonic() > end:
            raise TimeoutError(f"nothing came of {attempt.__name__} in {seconds:.0f} s")
        await asyncio.sleep(0.05)
