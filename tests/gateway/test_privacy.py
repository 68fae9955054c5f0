"""Erasing people, certificates and the processing log over HTTP."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.gateway.identity import pseudonym
from services.gateway.portal.moves import moves_on
from services.gateway.privacy.certificate import COPIES, certificate

OFFICER = "privacy-officer"
ANSWERS: dict[str, Any] = json.loads((Path(__file__).parent / "privacy.json").read_text())
KEPT = ANSWERS["qry.tickets.erasure"]
SHOWN = ANSWERS["qry.projection.personal-data"]
DONE = KEPT | {"awaited": [], "backups": KEPT["backups"] | {"gone_at": "2026-03-01T03:00:00Z"}}


def test_every_copy_is_on_the_certificate_once() -> None:
    assert tuple(copy.copy for copy in certificate(KEPT, SHOWN).copies) == COPIES


@pytest.mark.parametrize(
    ("kept", "shown", "status"),
    [
        (DONE, SHOWN, "complete"),
        (DONE | {"backups": {"made": 0, "last": None, "gone_at": None}}, SHOWN, "complete"),
        (KEPT, SHOWN, "awaiting-tickets"),
        (KEPT | {"awaited": []}, SHOWN, "awaiting-backups"),
        (DONE | {"keys": 1}, SHOWN, "incomplete"),
        (DONE | {"event_log": {"sealed": 2, "readable": 1}}, SHOWN, "incomplete"),
        (DONE | {"stream": {"sealed": 2, "readable": 1}}, SHOWN, "incomplete"),
        (DONE | {"rows": 1}, SHOWN, "incomplete"),
        (DONE | {"replies": 1}, SHOWN, "incomplete"),
        (DONE, SHOWN | {"naming": 1}, "incomplete"),
        (DONE, SHOWN | {"remembered": 1}, "incomplete"),
        (DONE, SHOWN | {"remembered": None}, "complete"),
    ],
)
def test_one_readable_copy_and_it_is_not_complete(
    kept: dict[str, Any], shown: dict[str, Any], status: str
) -> None:
    assert certificate(kept, shown).status == status


async def test_a_person_is_erased_by_a_ticket_of_theirs(door: Any, services: Any) -> None:
    answer = await door.post("/v1/erasures", OFFICER, json={"ticket": "inc-2026-000001"})
    assert answer.status_code == 201
    body = answer.json()
    assert body["awaited"] == ["INC-2026-000002"]
    assert answer.headers["location"] == body["_links"]["self"]["href"]
    asked, ordered = services.received
    assert asked.body == {"ticket": "INC-2026-000001"}
    assert ordered.body == {"requester": ANSWERS["qry.tickets.person"]["requester"]}


async def test_a_caller_of_the_desk_is_known_by_mail_address(door: Any, services: Any) -> None:
    await door.post("/v1/erasures", OFFICER, json={"email": "B.Bos@Alfa.example"})
    settings = door.app.state.settings
    assert services.last.body == {"requester": pseudonym("mailto:b.bos@alfa.example", settings)}


async def test_who_logs_in_is_known_by_account(door: Any, services: Any) -> None:
    await door.get("/v1/data-subjects?account=user-alfa", OFFICER)
    known = await door.app.state.oidc.person(await door.token("user-alfa"))
    assert services.last.body == {"requester": known.pseudonym}


@pytest.mark.parametrize("body", [{}, {"ticket": "INC-2026-000001", "account": "user-alfa"}])
async def test_one_thing_says_whom_it_is_about(
    door: Any, services: Any, body: dict[str, str]
) -> None:
    answer = await door.post("/v1/erasures", OFFICER, json=body)
    door.problem(answer, 400, "data-subject-needed")
    assert services.received == []


async def test_the_certificate_as_json(door: Any) -> None:
    body = (await door.get(f"/v1/erasures/{KEPT['erasure']}", OFFICER)).json()
    assert (body["status"], body["dataSubject"]) == ("awaiting-tickets", KEPT["subject"])
    stream = next(copy for copy in body["copies"] if copy["copy"] == "stream")
    assert stream == {
        "copy": "stream",
        "method": "key-deleted",
        "found": 2,
        "readable": 0,
        "goneAt": None,
    }


async def test_the_log_is_asked_for_a_person_and_a_period(door: Any, services: Any) -> None:
    query = "dataSubject=abc&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&page=2&pageSize=10"
    body = (await door.get(f"/v1/processing-log?{query}", OFFICER)).json()
    assert services.last.body == {
        "subject": "abc",
        "from": "2026-03-01T00:00:00+00:00",
        "to": "2026-03-02T00:00:00+00:00",
        "page": 2,
        "size": 10,
    }
    assert body["items"][0]["attributes"]["dpl.core.data_subject_id_type"] == "pseudonym"


async def test_texts_that_nobody_can_write_down_are_not_shown(door: Any, services: Any) -> None:
    """Other troubles of the service that keeps them leave the figures; this one refuses."""
    fault = {"slug": "processing-log-unavailable", "kind": "unavailable", "params": {}}
    services.answers["qry.tickets.texts"] = [fault | {"field": None}]
    for path in ("/v1/tickets", "/v1/tickets/INC-2026-000001"):
        door.problem(await door.get(path, "agent"), 503, "processing-log-unavailable")
    services.answers["qry.tickets.texts"] = [fault | {"slug": "unavailable", "field": None}]
    assert (await door.get("/v1/tickets", "agent")).status_code == 200


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/persoonsgegevens", KEPT["subject"]),
        (f"/persoonsgegevens/{KEPT['erasure']}", "Gebeurtenissenlogboek"),
        ("/verwerkingenlogboek?persoon=abc&van=2026-03-01&tot=2026-03-02", "tickets.texts"),
    ],
)
@pytest.mark.usefixtures("services")
async def test_the_officers_pages(door: Any, path: str, told: str) -> None:
    answer = await door.get(path, headers=await door.session(OFFICER))
    assert answer.status_code == 200
    assert told in answer.text


def test_the_page_of_an_erased_ticket_asks_for_no_more_words() -> None:
    agent = frozenset({"agent"})
    closed = {"kind": "incident", "status": "closed", "quality": None, "waiting_on": None}
    fact = closed | {"tasks": [], "change": {}}
    offered = {move.name for move in moves_on(fact, agent, own=False)}
    left = {move.name for move in moves_on(fact | {"erased_at": "2027-01-01"}, agent, own=False)}
    assert offered - left == {"reopen"}
