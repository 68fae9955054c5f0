"""Consumers with effects: each event once, in order, acknowledged after the commit.

The inbox row `(consumer, event id)`, the effect and the events that it causes are one
transaction. A failure is tried again after growing waits; then the event is parked with its
aggregate. Nothing is ever dropped.
"""

from collections.abc import Mapping
from typing import Any, Generic
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson
from faststream.nats import NatsMessage
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import faults, parking, telemetry
from chassis import outcome as outcomes
from chassis.clock import Clock
from chassis.command import Context, WorkT
from chassis.database import Database
from chassis.definition import Definition, Delivered
from chassis.log import logger
from chassis.settings import Settings
from contracts.envelope import Envelope, source_urn

log = logger(__name__)

_RECEIVE = text("""
    INSERT INTO inbox (consumer, event_id, received_at) VALUES (:consumer, :event_id, :now)
    ON CONFLICT DO NOTHING
""")
UNREADABLE = "unreadable"
"""The aggregate under which a message is parked that is no envelope at all."""


class Consumption(Generic[WorkT]):
    """Takes in the events of one subscription of one service."""

    def __init__(
        self,
        name: str,
        definition: Definition[WorkT],
        database: Database,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._name = name
        self._consumer = f"{definition.name}-{name}"
        self._definition = definition
        self._database = database
        self._settings = settings
        self._clock = clock
        self._source = source_urn(settings.oin, definition.name)

    async def open(self) -> None:
        """Let the metric, and so the alert, know what earlier processes have parked."""
        async with self._database.transaction() as session:
            await parking.count(session, self._consumer)

    async def settle(self, message: NatsMessage) -> bool:
        """Handle one message and acknowledge it, or have it delivered again after a wait.

        Returns whether events of our own may have been committed.
        """
        delivered = message.raw_message.metadata
        try:
            await self.receive(message.body, message.headers, delivered.sequence.stream)
        except Exception as error:  # noqa: BLE001  whatever it was, the event is not dropped
            attempt = delivered.num_delivered or 1
            delays = self._settings.retry_delays_seconds
            if attempt <= len(delays):
                log.warning("event failed; it comes again", error=repr(error), attempt=attempt)
                await message.nack(delay=delays[attempt - 1])
                return False
            await self._park(message, delivered.sequence.stream, error)
        await message.ack()
        return True

    async def receive(self, body: bytes, headers: Mapping[str, str], sequence: int) -> None:
        """Take in one event. Raises whatever its handler raises; then nothing has changed."""
        envelope = Envelope.model_validate_json(body)
        with telemetry.span(f"{self._consumer} {envelope.subject}", telemetry.CONSUMER, headers):
            async with self._database.transaction() as session:
                if await self._follows_parked(session, envelope, body, sequence):
                    return
                if await self._received(session, envelope.id):
                    await self._handle(session, envelope, sequence)
                faults.reach("consumer.before-commit")
            faults.reach("consumer.after-commit")

    async def retry(self, aggregate: str) -> int:
        """Handle the parked events of an aggregate in order; returns how many went through.

        Raises what the first one raises that fails again; it and those behind it stay parked.
        """
        handled = 0
        while True:
            async with self._database.transaction() as session:
                await parking.is_parked(session, self._consumer, aggregate)
                rows = await parking.show(session, self._consumer, aggregate)
                if not rows:
                    return handled
                envelope = Envelope.model_validate(rows[0]["envelope"])
                if await self._received(session, envelope.id):
                    await self._handle(session, envelope, rows[0]["stream_seq"])
                await parking.forget(session, self._consumer, envelope.id)
            handled += 1

    async def release(self, aggregate: str) -> int:
        """Pass over the first parked event of an aggregate for good; returns how many are left."""
        async with self._database.transaction() as session:
            await parking.is_parked(session, self._consumer, aggregate)
            rows = await parking.show(session, self._consumer, aggregate)
            for row in rows[:1]:
                await self._received(session, row["event_id"])
                await parking.forget(session, self._consumer, row["event_id"])
            return max(0, len(rows) - 1)

    async def _handle(self, session: AsyncSession, envelope: Envelope, sequence: int) -> None:
        subscriber = self._definition.subscriptions[self._name]
        delivered = Delivered.model_construct(**dict(envelope), stream_sequence=sequence)
        outcome = await subscriber(envelope.event(), delivered, self._definition.work(session))
        await outcomes.save(session, outcome, self._context(envelope), self._source)

    async def _received(self, session: AsyncSession, event_id: UUID) -> bool:
        """Whether this is the first time."""
        result: Any = await session.execute(
            _RECEIVE,
            {"consumer": self._consumer, "event_id": event_id, "now": self._clock()},
        )
        return bool(result.rowcount)

    async def _follows_parked(
        self, session: AsyncSession, envelope: Envelope, body: bytes, sequence: int
    ) -> bool:
        if not await parking.is_parked(session, self._consumer, envelope.subject):
            return False
        await parking.park(
            session,
            consumer=self._consumer,
            event_id=envelope.id,
            aggregate=envelope.subject,
            version=envelope.aggregate_version,
            stream_seq=sequence,
            envelope=body.decode(),
            error="an earlier event of this aggregate is parked",
            now=self._clock(),
        )
        return True

    async def _park(self, message: NatsMessage, sequence: int, error: Exception) -> None:
        event_id, aggregate, version, envelope = _identify(message, sequence)
        log.error("event parked", consumer=self._consumer, aggregate=aggregate, error=repr(error))
        async with self._database.transaction() as session:
            await parking.park(
                session,
                consumer=self._consumer,
                event_id=event_id,
                aggregate=aggregate,
                version=version,
                stream_seq=sequence,
                envelope=envelope,
                error=repr(error),
                now=self._clock(),
            )

    def _context(self, envelope: Envelope) -> Context:
        now = self._clock()
        return Context(
            command_id=str(envelope.id),
            actor=f"consumer-{self._consumer}",
            roles=frozenset({"consumer"}),
            partners=None,
            now=now,
            recorded_at=now,
            trace=telemetry.inject(),
        )


def _identify(message: NatsMessage, sequence: int) -> tuple[UUID, str, int, str]:
    """Event id, aggregate, version and JSON text of a message that may be anything."""
    try:
        envelope = Envelope.model_validate_json(message.body)
    except ValidationError:
        text_ = orjson.dumps(message.body.decode(errors="replace")).decode()
        return uuid5(NAMESPACE_OID, f"stream/{sequence}"), UNREADABLE, 0, text_
    return envelope.id, envelope.subject, envelope.aggregate_version, message.body.decode()
