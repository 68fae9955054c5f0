"""Major incidents: each partner sees the shared part and its own tickets, and nobody else's."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts import tickets

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
AGENT = Caller("p-5", frozenset({"agent"}), None)
FIRST = Caller("p-8", frozenset({"owner"}), frozenset({"zevenaar"}))
SECOND = Caller("p-7", frozenset({"client"}), frozenset({"duiven"}))
BYSTANDER = Caller("p-6", frozenset({"client"}), frozenset({"westervoort"}))
USER = Caller("p-9", frozenset({"user"}), frozenset({"duiven"}))
MAJOR = "MAJ-2026-000001"
TICKETS = {"zevenaar": "INC-2026-000001", "duiven": "INC-2026-000002"}


@pytest.fixture
def history(teller: Any) -> Any:
    """Declared for Zevenaar, shared with Duiven, told to both and to each apart, and ended."""
    for slug in ("zevenaar", "duiven", "westervoort"):
        teller.partner(slug)

    def tell(event: type[tickets.MajorIncidentEvent], minutes: int, **data: Any) -> None:
        at = AT + timedelta(minutes=minutes)
        teller.tell(MAJOR, event(occurred_at=at, major_incident=MAJOR, **data))

    for partner, number in TICKETS.items():
        teller.opened(number, AT, partner=partner)
        teller.then(number, tickets.TicketAttachedToMajorIncident, AT, major_incident=MAJOR)
    tell(
        tickets.MajorIncidentDeclared,
        0,
        incident=TICKETS["zevenaar"],
        title="E-mail ligt eruit",
        partners=("zevenaar",),
    )
    tell(tickets.MajorIncidentUpdatePosted, 1, message="We zoeken", partners=())
    tell(tickets.MajorIncidentShared, 2, partners=("duiven",))
    for minute, partner in enumerate(TICKETS, start=3):
        message = {"message": f"Voor {partner}", "partners": (partner,)}
        tell(tickets.MajorIncidentUpdatePosted, minute, **message)
    return tell


@pytest_asyncio.fixture
async def shared(projection: Any, publish: Any, teller: Any, history: Any) -> Any:
    await projection.caught_up(await publish(*teller.told))
    return projection


async def seen(shared: Any, caller: Caller, **params: Any) -> dict[str, Any]:
    answer = await shared.ask("major-incidents", caller, **params)
    [major] = answer["items"]
    assert answer["total"] == 1
    return {**major}


async def test_the_centre_sees_all_of_it(shared: Any) -> None:
    major = await seen(shared, AGENT)
    assert (major["partners"], major["attached"]) == (["zevenaar", "duiven"], 2)
    assert major["aggregate_version"] == 5
    assert (major["incident"], major["status"]) == (TICKETS["zevenaar"], "ongoing")
    assert [update["message"] for update in major["updates"]] == [
        "We zoeken",
        "Voor zevenaar",
        "Voor duiven",
    ]


async def test_a_partner_sees_the_shared_part_and_nothing_of_another(shared: Any) -> None:
    for caller, partner, other in ((FIRST, "zevenaar", "duiven"), (SECOND, "duiven", "zevenaar")):
        for major in (await seen(shared, caller), await seen(shared, AGENT, partner=partner)):
            assert (major["title"], major["attached"]) == ("E-mail ligt eruit", 1)
            assert (major["partners"], major["aggregate_version"]) == ([partner], 3)
            told = [update["message"] for update in major["updates"]]
            assert told == ["We zoeken", f"Voor {partner}"]
            assert other.encode() not in orjson.dumps(major)
            assert TICKETS[other].encode() not in orjson.dumps(major)
    own = await shared.ask("tickets", SECOND, major_incident=MAJOR)
    assert [fact["ticket"] for fact in own["tickets"]] == [TICKETS["duiven"]]


async def test_a_user_sees_it_without_tickets_of_colleagues(shared: Any) -> None:
    major = await seen(shared, USER)
    assert (major["attached"], major["incident"]) == (0, None)


async def test_whom_it_was_not_shared_with_knows_of_nothing(shared: Any) -> None:
    for params in ({}, {"number": MAJOR}):
        answer = await shared.ask("major-incidents", BYSTANDER, **params)
        assert (answer["items"], answer["total"]) == ([], 0)
    with pytest.raises(Refused):
        await shared.ask("major-incidents", BYSTANDER, partner="duiven")


async def test_who_is_hit_is_told_live_of_its_own_only(
    shared: Any, publish: Any, teller: Any, history: Any, stream: Any
) -> None:
    heard = await stream.subscribe("live.major-incidents.*")
    await stream.flush()
    history(tickets.MajorIncidentEnded, 9)
    sequence = await publish(teller.told[-1])
    messages = [await heard.next_msg(timeout=5) for _ in TICKETS]
    told = {message.subject.rsplit(".", 1)[1]: orjson.loads(message.data) for message in messages}
    assert told == {
        partner: {"sequence": sequence, "major-incidents": [MAJOR]} for partner in TICKETS
    }
    ended = await seen(shared, FIRST, ongoing=False)
    assert datetime.fromisoformat(ended["ended_at"]) == AT + timedelta(minutes=9)
    assert (await shared.ask("major-incidents", FIRST, ongoing=True))["items"] == []
