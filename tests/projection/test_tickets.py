"""Lists of tickets and who sees them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts import tickets

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
OWN = "INC-2026-000001"
COLLEAGUES = "INC-2026-000002"
FOREIGN = "INC-2026-000003"
USER = Caller("p-1", frozenset({"user"}), frozenset({"zevenaar"}))
MANAGER = Caller("p-9", frozenset({"user", "contract-manager"}), frozenset({"zevenaar"}))
AGENT = Caller("p-5", frozenset({"agent"}), None)
NOBODY = Caller("p-1", frozenset(), frozenset())


@pytest_asyncio.fixture
async def desk(projection: Any, publish: Any, teller: Any) -> Any:
    """Three tickets: of a user, of a colleague, and of another partner's user."""
    teller.partner("zevenaar")
    teller.partner("duiven")
    teller.item()
    teller.opened(OWN, AT, requester="p-1")
    teller.opened(COLLEAGUES, AT + timedelta(hours=1), requester="p-2", priority=1, item=None)
    teller.opened(FOREIGN, AT + timedelta(hours=2), requester="p-3", partner="duiven")
    teller.then(OWN, tickets.TicketAssigned, AT, team="Netwerk", line="second")
    told = {"clock_name": "resolution", "due": AT}
    teller.then(COLLEAGUES, tickets.SlaAtRisk, AT, **told)
    teller.then(COLLEAGUES, tickets.SlaBreached, AT, **told)
    teller.resolved(FOREIGN, AT + timedelta(hours=3), 60)
    await projection.caught_up(await publish(*teller.told))
    return projection


async def numbers(desk: Any, caller: Caller = AGENT, **params: Any) -> list[str]:
    answer = await desk.ask("tickets", caller, **params)
    assert answer["total"] == len(answer["tickets"])
    return [fact["ticket"] for fact in answer["tickets"]]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, [FOREIGN, COLLEAGUES, OWN]),
        ({"partner": "zevenaar"}, [COLLEAGUES, OWN]),
        ({"status": ["assigned", "resolved"]}, [FOREIGN, OWN]),
        ({"open": True}, [COLLEAGUES, OWN]),
        ({"open": False}, [FOREIGN]),
        ({"kind": "service-request"}, []),
        ({"priority": 1}, [COLLEAGUES]),
        ({"team": "Netwerk"}, [OWN]),
        ({"item": "ICT-WP-01"}, [FOREIGN, OWN]),
        ({"breached": True}, [COLLEAGUES]),
        ({"breached": False}, [FOREIGN, OWN]),
        ({"out_of_catalogue": True}, []),
        ({"number": "inc-2026-000002"}, [COLLEAGUES]),
        ({"numbers": [OWN, FOREIGN, "INC-2026-999999"]}, [FOREIGN, OWN]),
        ({"line": "second"}, [OWN]),
        ({"requester": "p-3"}, [FOREIGN]),
        ({"search": "00002"}, [COLLEAGUES]),
        ({"search": "werk plek inc"}, [FOREIGN, OWN]),
        ({"search": "netW"}, [OWN]),
        ({"search": "50%"}, []),
        ({"opened_from": "2026-03-02", "opened_to": "2026-03-02"}, [FOREIGN, COLLEAGUES, OWN]),
        ({"opened_to": "2026-03-01"}, []),
        ({"sort": "opened_at"}, [OWN, COLLEAGUES, FOREIGN]),
        ({"sort": "priority"}, [COLLEAGUES, OWN, FOREIGN]),
        ({"sort": "-resolved_at"}, [FOREIGN, OWN, COLLEAGUES]),
    ],
)
async def test_a_list_is_filtered_and_sorted(
    desk: Any, params: dict[str, Any], found: list[str]
) -> None:
    assert await numbers(desk, **params) == found


@pytest.mark.parametrize(
    ("caller", "found"),
    [
        (USER, [OWN]),
        (MANAGER, [COLLEAGUES, OWN]),
        (AGENT, [FOREIGN, COLLEAGUES, OWN]),
        (NOBODY, []),
    ],
)
async def test_each_sees_what_lies_in_the_own_scope_and_nothing_else(
    desk: Any, caller: Caller, found: list[str]
) -> None:
    assert await numbers(desk, caller) == found
    for number in (OWN, COLLEAGUES, FOREIGN):
        for query in ("ticket", "timeline"):
            if number in found:
                assert await desk.ask(query, caller, ticket=number)
            else:
                assert await refusal(desk, query, caller, ticket=number) == ["not-found"]


async def test_requester_me_is_the_caller(desk: Any) -> None:
    caller = Caller("p-2", frozenset({"functional-administrator"}), frozenset({"zevenaar"}))
    assert await numbers(desk, caller, requester="me") == [COLLEAGUES]


async def test_the_list_of_a_foreign_partner_is_not_found(desk: Any) -> None:
    assert await refusal(desk, "tickets", MANAGER, partner="duiven") == ["not-found"]


async def test_pages_follow_one_another(desk: Any) -> None:
    pages = [await desk.ask("tickets", AGENT, size=2, page=page) for page in (1, 2, 3)]
    assert [[fact["ticket"] for fact in page["tickets"]] for page in pages] == [
        [FOREIGN, COLLEAGUES],
        [OWN],
        [],
    ]
    assert {page["total"] for page in pages} == {3}


async def test_an_unknown_sort_key_is_refused_with_those_that_are_known(desk: Any) -> None:
    with pytest.raises(Refused) as refused:
        await desk.ask("tickets", AGENT, sort="-colour")
    (fault,) = refused.value.faults
    assert (fault.slug, fault.field, fault.params["sort"]) == ("sort-unknown", "sort", "-colour")
    assert "opened_at" in fault.params["allowed"]


async def test_wrong_parameters_are_all_told_at_once(desk: Any) -> None:
    with pytest.raises(Refused) as refused:
        await desk.ask("tickets", AGENT, size=1001, page=0, priority=6, colour="red")
    assert {fault.field for fault in refused.value.faults} == {"size", "page", "priority", "colour"}


async def test_a_fact_tells_the_clock_the_norm_and_the_item(desk: Any) -> None:
    fact = (await desk.ask("ticket", AGENT, ticket=COLLEAGUES))["ticket"]
    assert fact["item_name"] is None
    assert fact["breached"] == {"response": None, "resolution": "2026-03-02T09:00:00+00:00"}
    assert fact["at_risk"] == {"response": None, "resolution": "2026-03-02T09:00:00+00:00"}
    assert (fact["response_minutes"], fact["target_percentage"]) == (60, "90")
    assert (fact["norm_source"], fact["paused"]) == ("item", False)
    resolved = (await desk.ask("ticket", AGENT, ticket=FOREIGN))["ticket"]
    assert (resolved["item_name"], resolved["within_resolution"]) == ("Werkplek", True)


async def test_a_timeline_tells_what_happened_in_order(desk: Any) -> None:
    timeline = (await desk.ask("timeline", USER, ticket=OWN))["timeline"]
    assert [(entry["version"], entry["event"]) for entry in timeline] == [
        (1, "ticket-opened"),
        (2, "ticket-assigned"),
    ]
    assert timeline[1]["details"] == {"team": "Netwerk", "line": "second"}


async def test_partners_are_those_of_the_scope(desk: Any) -> None:
    everybody = (await desk.ask("partners", AGENT))["partners"]
    assert [partner["slug"] for partner in everybody] == ["duiven", "zevenaar"]
    mine = (await desk.ask("partners", MANAGER))["partners"]
    assert [partner["slug"] for partner in mine] == ["zevenaar"]
    assert set(mine[0]) == {
        "slug",
        "name",
        "kind",
        "oin",
        "joined_on",
        "leaves_on",
        "theme",
        "statistics",
        "version",
    }


async def refusal(desk: Any, query: str, caller: Caller, **params: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        await desk.ask(query, caller, **params)
    return [fault.slug for fault in refused.value.faults]
