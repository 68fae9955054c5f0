"""What the engines must hold before a service starts, made once and checked ever after.

Streams, consumers, databases and roles follow from the topology. What is there already is never
rewritten: a stream or consumer that reads otherwise than it must is reported as `Drift`.
"""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    ReplayPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import NotFoundError, ServerError

from contracts.envelope import MAX_BYTES
from contracts.topology import DOMAIN_STREAM, PROCESSING_STREAM, SERVICES, durable

HEADER_BYTES = 8 * 1024
DUPLICATE_WINDOW = timedelta(hours=6)
"""A publish whose outcome stayed unknown may be repeated under its id for as long as this."""
ACK_WAIT = timedelta(seconds=15)
"""So long a consumer waits for a process that ended with an event in hand; the inbox makes a
second delivery to one that was merely slow harmless."""
UNLIMITED = -1
NO_STORE = 10049
"""What nats-server says where a stream's files cannot be made."""
PATIENCE = 20
PAUSE_SECONDS = 0.25


class Drift(Exception):
    """The broker's configuration is not this release's; `differences` names each setting."""

    def __init__(self, differences: tuple[str, ...]) -> None:
        super().__init__("; ".join(differences))
        self.differences = differences


def domain_stream(replicas: int = 1) -> StreamConfig:
    """The stream of all domain events: nothing is ever deleted from it, or dropped."""
    return _archive(DOMAIN_STREAM, "evt.>", replicas)


def processing_stream(replicas: int = 1) -> StreamConfig:
    """The stream of the processing log: as safe from hands as the events are."""
    return _archive(PROCESSING_STREAM, "ldv.>", replicas)


def streams(replicas: int = 1) -> tuple[StreamConfig, ...]:
    return domain_stream(replicas), processing_stream(replicas)


def _archive(name: str, subjects: str, replicas: int) -> StreamConfig:
    return StreamConfig(
        name=name,
        subjects=[subjects],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        num_replicas=replicas,
        discard=DiscardPolicy.NEW,
        max_msgs=UNLIMITED,
        max_bytes=UNLIMITED,
        max_age=0,
        max_msgs_per_subject=UNLIMITED,
        max_consumers=UNLIMITED,
        max_msg_size=MAX_BYTES + HEADER_BYTES,
        duplicate_window=DUPLICATE_WINDOW.total_seconds(),
        deny_delete=True,
        deny_purge=True,
        allow_rollup_hdrs=False,
        allow_direct=True,
        allow_atomic=True,
    )


def durable_consumers() -> Iterator[ConsumerConfig]:
    """The consumers with effects.

    One unacknowledged message at a time, delivered until it is: so order holds, also while an
    event is waiting to be tried again.
    """
    for service in SERVICES:
        for consumer in service.consumers:
            name = durable(service.name, consumer)
            yield ConsumerConfig(
                name=name,
                durable_name=name,
                filter_subjects=list(consumer.subjects),
                deliver_policy=DeliverPolicy.ALL,
                replay_policy=ReplayPolicy.INSTANT,
                ack_policy=AckPolicy.EXPLICIT,
                ack_wait=ACK_WAIT.total_seconds(),
                max_deliver=UNLIMITED,
                max_ack_pending=1,
            )


async def provision(connection: Client, *, replicas: int = 1) -> None:
    """Make the streams and consumers that are missing; `connection` is the provisioner's.

    Raises `Drift` when one that exists differs. Doing it again changes nothing.
    """
    jetstream = connection.jetstream()
    for stream in streams(replicas):
        if await _stream(jetstream, str(stream.name)) is None:
            await _add(jetstream, stream)
    for consumer in durable_consumers():
        if await _consumer(jetstream, consumer) is None:
            await jetstream.add_consumer(DOMAIN_STREAM, consumer)
    await check(connection, replicas=replicas)


async def _add(jetstream: JetStreamContext, stream: StreamConfig) -> None:
    """Make a stream; where one of its name was just removed, its files may first have to go."""
    for _ in range(PATIENCE):
        try:
            await jetstream.add_stream(stream)
        except ServerError as error:
            if error.err_code != NO_STORE:
                raise
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return
    await jetstream.add_stream(stream)


async def check(connection: Client, *, replicas: int = 1) -> None:
    """Raises `Drift` when a stream or a consumer is missing or differs; changes nothing."""
    jetstream = connection.jetstream()
    differences = []
    for stream in streams(replicas):
        found_stream = await _stream(jetstream, str(stream.name))
        differences += _differences(f"stream {stream.name}", stream, found_stream)
    for wanted in durable_consumers():
        found = await _consumer(jetstream, wanted)
        differences += _differences(f"consumer {wanted.name}", wanted, found)
    if differences:
        raise Drift(tuple(differences))


async def _stream(jetstream: JetStreamContext, name: str) -> StreamConfig | None:
    try:
        found = await jetstream.stream_info(name)
    except NotFoundError:
        return None
    config: StreamConfig = found.config
    return config


async def _consumer(jetstream: JetStreamContext, wanted: ConsumerConfig) -> ConsumerConfig | None:
    try:
        found = await jetstream.consumer_info(DOMAIN_STREAM, str(wanted.name))
    except NotFoundError:
        return None
    config: ConsumerConfig = found.config
    return config


def _differences(
    name: str, wanted: StreamConfig | ConsumerConfig, found: StreamConfig | ConsumerConfig | None
) -> list[str]:
    if found is None:
        return [f"{name} is missing"]
    values = _plain(found)
    return [
        f"{name}: {setting} is {values.get(setting)!r} and must be {value!r}"
        for setting, value in _plain(wanted).items()
        if values.get(setting) != value
    ]


def _plain(config: StreamConfig | ConsumerConfig) -> dict[str, Any]:
    """The settings by name; one filter subject reads the same in either notation."""
    values = dict(config.as_dict())
    if filter_subject := values.pop("filter_subject", None):
        values["filter_subjects"] = [filter_subject]
    return {name: getattr(value, "value", value) for name, value in values.items()}
