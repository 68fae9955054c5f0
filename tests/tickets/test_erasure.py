"""A person who asks for it is erased: what has ended at once, the rest as soon as it has."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.client import Caller
from chassis.erasures import Erased, erase_again
from chassis.errors import Refused
from chassis.testing.stream import eventually

AGENT = Caller("agent-1", frozenset({"agent"}), None)
OFFICER = Caller("officer-1", frozenset({"privacy-officer"}), None)
USER = Caller("p-1", frozenset({"user"}), frozenset({"zevenaar"}))
OTHER = {"id": "p-2", "name": "B. Bos", "email": "b.bos@zevenaar.example"}


async def _ended(desk: Any, **changes: Any) -> str:
    ticket: str = await desk.open(**changes)
    await desk.order("cancel-ticket", {"ticket": ticket, "reason": "Dubbel gemeld"})
    return ticket


async def _ask(desk: Any, name: str, params: dict[str, Any], caller: Caller = OFFICER) -> Any:
    return await desk.client.query("tickets", name, params, caller)


async def test_what_has_ended_goes_at_once_and_the_others_of_nobody_else(orders: Any) -> None:
    first, second = await _ended(orders), await _ended(orders)
    neighbour = await _ended(orders, requester=OTHER)
    reply = await orders.order("erase-requester", {"requester": "p-1"}, OFFICER)
    assert (reply["erased"], reply["awaited"]) == ([first, second], [])
    told = await orders.texts(AGENT, first, second, neighbour)
    assert [ticket for ticket, text in told.items() if text is None] == [first, second]
    assert await orders.texts(USER, first) == {first: None}, "nobody is its requester any more"
    with pytest.raises(Refused, match="not-found"):
        await _ask(orders, "clock", {"ticket": first}, USER)
    assert (await _ask(orders, "clock", {"ticket": first}, AGENT))["ticket"] == first
    last = (await orders.published(first, 3))[-1].event()
    assert (last.event_name, getattr(last, "reason", "")) == ("personal-data-erased", "request")


async def test_the_figures_of_what_is_left_are_looked_up(orders: Any) -> None:
    tickets = [await _ended(orders), await _ended(orders)]
    for ticket in tickets:
        await orders.published(ticket, 2)
    erased = await orders.order("erase-requester", {"requester": "p-1"}, OFFICER)
    found = await _ask(orders, "erasure", {"erasure": erased["erasure"]})
    assert found["erased"] == tickets
    assert (found["keys"], found["rows"], found["replies"]) == (0, 0, 0)
    assert found["event_log"] == found["stream"] == {"sealed": 4, "readable": 0}
    assert found["pseudonyms"] == 4
    assert found["backups"] == {"made": 0, "last": None, "kept_days": 35, "gone_at": None}


async def test_the_figures_tell_of_a_key_that_stayed(orders: Any) -> None:
    """As after a restore that nobody erased again."""
    ticket = await _ended(orders)
    await orders.published(ticket, 2)
    ((key,),) = await orders.rows("SELECT key FROM subject_key WHERE scope = %s", ticket)
    erased = await orders.order("erase-requester", {"requester": "p-1"}, OFFICER)
    back = "INSERT INTO subject_key (subject, scope, key) VALUES ('p-1', %s, %s) RETURNING 1"
    await orders.rows(back, ticket, key)
    await orders.rows("UPDATE ticket SET requester = 'p-1' WHERE number = %s RETURNING 1", ticket)
    found = await _ask(orders, "erasure", {"erasure": erased["erasure"]})
    assert found["awaited"] == [ticket], "it is not gone"
    await orders.rows("UPDATE ticket SET requester = '' WHERE number = %s RETURNING 1", ticket)
    found = await _ask(orders, "erasure", {"erasure": erased["erasure"]})
    assert found["keys"] == 1
    assert found["event_log"]["readable"] == found["stream"]["readable"] == 2


async def test_an_open_ticket_is_finished_first(orders: Any) -> None:
    ended, still_open = await _ended(orders), await orders.open()
    reply = await orders.order("erase-requester", {"requester": "p-1"}, OFFICER)
    assert (reply["erased"], reply["awaited"]) == ([ended], [still_open])
    assert (await orders.texts(AGENT, still_open))[still_open] is not None
    await orders.order("cancel-ticket", {"ticket": still_open, "reason": "Niet meer nodig"})

    async def gone() -> bool:
        found = await _ask(orders, "erasure", {"erasure": reply["erasure"]})
        return not found["awaited"] and found["keys"] == found["rows"] == 0

    await eventually(gone)
    assert (await orders.texts(AGENT, still_open))[still_open] is None


async def test_who_was_erased_after_a_backup_is_erased_again_when_it_comes_back(
    orders: Any, station: Any
) -> None:
    ended, still_open = await _ended(orders), await orders.open()
    again = [Erased("p-1", datetime(2026, 3, 2, tzinfo=UTC))]
    assert await erase_again(station.service.settings.database_url, again) == 1

    async def gone() -> bool:
        return (await orders.texts(AGENT, ended))[ended] is None

    await eventually(gone)
    assert (await orders.texts(AGENT, still_open))[still_open] is not None
    listed = await _ask(orders, "erasures", {})
    assert [each["subject"] for each in listed["erasures"]] == ["p-1"]


async def test_erasing_again_gives_the_erasure_that_there_is(orders: Any) -> None:
    await _ended(orders)
    first = await orders.order("erase-requester", {"requester": "p-1"}, OFFICER)
    again = await orders.order("erase-requester", {"requester": "p-1"}, OFFICER)
    assert again == first
    new = await _ended(orders)
    later = await orders.order("erase-requester", {"requester": "p-1"}, OFFICER)
    assert later["erasure"] != first["erasure"], "what came after was erased too, by itself"
    assert later["erased"] == [new]
    listed = await _ask(orders, "erasures", {})
    assert [each["erasure"] for each in listed["erasures"]] == [later["erasure"], first["erasure"]]
    assert listed["total"] == 2


async def test_no_reply_of_the_person_is_kept(orders: Any) -> None:
    mine = await orders.open(USER)
    await orders.order("cancel-ticket", {"ticket": mine, "reason": "Gaat weer"}, USER)
    kept = "SELECT count(*) FROM command_reply"
    assert await orders.rows(kept) == [(2,)]
    await orders.order("erase-requester", {"requester": "p-1"}, OFFICER)
    assert await orders.rows(kept) == [(1,)], "that of the erasing itself"


async def test_a_person_is_found_by_ticket_or_pseudonym(orders: Any) -> None:
    ended, still_open = await _ended(orders), await orders.open()
    found = {"requester": "p-1", "tickets": 2, "open": [still_open]}
    assert await _ask(orders, "person", {"ticket": ended}) == found
    assert await _ask(orders, "person", {"requester": "p-1"}) == found
    for nobody in ({"requester": "p-9"}, {"ticket": "INC-2026-999999"}, {}):
        with pytest.raises(Refused, match="requester-unknown"):
            await _ask(orders, "person", nobody)


@pytest.mark.parametrize("role", ["agent", "controller", "catalogue-manager", "user"])
async def test_others_than_the_privacy_officer_are_refused(orders: Any, role: str) -> None:
    caller = Caller("p-1", frozenset({role}), None)
    ticket = await _ended(orders)
    refused = await orders.refusal("erase-requester", {"requester": "p-1"}, caller)
    assert refused == "privacy-officer-only"
    for name, params in (
        ("person", {"ticket": ticket}),
        ("erasures", {}),
        ("erasure", {"erasure": "0" * 32}),
        ("processing-log", {}),
    ):
        with pytest.raises(Refused, match="privacy-officer-only"):
            await _ask(orders, name, params, caller)
    assert (await orders.texts(AGENT, ticket))[ticket] is not None, "nothing has changed"


async def test_what_does_not_exist_cannot_be_erased_or_shown(orders: Any) -> None:
    nobody = {"requester": "p-9"}
    assert await orders.refusal("erase-requester", nobody, OFFICER) == "requester-unknown"
    with pytest.raises(Refused, match="erasure-unknown"):
        await _ask(orders, "erasure", {"erasure": "00000000-0000-4000-8000-000000000000"})
