"""Reading back single events of a service as the stream holds them, such as for a certificate."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from chassis.errors import Unavailable
from chassis.permissions import CERTIFIER
from contracts.topology import DOMAIN_STREAM

if TYPE_CHECKING:
    from chassis.service import Running

NEAR = 2000
"""Events further apart than this are looked for anew; nearer ones are read through."""
BATCH = 500
FETCH_SECONDS = 5.0
FORGOTTEN_AFTER = 60.0


class ReadBack:
    """One per process. It reads a service's own events only, for the broker lets it no others."""

    def __init__(self) -> None:
        self._connection: Client | None = None
        self._service = ""
        self._one_at_a_time = asyncio.Lock()

    async def attach(self, service: "Running[Any]") -> None:
        """A duty of the service: from now on its connection is used."""
        self._connection = service.connection
        self._service = service.definition.name

    async def bodies(self, sequences: Iterable[int]) -> dict[int, bytes]:
        """The bodies by sequence, of those that the stream has. Raises `Unavailable`."""
        if self._connection is None:
            raise Unavailable(service=DOMAIN_STREAM, outcome="none")
        wanted = sorted(set(sequences))
        found: dict[int, bytes] = {}
        async with self._one_at_a_time:
            for stretch in _stretches(wanted):
                found |= {at: body async for at, body in self._read(stretch[0], stretch[-1])}
        return {sequence: found[sequence] for sequence in wanted if sequence in found}

    async def _read(self, first: int, last: int) -> AsyncIterator[tuple[int, bytes]]:
        """The service's events from one sequence to another."""
        assert self._connection is not None  # noqa: S101  asked for above
        jetstream = self._connection.jetstream()
        name, left = await self._consumer(jetstream, first)
        subscription = await jetstream.pull_subscribe_bind(consumer=name, stream=DOMAIN_STREAM)
        try:
            while left > 0:
                for message in await subscription.fetch(min(BATCH, left), timeout=FETCH_SECONDS):
                    left -= 1
                    sequence = message.metadata.sequence.stream
                    if sequence > last:
                        return
                    yield sequence, message.data
        finally:
            await subscription.unsubscribe()

    async def _consumer(self, jetstream: JetStreamContext, first: int) -> tuple[str, int]:
        name = f"{self._service}-{CERTIFIER}"
        with suppress(NotFoundError):
            await jetstream.delete_consumer(DOMAIN_STREAM, name)
        made = await jetstream.add_consumer(
            DOMAIN_STREAM,
            ConsumerConfig(
                name=name,
                filter_subject=f"evt.{self._service}.>",
                deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
                opt_start_seq=first,
                ack_policy=AckPolicy.NONE,
                mem_storage=True,
                inactive_threshold=FORGOTTEN_AFTER,
            ),
        )
        return name, made.num_pending or 0


def _stretches(sequences: Iterable[int]) -> list[list[int]]:
    """Sequences that lie near each other, together."""
    found: list[list[int]] = []
    for sequence in sequences:
        if found and sequence - found[-1][-1] <= NEAR:
            found[-1].append(sequence)
        else:
            found.append([sequence])
    return found
