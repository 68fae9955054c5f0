"""One action on many tickets: each is a command of its own, and told of by itself."""

import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

PATH = "/werkvoorraad/actie"
FIRST, STALE, ILLEGAL, SILENT = (f"INC-2026-00000{n}" for n in range(1, 5))
REFUSALS = {
    STALE: [{"slug": "version-stale", "kind": "stale", "params": {"actual": 8}, "field": None}],
    ILLEGAL: [
        {
            "slug": "ticket-move-illegal",
            "kind": "conflict",
            "params": {"status": "closed", "move": "assign", "allowed": ["reopen"]},
            "field": None,
        }
    ],
    SILENT: [
        {
            "slug": "unavailable",
            "kind": "unavailable",
            "params": {"service": "tickets", "outcome": "unknown"},
            "field": None,
        }
    ],
}


@pytest.fixture
def desk(services: Any) -> Any:
    """Services where one ticket takes the command, and each other refuses it in its own way."""
    (fact,) = services.answers["qry.projection.tickets"]["tickets"]
    facts = [{**fact, "ticket": number, "version": 7} for number in (FIRST, *REFUSALS)]
    found = {"total": len(facts), "page": 1, "size": 25, "sequence": 7}
    services.answers |= {
        "qry.projection.tickets": {"tickets": facts, **found},
        "qry.projection.ticket": {"ticket": facts[0] | {"version": 8}, "sequence": 7},
        "qry.projection.desk": {"open": 4, "views": {}, "teams": [], "sequence": 7},
        "cmd.tickets.assign-ticket": lambda sent: REFUSALS.get(sent.body["ticket"], {"version": 8}),
    }
    return services


async def carried_out(door: Any, **changed: Any) -> httpx.Response:
    """The form as the page gives it, filled in and sent."""
    headers = await door.session("agent")
    asked = {"actie": "assign", "gekozen": [FIRST, *REFUSALS], "terug": "/werkvoorraad"}
    page = await door.http.get(PATH, params=asked, headers=headers)
    assert page.status_code == 200, page.text
    form: Mapping[str, Any] = {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page.text)
        for name in ("csrf", "key", "actie", "terug", "alle", "gekozen")
    }
    filled = {**form, "team": "Netwerk", "line": "second", **changed}
    return await door.http.post(PATH, data=filled, headers=headers)


def commands(desk: Any) -> list[Any]:
    return [sent for sent in desk.received if sent.subject == "cmd.tickets.assign-ticket"]


async def test_each_ticket_gets_a_command_with_its_version_and_a_key_of_its_own(
    door: Any, desk: Any
) -> None:
    assert (await carried_out(door)).status_code == 200
    sent = commands(desk)
    assert {each.body["ticket"] for each in sent} == {FIRST, *REFUSALS}
    assert {each.headers["Bodemplaat-Expected-Version"] for each in sent} == {"7"}
    assert len({each.headers["Bodemplaat-Command-Id"] for each in sent}) == len(sent)
    assert sent[0].body == {"ticket": sent[0].body["ticket"], "team": "Netwerk", "line": "second"}


async def test_the_same_form_again_is_the_same_commands(door: Any, desk: Any) -> None:
    for _ in range(2):
        await carried_out(door, key="the-same")
    ids = [(each.body["ticket"], each.headers["Bodemplaat-Command-Id"]) for each in commands(desk)]
    assert len(ids) == 2 * len(set(ids))


async def test_what_was_done_and_what_was_refused_and_why_is_told_per_ticket(
    door: Any, desk: Any
) -> None:
    told = (await carried_out(door)).text
    rows = {
        number: re.sub(r"<[^>]+>|\s+", " ", row)
        for row in re.findall(r"<tr>(.*?)</tr>", told, re.DOTALL)
        for number in re.findall(r"INC-2026-00000\d", row)[:1]
    }
    assert "1 gedaan, 3 niet gedaan." in told
    assert "Gedaan" in rows[FIRST]
    assert "intussen gewijzigd" in rows[STALE]
    assert "heropenen" in rows[ILLEGAL]
    assert "Onbekend" in rows[SILENT]
    again = re.findall(r'href="(/werkvoorraad/actie[^"]+)"', told)
    assert [FIRST in address for address in again] == [False]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"gekozen": []}, "ten minste één melding"),
        ({"gekozen": "nonsense"}, "ten minste één melding"),
        ({"team": " "}, "naam van het team"),
        ({"line": "third"}, "Kies een lijn"),
    ],
)
async def test_a_form_with_a_fault_does_nothing(
    door: Any, desk: Any, changed: dict[str, Any], told: str
) -> None:
    answer = await carried_out(door, **changed)
    assert (answer.status_code, told in answer.text) == (400, True)
    assert commands(desk) == []


async def test_a_form_from_elsewhere_does_nothing(door: Any, desk: Any) -> None:
    answer = await carried_out(door, csrf="guessed")
    assert (answer.status_code, commands(desk)) == (403, [])


@pytest.mark.parametrize("back", ["https://elsewhere.example", "//elsewhere.example"])
async def test_the_way_back_stays_inside(door: Any, desk: Any, back: str) -> None:
    answer = await carried_out(door, terug=back)
    assert "elsewhere" not in answer.text
