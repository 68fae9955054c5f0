"""Corrections in the running service: proposed, worked out, accepted or dropped, carried out."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from chassis import outcome as outcomes
from chassis.client import Caller
from chassis.command import Context, Outcome
from chassis.errors import Refused
from chassis.testing.stream import eventually
from contracts.catalog import ServiceLevelCorrected
from contracts.envelope import source_urn, wrap
from contracts.registry import DomainEvent
from contracts.tickets import ClockCorrected, CorrectionCompleted
from services.tickets.commands import AcceptCorrection
from services.tickets.handlers import accept_correction, go_on

KEEPER = Caller("keeper-1", frozenset({"catalogue-manager"}), None)
AGENT = Caller("agent-1", frozenset({"agent"}), None)
OPERATOR = Caller("operator", frozenset({"operator"}), None)
MANAGER = Caller("manager-1", frozenset({"contract-manager"}), frozenset({"1stroom"}))
STRANGER = Caller("manager-2", frozenset({"contract-manager"}), frozenset({"doesburg"}))
USER = Caller("p-1", frozenset({"user"}), frozenset({"zevenaar"}))
SOURCE = source_urn("0" * 20, "catalog")
NUMBER = "COR-2026-000001"
Act = Callable[[Any, Context], Awaitable[Outcome]]


class _Crash(Exception):
    """The process ends before the step is committed."""


def put_right(resolution_minutes: int = 1200) -> ServiceLevelCorrected:
    return ServiceLevelCorrected.model_validate(
        {
            "occurred_at": datetime(2026, 3, 2, 9, tzinfo=UTC),
            "domain": "ict",
            "item": None,
            "kind": "incident",
            "priority": 3,
            "norm": {
                "response_minutes": 120,
                "resolution_minutes": resolution_minutes,
                "calendar": "kantoor",
                "target_percentage": "90",
            },
            "valid_from": "2026-01-01",
            "reason": "Zestien uur ingevoerd, twintig afgesproken",
        }
    )


def history(number: int, partner: str, resolved: str, impact: int = 2) -> dict[str, Any]:
    """An incident of Monday morning 2 February, resolved at a moment of that week."""
    opening = {
        "partner": partner,
        "kind": "incident",
        "title": "Beeldscherm zwart",
        "item": "ICT-WP-01",
        "impact": impact,
        "urgency": 2,
        "channel": "phone",
        "requester": {"id": "p-1", "name": "A. de Vries"},
    }
    at = "2026-02-02T08:00:00+01:00"
    return {
        "external": f"H{number}",
        "row": number,
        "steps": [
            {"at": at, "do": "open", "with": opening},
            {"at": at, "do": "assign", "with": {"team": "Servicedesk"}},
            {"at": at, "do": "start"},
            {"at": f"2026-02-{resolved}:00+01:00", "do": "resolve"},
        ],
    }


@dataclass
class Bench:
    """The service with four incidents, and what a keeper of the catalogue does."""

    orders: Any
    station: Any
    tickets: list[str]

    async def tell(self, event: DomainEvent, version: int = 1) -> None:
        """Publish as `catalog` would."""
        envelope = wrap(
            event,
            id=uuid4(),
            source=SOURCE,
            aggregate="norm/ict/-/incident/3",
            version=version,
            recorded_at=event.occurred_at,
        )
        jetstream = self.orders.administrator.jetstream()
        await jetstream.publish(type(event).subject(), envelope.to_json())

    async def asked(self, query: str, caller: Caller = KEEPER, **params: Any) -> dict[str, Any]:
        found: dict[str, Any] = await self.orders.client.query("tickets", query, params, caller)
        return found

    async def has(self, status: str, number: str = NUMBER) -> dict[str, Any]:
        """The correction, once it has come so far."""

        async def reached() -> dict[str, Any] | None:
            with suppress(Refused):
                told: dict[str, Any] = (await self.asked("correction", correction=number))[
                    "correction"
                ]
                return told if told["status"] == status else None
            return None

        found: dict[str, Any] = await eventually(reached)
        return found

    async def decide(self, command: str, caller: Caller = KEEPER, **other: Any) -> dict[str, Any]:
        body = {"correction": NUMBER, "reason": "In het overleg besproken"}
        reply: dict[str, Any] = await self.orders.order(
            f"{command}-correction", body | other, caller
        )
        return reply

    async def refusal(self, command: str, caller: Caller = KEEPER, **other: Any) -> str:
        with pytest.raises(Refused) as refusal:
            await self.decide(command, caller, **other)
        return refusal.value.faults[0].slug

    async def alone(self, name: str, act: Act, *, crash: bool = False) -> None:
        """One transaction of the service, without the timer that would set it on its way."""
        now = datetime(2026, 3, 3, tzinfo=UTC)
        context = Context(name, "keeper-1", KEEPER.roles, None, now, now)
        service = self.station.service
        async with service.database.transaction() as session:
            outcome = await act(service.definition.work(session), context)
            await outcomes.save(session, replace(outcome, timers=()), context, SOURCE)
            if crash:
                raise _Crash

    async def corrected(self, ticket: str) -> list[ClockCorrected]:
        rows = await self.station.rows(
            "SELECT envelope FROM event_log WHERE aggregate = %s AND subject = %s",
            ticket,
            ClockCorrected.subject(),
        )
        return [ClockCorrected.model_validate(envelope["data"]) for (envelope,) in rows]


@pytest_asyncio.fixture
async def bench(orders: Any, station: Any) -> Bench:
    """Two of Zevenaar, one of 1Stroom, all three late by one norm; one of another priority."""
    histories = [
        history(1, "zevenaar", "04T10:00"),
        history(2, "zevenaar", "03T15:00"),
        history(3, "1stroom", "04T09:30"),
        history(4, "zevenaar", "04T10:00", impact=1),
    ]
    taken = await orders.order(
        "import-tickets", {"source": "elders", "histories": histories}, OPERATOR
    )

    async def closed_by_themselves() -> bool:
        closed = "SELECT count(*) FROM ticket WHERE state->>'status' = 'closed'"
        return bool(await station.rows(closed) == [(len(histories),)])

    await eventually(closed_by_themselves)
    return Bench(orders, station, [each["ticket"] for each in taken["results"]])


async def test_a_correction_is_worked_out_accepted_and_carried_out(bench: Bench) -> None:
    await bench.tell(put_right())
    told = await bench.has("ready")
    assert (told["corrects"], told["domain"], told["priority"]) == ("service-level", "ict", 3)
    assert (told["concerned"], told["changed"], told["moved"]) == (3, 3, 0)
    assert told["resolution"] == {
        "before": {"counted": 3, "within": 1, "percentage": "33.3"},
        "after": {"counted": 3, "within": 3, "percentage": "100.0"},
    }
    assert [(each["name"], each["concerned"]) for each in told["per"]["partner"]] == [
        ("1stroom", 1),
        ("zevenaar", 2),
    ]
    turned = await bench.asked("correction-tickets", correction=NUMBER, turned="in-time")
    assert [each["ticket"] for each in turned["tickets"]] == [bench.tickets[0], bench.tickets[2]]
    first = turned["tickets"][0]
    assert (first["before"]["within_resolution"], first["after"]["within_resolution"]) == (
        False,
        True,
    )
    assert first["before"]["clock"]["resolution_due"] == "2026-02-03T14:00:00Z"
    assert first["after"]["clock"]["resolution_due"] == "2026-02-04T09:00:00Z"

    reply = await bench.decide("accept")
    assert reply["status"] == "accepted"
    done = await bench.has("completed")
    assert done["progress"]["corrected"] == 3
    assert [len(await bench.corrected(ticket)) for ticket in bench.tickets] == [1, 1, 1, 0]
    explained = await bench.asked("clock", ticket=bench.tickets[0])
    (correction,) = explained["corrections"]
    assert correction["reason"] == "Zestien uur ingevoerd, twintig afgesproken"
    assert explained["resolution_seconds"] == correction["after"]["clock"]["resolution_seconds"]
    assert {each["norm"]["resolution_minutes"] for each in explained["intervals"]} == {1200}
    first_told = await bench.asked("clock", ticket=bench.tickets[0], uncorrected=True)
    assert {each["norm"]["resolution_minutes"] for each in first_told["intervals"]} == {960}
    assert await bench.refusal("accept") == "correction-settled"
    assert await bench.refusal("drop") == "correction-settled"


async def test_a_partner_sees_what_it_does_to_its_own_tickets_only(bench: Bench) -> None:
    await bench.tell(put_right())
    await bench.has("ready")
    told = (await bench.asked("correction", MANAGER, correction=NUMBER))["correction"]
    assert (told["concerned"], told["moved"], told["progress"]) == (1, 0, None)
    assert [each["name"] for each in told["per"]["partner"]] == ["1stroom"]
    assert told["resolution"]["before"]["counted"] == 1
    seen = await bench.asked("correction-tickets", MANAGER, correction=NUMBER, partner="zevenaar")
    assert seen["total"] == 0
    seen = await bench.asked("correction-tickets", MANAGER, correction=NUMBER)
    assert [each["ticket"] for each in seen["tickets"]] == [bench.tickets[2]]
    assert (await bench.asked("corrections", MANAGER))["items"][0]["concerned"] == 1
    for caller in (STRANGER, USER):
        assert (await bench.asked("corrections", caller))["items"] == []
        for query in ("correction", "correction-tickets"):
            with pytest.raises(Refused) as refusal:
                await bench.asked(query, caller, correction=NUMBER)
            assert refusal.value.faults[0].slug == "correction-unknown"
    for command in ("accept", "drop"):
        for caller in (MANAGER, AGENT):
            assert await bench.refusal(command, caller) == "correction-keeper-required"


async def test_what_went_on_since_the_preview_is_looked_at_again_first(bench: Bench) -> None:
    await bench.tell(put_right())
    ready = await bench.has("ready")
    work = {"team": "Beheer", "minutes": 5, "billable": False, "worked_on": "2026-02-04"}
    await bench.orders.order("log-time", work | {"ticket": bench.tickets[0]})
    assert (await bench.has("ready"))["moved"] == 1
    assert await bench.refusal("accept") == "correction-stale"
    await bench.orders.order("refresh-correction", {"correction": NUMBER}, KEEPER)

    async def looked_again() -> dict[str, Any] | None:
        told = await bench.has("ready")
        return told if told["version"] > ready["version"] else None

    again: dict[str, Any] = await eventually(looked_again)
    assert (again["moved"], again["concerned"]) == (0, 3)
    body = {"correction": NUMBER, "reason": "Gezien"}
    with pytest.raises(Refused) as refusal:
        await bench.orders.order(
            "accept-correction", body, KEEPER, expected_version=ready["version"]
        )
    assert refusal.value.faults[0].slug == "version-stale"
    await bench.orders.order("accept-correction", body, KEEPER, expected_version=again["version"])
    await bench.has("completed")


async def test_what_is_dropped_stays_as_it_was(bench: Bench) -> None:
    assert await bench.refusal("drop") == "correction-unknown"
    await bench.tell(put_right())
    await bench.has("ready")
    await bench.decide("drop")
    told = await bench.has("dropped")
    assert told["decision_reason"] == "In het overleg besproken"
    assert await bench.refusal("accept") == "correction-settled"
    assert [len(await bench.corrected(ticket)) for ticket in bench.tickets] == [0, 0, 0, 0]
    await bench.tell(put_right(1500), version=2)
    second = await bench.has("ready", "COR-2026-000002")
    assert second["concerned"] == 3


async def test_work_that_breaks_off_goes_on_where_it_was_and_does_nothing_twice(
    bench: Bench,
) -> None:
    await bench.tell(put_right())
    await bench.has("ready")
    decision = AcceptCorrection(correction=NUMBER, reason="Gezien")
    await bench.alone("0", lambda work, context: accept_correction(decision, context, work))
    for step, crash in enumerate([True, False, True, False, False, False, False], start=1):
        with suppress(_Crash):
            await bench.alone(
                str(step),
                lambda work, context: go_on(NUMBER, context, work, batch=1),
                crash=crash,
            )
    done = await bench.has("completed")
    assert done["progress"] == {"looked_at": 4, "to_look_at": 4, "corrected": 3, "to_correct": 3}
    assert [len(await bench.corrected(ticket)) for ticket in bench.tickets] == [1, 1, 1, 0]
    ((envelope,),) = await bench.station.rows(
        "SELECT envelope FROM event_log WHERE subject = %s", CorrectionCompleted.subject()
    )
    assert envelope["data"]["corrected"] == 3
