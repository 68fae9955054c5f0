"""The service as its callers know it: commands over NATS, events on the stream."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.errors import Refused
from chassis.testing.stream import envelopes, eventually
from contracts import topology
from contracts.envelope import Envelope, profile_violations
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


@dataclass
class Desk:
    """Sends commands to the running service and reads what it published."""

    client: Client
    administrator: Connection
    rows: Callable[..., Awaitable[list[Any]]]

    async def order(
        self, name: str, body: dict[str, Any], caller: Caller = AGENT, **other: Any
    ) -> dict[str, Any]:
        sent = {"command_id": str(uuid4())} | other
        return await self.client.command("tickets", name, body, caller, **sent)

    async def open(self, caller: Caller = AGENT, **changes: Any) -> str:
        ticket: str = (await self.order("open-ticket", REPORT | changes, caller))["ticket"]
        return ticket

    async def refusal(
        self, name: str, body: dict[str, Any], caller: Caller = AGENT, **other: Any
    ) -> str:
        with pytest.raises(Refused) as refusal:
            await self.order(name, body, caller, **other)
        return refusal.value.faults[0].slug

    async def texts(self, caller: Caller, *tickets: str) -> dict[str, Any]:
        asked = {"tickets": list(tickets)}
        texts: dict[str, Any] = (await self.client.query("tickets", "texts", asked, caller))[
            "texts"
        ]
        return texts

    async def published(self, ticket: str, count: int) -> list[Envelope]:
        """The events of a ticket, once there are `count`."""

        async def enough() -> list[Envelope]:
            found = await envelopes(self.administrator, "evt.tickets.>")
            of_ticket = [envelope for envelope in found if envelope.subject == ticket]
            return of_ticket if len(of_ticket) >= count else []

        return await eventually(enough)


@pytest_asyncio.fixture
async def desk(stream: Connection, station: Any, client_of: Any) -> Desk:
    return Desk(await client_of("operator"), stream, station.rows)


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
    assert await desk.rows("SELECT * FROM timer") == []


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


async def test_every_kind_has_its_own_numbers(desk: Desk) -> None:
    year = datetime.now(UTC).year
    prefixes = {
        "change": "CHG",
        "problem": "PRB",
        "security-incident": "SEC",
        "complaint": "CMP",
        "question": "QST",
    }
    for kind, prefix in prefixes.items():
        assert await desk.open(kind=kind) == f"{prefix}-{year}-000001"


@pytest.mark.parametrize("kind", ["change", "problem"])
async def test_changes_and_problems_are_the_centre_s_own(desk: Desk, kind: str) -> None:
    refused = await desk.refusal("open-ticket", REPORT | {"kind": kind}, USER)
    assert refused == "ticket-kind-forbidden"


async def test_a_user_resumes_what_waits_for_the_user_only(desk: Desk) -> None:
    ticket = await desk.open()
    await desk.order("assign-ticket", {"ticket": ticket, "team": "Beheer"})
    await desk.order("start-work", {"ticket": ticket})
    await desk.order("pause-ticket", {"ticket": ticket, "waiting_on": "supplier"})
    refused = await desk.refusal("resume-ticket", {"ticket": ticket}, USER)
    assert refused == "ticket-move-forbidden"
    await desk.order("pause-ticket", {"ticket": ticket, "waiting_on": "user"})
    assert (await desk.order("resume-ticket", {"ticket": ticket}, USER))["status"] == "in-progress"


async def test_a_rating_is_kept_encrypted_and_read_back(desk: Desk) -> None:
    ticket = await desk.open()
    await desk.order("resolve-ticket", {"ticket": ticket})
    await desk.order("close-ticket", {"ticket": ticket}, USER)
    rating = {"ticket": ticket, "quality": 8, "speed": 7, "communication": 9}
    assert await desk.refusal("rate-ticket", rating) == "ticket-rating-not-requester"
    await desk.order("rate-ticket", {**rating, "comment": "Snel geholpen"}, USER)
    assert await desk.refusal("rate-ticket", rating, USER) == "ticket-rated-already"
    told = (await desk.published(ticket, 4))[-1].to_json()
    assert b"geholpen" not in told
    assert (await desk.texts(AGENT, ticket))[ticket]["comment"] == "Snel geholpen"


async def test_a_request_with_steps_is_opened_with_its_tasks(desk: Desk) -> None:
    ticket = await desk.open(kind="service-request", item="ICT-LAP-01")
    refused = await desk.refusal("resolve-ticket", {"ticket": ticket})
    assert refused == "ticket-tasks-open"
    await desk.order("complete-task", {"ticket": ticket, "task": 1})
    done = await desk.order("complete-task", {"ticket": ticket, "task": 2})
    assert done["status"] == "resolved"
    names = [envelope.event().event_name for envelope in await desk.published(ticket, 6)]
    assert names == [
        "ticket-opened",
        "fulfilment-planned",
        "ticket-work-started",
        "task-completed",
        "task-completed",
        "ticket-resolved",
    ]


async def test_a_freeze_is_known_to_the_next_change(desk: Desk) -> None:
    now = datetime.now(UTC)
    stretch = {
        "starts_at": (now - timedelta(hours=1)).isoformat(),
        "ends_at": (now + timedelta(days=1)).isoformat(),
    }
    frozen = await desk.order("declare-change-freeze", {"title": "Verkiezingen", **stretch})
    assert frozen["window"] == f"FRZ-{now.year}-000001"
    ticket = await desk.open(kind="change")
    plan = {"ticket": ticket, "change_type": "normal", "risk": "low", **stretch}
    assert await desk.refusal("plan-change", plan) == "change-frozen"
    await desk.order("lift-change-freeze", {"window": frozen["window"]})
    await desk.order("plan-change", plan)
    assert await desk.refusal("approve-change", {"ticket": ticket}) == "change-approver-planner"


async def test_maintenance_is_planned_and_called_off(desk: Desk) -> None:
    now = datetime.now(UTC)
    plan = {
        "title": "Patchweekend",
        "starts_at": (now + timedelta(days=1)).isoformat(),
        "ends_at": (now + timedelta(days=2)).isoformat(),
    }
    window = (await desk.order("plan-maintenance", plan))["window"]
    await desk.order("announce-maintenance", {"window": window})
    reply = await desk.order("cancel-maintenance", {"window": window}, expected_version=2)
    assert reply == {"window": window, "version": 3, "status": "cancelled"}
    assert await desk.refusal("announce-maintenance", {"window": window}) == "window-move-illegal"
    unknown = {"window": "MNT-2020-000001"}
    assert await desk.refusal("announce-maintenance", unknown) == "window-unknown"
    assert len(await desk.published(window, 3)) == 3


async def test_the_clock_is_explained_interval_by_interval(desk: Desk) -> None:
    hour = timedelta(hours=1)
    steps = [
        {"at": at.isoformat(), "do": do, "with": fields}
        for at, do, fields in (
            (NOW, "open", REPORT),
            (NOW, "assign", {"team": "Beheer"}),
            (NOW + hour, "start", {}),
            (NOW + 2 * hour, "pause", {"waiting_on": "user"}),
        )
    ]
    history = {"external": "I-1", "row": 1, "steps": steps}
    body = {"source": "elsewhere", "histories": [history]}
    ticket = (await desk.order("import-tickets", body, OPERATOR))["results"][0]["ticket"]
    asked = {"ticket": ticket, "at": (NOW + 3 * hour).isoformat()}
    told = await desk.client.query("tickets", "clock", asked, USER)
    assert [each["course"] for each in told["intervals"]] == ["running", "running", "paused"]
    assert (told["response_seconds"], told["resolution_seconds"]) == (3600, 7200)
    assert told["intervals"][2]["waiting_on"] == "user"
    norm = told["intervals"][0]["norm"]
    assert (norm["source"], norm["calendar"], norm["calendar_version"]) == ("domain", "kantoor", 1)


@pytest.mark.parametrize("caller", [NEIGHBOUR, STRANGER])
async def test_the_clock_of_another_s_ticket_is_not_found(desk: Desk, caller: Caller) -> None:
    ticket = await desk.open()
    with pytest.raises(Refused) as refusal:
        await desk.client.query("tickets", "clock", {"ticket": ticket}, caller)
    assert refusal.value.faults[0].slug == "not-found"
