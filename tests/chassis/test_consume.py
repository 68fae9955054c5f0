"""Events of other services: each taken in once, in order, and parked when they cannot be."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from time import monotonic
from typing import Any
from uuid import UUID

import asyncpg
import pytest_asyncio
from nats.aio.client import Client as Connection
from uuid_utils.compat import uuid7

from chassis.client import Caller, Client
from chassis.command import Change, Outcome
from chassis.consume import UNREADABLE
from chassis.definition import Definition
from chassis.parking import PARKED
from chassis.service import running
from chassis.testing.stream import eventually
from contracts.catalog import PartnerStatisticsUpdated
from contracts.envelope import Envelope, source_urn, wrap
from contracts.registry import DomainEvent
from contracts.tickets import ClockReading, TicketResumed

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SUBJECT = PartnerStatisticsUpdated.subject()
OPERATOR = Caller("operator", frozenset({"operator"}), None)
DELAYS = (0.1, 0.2, 0.3)


def recorded(partner: str, version: int, id: UUID | None = None) -> Envelope:  # noqa: A002
    """An event as another service publishes it; its year says its version."""
    event = PartnerStatisticsUpdated(
        occurred_at=NOW, partner=partner, year=2000 + version, residents=1, workplaces=1
    )
    return wrap(
        event,
        id=id or uuid7(),
        source=source_urn("0" * 20, "catalog"),
        aggregate=f"partner/{partner}",
        version=version,
        recorded_at=NOW,
    )


class Listener:
    """Stands in for `tickets`, whose consumer it is; each event that it takes in causes one.

    It fails on the partners in `broken`.
    """

    def __init__(self, administrator: Connection, operator: Client) -> None:
        self._administrator = administrator
        self._operator = operator
        self.dsn = ""
        self.broken: set[str] = set()
        self.attempts: Counter[str] = Counter()

    async def take_in(self, event: DomainEvent, envelope: Envelope, work: Any) -> Outcome:
        partner, version = str(envelope.partner), envelope.aggregate_version
        self.attempts[f"{partner} {version}"] += 1
        if partner in self.broken:
            raise RuntimeError("broken")
        effect = TicketResumed(
            occurred_at=event.occurred_at,
            ticket=partner,
            partner=partner,
            clock=ClockReading(response_seconds=0, resolution_seconds=0),
        )
        return Outcome([Change(f"copy/{partner}", version - 1, [effect])])

    async def ask(self, request: str, aggregate: str, **more: str) -> dict[str, Any]:
        """What the operator does about a parked aggregate."""
        params = {"consumer": "tickets-catalogue", "aggregate": aggregate, **more}
        return await self._operator.administer("tickets", request, params, OPERATOR)

    async def publish(self, *envelopes: Envelope) -> None:
        for envelope in envelopes:
            await self.publish_raw(envelope.to_json())

    async def publish_raw(self, body: bytes) -> None:
        await self._administrator.jetstream().publish(SUBJECT, body)

    async def rows(self, query: str) -> list[Any]:
        connection = await asyncpg.connect(self.dsn)
        try:
            return [tuple(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()

    async def effects(self, count: int) -> list[tuple[str, int]]:
        """Aggregate and version of what the handler wrote, once there are so many."""

        async def there() -> list[Any] | None:
            rows = await self.rows("SELECT aggregate, version FROM event_log ORDER BY id")
            return rows if len(rows) >= count else None

        return await eventually(there)

    async def parked(self, count: int) -> list[tuple[str, int]]:
        """Aggregate and version of what is parked, once there is so much."""

        async def there() -> list[Any] | None:
            rows = await self.rows(
                "SELECT aggregate, version FROM parked ORDER BY aggregate, version"
            )
            return rows if len(rows) >= count else None

        return await eventually(there)


@pytest_asyncio.fixture
async def listener(stream: Connection, start_service: Any, client_of: Any) -> Listener:
    made = Listener(stream, await client_of("operator"))
    definition = Definition(
        "tickets", lambda session: session, subscriptions={"catalogue": made.take_in}
    )
    service = await start_service(definition, retry_delays_seconds=DELAYS)
    made.dsn = service.database.dsn
    return made


async def test_an_event_has_its_effect_once(listener: Listener) -> None:
    envelope = recorded("one", 1)
    await listener.publish(envelope, envelope, recorded("one", 2))
    assert await listener.effects(2) == [("copy/one", 1), ("copy/one", 2)]
    assert listener.attempts == {"one 1": 1, "one 2": 1}


async def test_effect_and_inbox_stand_or_fall_together(listener: Listener) -> None:
    listener.broken = {"one"}
    await listener.publish(recorded("one", 1))
    await listener.parked(1)
    assert await listener.rows("SELECT count(*) FROM inbox") == [(0,)]
    assert await listener.rows("SELECT count(*) FROM event_log") == [(0,)]


async def test_what_an_event_causes_names_it_as_its_cause(listener: Listener) -> None:
    envelope = recorded("one", 1)
    await listener.publish(envelope)
    await listener.effects(1)
    cause = await listener.rows("SELECT envelope->>'correlationid' FROM event_log")
    assert cause == [(str(envelope.id),)]


async def test_a_failing_event_is_tried_again_after_growing_waits_and_then_parked(
    listener: Listener,
) -> None:
    """A delivery that is refused without a wait would come back thousands of times a second."""
    listener.broken = {"one"}
    began = monotonic()
    await listener.publish(recorded("one", 1))
    assert await listener.parked(1) == [("partner/one", 1)]
    assert listener.attempts == {"one 1": 1 + len(DELAYS)}
    assert monotonic() - began >= sum(DELAYS)


async def test_an_event_that_succeeds_later_is_not_parked_and_keeps_its_place(
    listener: Listener,
) -> None:
    listener.broken = {"one"}
    asyncio.get_running_loop().call_later(0.2, listener.broken.clear)
    await listener.publish(recorded("one", 1), recorded("one", 2), recorded("two", 1))
    assert await listener.effects(3) == [("copy/one", 1), ("copy/one", 2), ("copy/two", 1)]
    assert await listener.rows("SELECT count(*) FROM parked") == [(0,)]


async def test_a_parked_aggregate_takes_its_later_events_with_it_and_no_others(
    listener: Listener,
) -> None:
    listener.broken = {"one"}
    await listener.publish(recorded("one", 1), recorded("one", 2), recorded("two", 1))
    assert await listener.parked(2) == [("partner/one", 1), ("partner/one", 2)]
    assert await listener.effects(1) == [("copy/two", 1)]
    assert listener.attempts["one 2"] == 0


async def test_what_was_parked_goes_through_in_order_once_it_can(listener: Listener) -> None:
    listener.broken = {"one"}
    await listener.publish(*(recorded("one", version) for version in (1, 2, 3)))
    await listener.parked(3)
    listener.broken = set()
    assert await listener.ask("retry-parked", "partner/one") == {"handled": 3}
    assert await listener.effects(3) == [("copy/one", 1), ("copy/one", 2), ("copy/one", 3)]
    await listener.publish(recorded("one", 4))
    assert (await listener.effects(4))[-1] == ("copy/one", 4)


async def test_a_retry_that_fails_leaves_everything_parked(
    listener: Listener, refusal: Any
) -> None:
    listener.broken = {"one"}
    await listener.publish(recorded("one", 1), recorded("one", 2))
    await listener.parked(2)
    (fault,) = await refusal(listener.ask("retry-parked", "partner/one"))
    assert (fault.slug, fault.params) == ("retry-failed", {"error": "RuntimeError('broken')"})
    assert await listener.parked(2) == [("partner/one", 1), ("partner/one", 2)]
    assert await listener.rows("SELECT count(*) FROM inbox") == [(0,)]


async def test_a_parked_event_may_be_passed_over_for_good(listener: Listener) -> None:
    listener.broken = {"one"}
    first = recorded("one", 1)
    await listener.publish(first, recorded("one", 2))
    await listener.parked(2)
    released = await listener.ask("release-parked", "partner/one", reason="a test of the sender")
    assert released == {"left": 1}
    assert await listener.parked(1) == [("partner/one", 2)]
    assert await listener.rows("SELECT event_id FROM inbox") == [(first.id,)]


async def test_a_message_that_is_no_event_is_parked_and_stops_nobody(listener: Listener) -> None:
    for body in (b"{}", b"\xff\xfe", b"no json", b'{"text": "\\u0000"}'):
        await listener.publish_raw(body)
    await listener.publish(recorded("one", 1))
    assert await listener.parked(4) == [(UNREADABLE, 0)] * 4
    assert await listener.effects(1) == [("copy/one", 1)]


async def test_an_event_of_an_unknown_type_is_parked(listener: Listener) -> None:
    envelope = recorded("one", 1).model_copy(update={"type": "nl.bodemplaat.catalog.novelty.v1"})
    await listener.publish(envelope)
    assert await listener.parked(1) == [("partner/one", 1)]


async def test_what_comes_again_after_it_was_parked_stays_parked_once(listener: Listener) -> None:
    listener.broken = {"one"}
    envelope = recorded("one", 1)
    await listener.publish(envelope)
    await listener.parked(1)
    await listener.publish(envelope, recorded("two", 1))
    await listener.effects(1)
    assert await listener.parked(1) == [("partner/one", 1)]


async def test_the_operator_sees_what_is_parked_and_why(listener: Listener, refusal: Any) -> None:
    listener.broken = {"one"}
    await listener.publish(recorded("one", 1), recorded("one", 2))
    await listener.parked(2)
    found = await listener.ask("parked-events", "partner/one")
    assert [(event["version"], event["error"]) for event in found["events"]] == [
        (1, "RuntimeError('broken')"),
        (2, "an earlier event of this aggregate is parked"),
    ]
    (fault,) = await refusal(listener.ask("parked-events", "partner/two"))
    assert fault.slug == "not-parked"


async def test_the_alert_on_what_is_parked_outlives_a_restart(
    listener: Listener, settings_for: Any
) -> None:
    listener.broken = {"one"}
    await listener.publish(recorded("one", 1))
    await listener.parked(1)
    PARKED.clear()
    definition = Definition(
        "tickets", lambda session: session, subscriptions={"catalogue": listener.take_in}
    )
    settings = await settings_for("tickets", database_url=listener.dsn)
    async with running(definition, settings):
        assert PARKED.labels("tickets-catalogue")._value.get() == 1
