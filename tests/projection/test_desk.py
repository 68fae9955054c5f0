"""The views of the service desk: what stands in them, and that their figures are their lists."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts import tickets
from services.projection.views.ticket_filters import DESK_VIEWS

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEW, LATE, WAITING, TASKS, CHANGE, DONE, FOREIGN = (f"INC-2026-00000{n}" for n in range(1, 8))
AGENT = Caller("p-5", frozenset({"agent"}), None)
ADMINISTRATOR = Caller("p-8", frozenset({"functional-administrator"}), frozenset({"zevenaar"}))
USER = Caller("p-1", frozenset({"user"}), frozenset({"zevenaar"}))
DUE = {"clock_name": "resolution", "due": AT}


@pytest_asyncio.fixture
async def desk(projection: Any, publish: Any, teller: Any) -> Any:
    """One ticket for each view, one that is done, and one of another partner."""
    teller.partner("zevenaar")
    teller.partner("duiven")
    teller.item()
    teller.opened(NEW, AT, requester="p-2")
    teller.opened(LATE, AT)
    teller.then(LATE, tickets.TicketAssigned, AT, team="Netwerk", line="second")
    teller.then(LATE, tickets.SlaAtRisk, AT, **DUE | {"clock_name": "response"})
    teller.then(LATE, tickets.SlaBreached, AT, **DUE)
    teller.opened(WAITING, AT)
    teller.then(WAITING, tickets.TicketAssigned, AT, team="Werkplek", line="first")
    teller.then(WAITING, tickets.TicketPaused, AT, waiting_on="supplier")
    teller.then(WAITING, tickets.SlaAtRisk, AT, **DUE)
    teller.opened(TASKS, AT, kind="service-request")
    planned = [
        {"task": 1, "team": "HR", "what": "Contract", "due": AT},
        {"task": 2, "team": "Netwerk", "what": "Account", "due": AT},
    ]
    teller.then(TASKS, tickets.FulfilmentPlanned, AT, tasks=planned)
    teller.then(TASKS, tickets.TaskCompleted, AT, task=1, team="HR", within_due=True)
    teller.opened(CHANGE, AT, kind="change")
    plan = {"change_type": "normal", "risk": "low", "by": "p-5", "starts_at": AT}
    teller.then(CHANGE, tickets.ChangePlanned, AT, **plan, ends_at=AT + timedelta(hours=1))
    teller.opened(DONE, AT)
    teller.resolved(DONE, AT + timedelta(hours=3), 60)
    teller.opened(FOREIGN, AT, partner="duiven")
    await projection.caught_up(await publish(*teller.told))
    return projection


async def listed(desk: Any, caller: Caller = AGENT, **params: Any) -> list[str]:
    answer = await desk.ask("tickets", caller, sort="ticket", **params)
    return [fact["ticket"] for fact in answer["tickets"]]


VIEWS = (
    ("team", "Netwerk", [LATE]),
    ("team", None, []),
    ("unassigned", None, [NEW, TASKS, CHANGE, FOREIGN]),
    ("waiting-on-user", None, []),
    ("waiting-on-supplier", None, [WAITING]),
    ("at-risk", None, [LATE, WAITING]),
    ("breached", None, [LATE]),
    ("tasks", None, [TASKS]),
    ("tasks", "Netwerk", [TASKS]),
    ("tasks", "HR", []),
    ("approvals", None, [CHANGE]),
)


async def test_a_view_holds_what_is_open_and_fits(desk: Any) -> None:
    for view, own_team, found in VIEWS:
        assert await listed(desk, view=view, own_team=own_team) == found, (view, own_team)


@pytest.mark.parametrize("caller", [AGENT, ADMINISTRATOR, USER])
async def test_the_figure_of_a_view_is_the_length_of_its_list(desk: Any, caller: Caller) -> None:
    for params in ({"own_team": "Netwerk"}, {}, {"partner": "zevenaar"}):
        counted = await desk.ask("desk", caller, **params)
        own = {name: value for name, value in params.items() if name == "partner"}
        assert counted["open"] == len(await listed(desk, caller, open=True, **own))
        lists = {view: await listed(desk, caller, view=view, **params) for view in DESK_VIEWS}
        assert counted["views"] == {view: len(found) for view, found in lists.items()}


async def test_teams_are_those_with_open_tickets_in_scope(desk: Any) -> None:
    found = (await desk.ask("desk", AGENT))["teams"]
    assert found == [{"team": "Netwerk", "open": 1}, {"team": "Werkplek", "open": 1}]
    assert (await desk.ask("desk", AGENT, partner="duiven"))["teams"] == []


async def test_the_desk_of_a_foreign_partner_is_not_found(desk: Any) -> None:
    with pytest.raises(Refused) as refused:
        await desk.ask("desk", ADMINISTRATOR, partner="duiven")
    assert [fault.slug for fault in refused.value.faults] == ["not-found"]
