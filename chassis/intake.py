"""How work comes into a service: commands and queries as requests, events from durable consumers.

A stop takes nothing away: the subscriptions are drained, what was taken in is finished and
answered, and an event that was not acknowledged is delivered to the next process.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Generic

from faststream.nats import NatsBroker, NatsMessage
from faststream.nats.subscriber.usecases import ConcurrentCoreSubscriber
from nats.errors import ConnectionClosedError

from chassis.broker import domain_stream, inbox_prefix, one_by_one
from chassis.command import WorkT
from chassis.consume import Consumption
from chassis.definition import Definition
from chassis.dispatch import Dispatcher
from chassis.settings import Settings
from contracts import topology
from contracts.service import Consumer

Answer = Callable[[str, bytes, dict[str, str]], Awaitable[bytes]]
DRAIN_POLL_SECONDS = 0.01


class Intake(Generic[WorkT]):
    """The subscriptions of one service."""

    def __init__(
        self,
        definition: Definition[WorkT],
        broker: NatsBroker,
        settings: Settings,
        dispatcher: Dispatcher[WorkT],
        consumptions: dict[str, Consumption[WorkT]],
        committed: Callable[[], None],
    ) -> None:
        self._definition = definition
        self._broker = broker
        self._settings = settings
        self._dispatcher = dispatcher
        self._consumptions = consumptions
        self._committed = committed
        self._requests: list[ConcurrentCoreSubscriber] = []
        self._in_flight = 0

    async def start(self) -> None:
        """Subscribe to everything that the definition handles."""
        for consumption in self._consumptions.values():
            await consumption.open()
        name = self._definition.name
        self._answer(f"adm.{name}.*", self._dispatcher.administer)
        if self._definition.commands:
            self._answer(f"cmd.{name}.*", self._dispatcher.command)
        if self._definition.queries:
            self._answer(f"qry.{name}.*", self._dispatcher.query)
        for consumer in topology.service(name).consumers if self._consumptions else ():
            self._consume(consumer)
        await self._broker.start()

    async def stop(self) -> None:
        """Take in nothing more, and finish what was taken in."""
        for subscriber in self._requests:
            if subscriber.subscription:
                with suppress(ConnectionClosedError):
                    await subscriber.subscription.drain()  # type: ignore[no-untyped-call]
                subscriber.subscription = None
        while self._in_flight or any(_buffered(each) for each in self._requests):  # noqa: ASYNC110
            await asyncio.sleep(DRAIN_POLL_SECONDS)

    def _answer(self, subject: str, answer: Answer) -> None:
        subscriber: Any = self._broker.subscriber(
            subject,
            queue=self._definition.name,
            max_workers=self._settings.command_concurrency,
            decoder=_whole_message,
        )

        async def handle(message: NatsMessage) -> bytes:
            name = message.raw_message.subject.rsplit(".", 1)[-1]
            with self._counted():
                return await answer(name, message.body, message.headers)

        subscriber(handle)
        self._requests.append(subscriber)

    def _consume(self, consumer: Consumer) -> None:
        consumption = self._consumptions[consumer.name]
        subscriber: Any = self._broker.subscriber(
            consumer.subjects[0],
            stream=domain_stream(),
            durable=topology.durable(self._definition.name, consumer),
            pull_sub=one_by_one(),
            inbox_prefix=f"{inbox_prefix(self._definition.name)}.".encode(),
            decoder=_whole_message,
        )

        async def settle(message: NatsMessage) -> None:
            with self._counted():
                if await consumption.settle(message):
                    self._committed()

        subscriber(settle)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1


async def _whole_message(message: NatsMessage) -> NatsMessage:
    """Handlers read body, headers and subject themselves."""
    return message


def _buffered(subscriber: ConcurrentCoreSubscriber) -> int:
    return subscriber.receive_stream.statistics().current_buffer_used
