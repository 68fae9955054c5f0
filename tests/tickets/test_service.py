"""The service as its callers know it: commands over NATS, events on the stream."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts import topology
from contracts.envelope import profile_violations
from services.tickets.domain.ticket import Ticket, fold
from services.tickets.service import definition

AGENT = Caller("agent-1", frozenset({"agent"}), None)
OPERATOR = Caller("operator", frozenset({"operator"}), None)
USER = Caller("p-1", frozenset({"user"}), frozenset({"zevenaar"}))
NEIGHBOUR = Caller("p-2", frozenset({"user"}), frozenset({"zevenaar"}))
MANAGER = Caller("p-3", frozenset({"contract-manager", "user"}), frozenset({"zevenaar"}))
STRANGER = Caller("p-4", frozenset({"contract-manager"}), frozenset({"1stroom"}))

NOW = datetime(2026, 2, 5, 9, 0, tzinfo=UTC)
REPORT: dict[str, Any] = {
    "partner": "zevenaar",
    "kind": "incident",
    "title": "Beeldscherm zwart",
    "description": "Sinds vanochtend",
    "item": "ICT-WP-01",
    "impact": 2,
    "urgency": 2,
    "channel": "portal",
    "requester": {"id": "p-1", "name": "A. de Vries", "email": "a.devries@zevenaar.example"},
}


Desk = Any


@pytest_asyncio.fixture
async def desk(orders: Any) -> Any:
    return orders


def test_the_tables_of_commands_and_queries_are_the_topology() -> None:
    assert set(definition.commands) == set(topology.TICKETS.commands)
    assert set(definition.queries) == set(topology.TICKETS.queries)
    assert set(definition.subscriptions) == {"catalogue"}


async def test_from_report_to_closing(desk: Desk) -> None:
    reply = await desk.order("open-ticket", REPORT, USER)
    ticket = reply["ticket"]
    year = datetime.now(UTC).year
    assert reply == {"ticket": f"INC-{year}-000001", "version": 1, "status": "new"}
    await desk.order("assign-ticket", {"ticket": ticket, "team": "Servicedesk"})
    await desk.order("start-work", {"ticket": ticket})
    await desk.order("pause-ticket", {"ticket": ticket, "waiting_on": "user"})
    await desk.order("resume-ticket", {"ticket": ticket}, USER)
    await desk.order("resolve-ticket", {"ticket": ticket})
    reply = await desk.order("close-ticket", {"ticket": ticket}, USER)
    assert reply == {"ticket": ticket, "version": 7, "status": "closed"}
    told = await desk.published(ticket, 7)
    assert [envelope.aggregate_version for envelope in told] == list(range(1, 8))
    assert all(profile_violations(orjson.loads(envelope.to_json())) == [] for envelope in told)


async def test_the_stored_state_is_what_the_events_say(desk: Desk) -> None:
    ticket = await desk.open()
    await desk.order("assign-ticket", {"ticket": ticket, "team": "Servicedesk"})
    await desk.order("change-priority", {"ticket": ticket, "impact": 1, "urgency": 1})
    await desk.order("cancel-ticket", {"ticket": ticket, "reason": "Dubbel"})
    told = await desk.published(ticket, 4)
    (row,) = await desk.rows("SELECT state FROM ticket WHERE number = %s", ticket)
    assert fold(envelope.event() for envelope in told) == Ticket.model_validate(row[0])  # type: ignore[misc]


async def test_numbers_run_per_kind(desk: Desk) -> None:
    year = datetime.now(UTC).year
    assert await desk.open() == f"INC-{year}-000001"
    assert await desk.open(kind="service-request") == f"REQ-{year}-000001"
    assert await desk.open() == f"INC-{year}-000002"


async def test_of_many_at_once_each_is_opened_once_whoever_repeats(desk: Desk) -> None:
    keys = [str(uuid4()) for _ in range(12)]
    asked = [*keys, keys[0], *keys[:3]]
    replies = await asyncio.gather(
        *(desk.order("open-ticket", REPORT, command_id=key) for key in asked)
    )
    opened = [reply["ticket"] for reply in replies]
    by_key = dict(zip(asked, opened, strict=True))
    assert [by_key[key] for key in asked] == opened
    assert len(set(opened)) == len(keys)
    (row,) = await desk.rows("SELECT count(*), count(DISTINCT state->>'ticket') FROM ticket")
    assert tuple(row) == (len(keys), len(keys))
    (row,) = await desk.rows("SELECT count(*), count(DISTINCT aggregate) FROM event_log")
    assert tuple(row) == (len(keys), len(keys))
    assert all((await desk.texts(AGENT, *opened)).values())


async def test_nothing_personal_leaves_the_service(desk: Desk) -> None:
    ticket = await desk.open()
    await desk.order("resolve-ticket", {"ticket": ticket})
    await desk.order("reopen-ticket", {"ticket": ticket, "reason": "Nog steeds zwart"}, USER)
    said = b"".join(envelope.to_json() for envelope in await desk.published(ticket, 3))
    for word in ("Beeldscherm", "vanochtend", "Vries", "devries", "steeds"):
        assert word.encode() not in said
        (row,) = await desk.rows(
            "SELECT count(*) FROM ticket WHERE row_to_json(ticket)::text LIKE %s", f"%{word}%"
        )
        assert row[0] == 0


@pytest.mark.parametrize("caller", [AGENT, USER, MANAGER])
async def test_the_texts_are_for_who_may_read_them(desk: Desk, caller: Caller) -> None:
    ticket = await desk.open()
    assert (await desk.texts(caller, ticket))[ticket] == {
        "title": REPORT["title"],
        "description": REPORT["description"],
        "requester": REPORT["requester"],
    }


@pytest.mark.parametrize("caller", [NEIGHBOUR, STRANGER])
async def test_the_texts_of_others_are_as_absent_as_unknown_tickets(
    desk: Desk, caller: Caller
) -> None:
    ticket = await desk.open()
    assert await desk.texts(caller, ticket, "INC-2020-000001") == {
        ticket: None,
        "INC-2020-000001": None,
    }


async def test_the_text_of_an_erased_person_is_gone_and_the_ticket_stays(desk: Desk) -> None:
    ticket = await desk.open()
    await desk.rows("DELETE FROM subject_key WHERE subject = 'p-1' RETURNING subject")
    assert await desk.texts(AGENT, ticket) == {ticket: None}
    await desk.order("assign-ticket", {"ticket": ticket, "team": "Servicedesk"})


async def test_foreign_tickets_are_told_as_unknown(desk: Desk) -> None:
    ticket = await desk.open()
    order = {"ticket": ticket, "reason": "Mag niet"}
    for caller in (NEIGHBOUR, STRANGER):
        assert await desk.refusal("cancel-ticket", order, caller) == "not-found"
    unknown = {"ticket": "INC-2020-000001", "reason": "Is er niet"}
    assert await desk.refusal("cancel-ticket", unknown) == "not-found"
    assert len(await desk.published(ticket, 1)) == 1


async def test_a_user_opens_in_their_own_name_for_their_own_partner(desk: Desk) -> None:
    assert await desk.refusal("open-ticket", REPORT, NEIGHBOUR) == "ticket-requester-not-self"
    assert await desk.refusal("open-ticket", REPORT, STRANGER) == "not-found"
    assert await desk.rows("SELECT number FROM ticket") == []


async def test_a_user_leaves_the_work_to_the_desk(desk: Desk) -> None:
    ticket = await desk.open()
    order = {"ticket": ticket, "team": "Servicedesk"}
    assert await desk.refusal("assign-ticket", order, USER) == "ticket-move-forbidden"


async def test_an_illegal_move_names_the_allowed_ones(desk: Desk) -> None:
    ticket = await desk.open()
    with pytest.raises(Refused) as refusal:
        await desk.order("close-ticket", {"ticket": ticket})
    (fault,) = refusal.value.faults
    assert (fault.slug, fault.kind) == ("ticket-move-illegal", "conflict")
    assert fault.params["allowed"] == ["assign", "prioritise", "reclassify", "resolve", "cancel"]


async def test_the_same_command_twice_has_one_effect(desk: Desk) -> None:
    first = await desk.order("open-ticket", REPORT, USER, command_id="een")
    assert await desk.order("open-ticket", REPORT, USER, command_id="een") == first
    other = REPORT | {"title": "Iets anders"}
    assert await desk.refusal("open-ticket", other, USER, command_id="een") == (
        "idempotency-key-reused"
    )
    assert len(await desk.rows("SELECT number FROM ticket")) == 1


async def test_a_stale_version_changes_nothing(desk: Desk) -> None:
    ticket = await desk.open()
    order = {"ticket": ticket, "team": "Servicedesk"}
    assert await desk.refusal("assign-ticket", order, expected_version=2) == "version-stale"
    reply = await desk.order("assign-ticket", order, expected_version=1)
    assert reply["version"] == 2


async def test_all_wrong_fields_are_told_at_once(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        await desk.order("open-ticket", REPORT | {"kind": "wens", "impact": "hoog", "kleur": 1})
    assert {fault.field for fault in refusal.value.faults} == {"kind", "impact", "kleur"}


async def test_the_catalogue_of_the_moment_decides(desk: Desk) -> None:
    assert await desk.refusal("open-ticket", REPORT | {"item": "NIETS-01"}) == "item-unknown"
    assert await desk.refusal("open-ticket", REPORT | {"partner": "atlantis"}) == "partner-unknown"
    assert await desk.refusal("open-ticket", REPORT | {"impact": 9}) == "level-unknown"


async def test_an_overdue_clock_is_told_once_at_its_true_moments(desk: Desk) -> None:
    """Opened a year ago, as after a long downtime; the timer tells what should have been."""
    reply = await desk.order("open-ticket", REPORT, OPERATOR, now=NOW)
    told = await desk.published(reply["ticket"], 5)
    names = [envelope.event().event_name for envelope in told]
    assert names == ["ticket-opened", "sla-at-risk", "sla-breached", "sla-at-risk", "sla-breached"]
    moments = [envelope.event().occurred_at for envelope in told[1:]]
    assert moments[1] == NOW + timedelta(hours=2)
    assert moments == sorted(moments)
    assert await desk.rows("SELECT * FROM timer") == []


async def test_the_timer_is_at_the_next_moment_of_the_clock(desk: Desk) -> None:
    ticket = await desk.open()
    ((due,),) = await desk.rows("SELECT due_at FROM timer WHERE key = %s", ticket)
    assert due > datetime.now(UTC)
    await desk.order("cancel-ticket", {"ticket": ticket, "reason": "Dubbel"})
    assert await desk.rows("SELECT kind FROM timer") == [("retention",)]


async def test_a_resolved_ticket_closes_itself(desk: Desk) -> None:
    opened = await desk.order("open-ticket", REPORT, OPERATOR, now=NOW)
    ticket = opened["ticket"]
    await desk.published(ticket, 5)
    await desk.order("resolve-ticket", {"ticket": ticket}, OPERATOR, now=NOW + timedelta(days=10))
    told = await desk.published(ticket, 7)
    closed = told[-1].event()
    assert closed.event_name == "ticket-closed"
    assert getattr(closed, "automatic", False)
    assert closed.occurred_at == datetime(2026, 2, 20, 23, 0, tzinfo=UTC)
