"""The service as its callers know it: the work on tickets."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused

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
