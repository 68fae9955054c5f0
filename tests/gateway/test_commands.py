"""Commands over HTTP: what a service is sent, and what the caller is told."""

from typing import Any

import pytest

REPORT = {"kind": "incident", "title": "Printer stuk", "item": "ICT-WP-01"}
TICKET = "/v1/tickets/INC-2026-000001"


async def test_a_report_becomes_a_command_of_the_caller(door: Any, services: Any) -> None:
    answer = await door.post("/v1/tickets", "user-alfa", json=REPORT)
    assert answer.status_code == 201
    assert answer.headers["location"] == TICKET
    assert answer.headers["etag"] == '"1"'
    assert answer.json() == {
        "ticket": "INC-2026-000001",
        "version": 1,
        "_links": {"self": {"href": TICKET}},
    }
    sent = services.last
    person = await door.app.state.oidc.person(await door.token("user-alfa"))
    assert sent.subject == "cmd.tickets.open-ticket"
    assert sent.headers["Bodemplaat-Actor"] == person.pseudonym
    assert "Bodemplaat-Now" not in sent.headers
    assert sent.body == {
        "partner": "alfa",
        "kind": "incident",
        "title": "Printer stuk",
        "description": "",
        "item": "ICT-WP-01",
        "domain": "ict",
        "impact": 3,
        "urgency": 3,
        "channel": "api",
        "requester": {
            "id": person.pseudonym,
            "name": "user-alfa",
            "email": "user-alfa@bodemplaat.example",
        },
    }


async def test_an_agent_reports_for_a_caller_who_keeps_one_pseudonym(
    door: Any, services: Any
) -> None:
    pseudonyms = set()
    for address in ("Jan@zevenaar.example", "jan@zevenaar.example"):
        requester = {"name": "Jan", "email": address}
        body = REPORT | {"partner": "alfa", "requester": requester, "channel": "phone"}
        answer = await door.post("/v1/tickets", "agent", json=body)
        assert answer.status_code == 201
        pseudonyms.add(services.last.body["requester"]["id"])
    assert len(pseudonyms) == 1
    assert "jan" not in pseudonyms.pop()


async def test_nobody_else_reports_for_another(door: Any, services: Any) -> None:
    body = REPORT | {"requester": {"name": "Jan", "email": "jan@zevenaar.example"}}
    answer = await door.post("/v1/tickets", "functional-administrator-alfa", json=body)
    door.problem(answer, 403, "requester-not-allowed")
    assert services.received == []


async def test_who_acts_for_all_must_name_the_partner(door: Any, services: Any) -> None:
    door.problem(await door.post("/v1/tickets", "agent", json=REPORT), 400, "partner-needed")
    assert services.received == []


async def test_the_same_key_of_the_same_person_is_the_same_command(
    door: Any, services: Any
) -> None:
    ids = []
    for person, key in (
        ("user-alfa", "k1"),
        ("user-alfa", "k1"),
        ("user-alfa", "k2"),
        ("user-beta", "k1"),
    ):
        headers = {"Idempotency-Key": key}
        await door.post("/v1/tickets", person, json=REPORT, headers=headers)
        ids.append(services.last.headers["Bodemplaat-Command-Id"])
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


async def test_without_a_key_each_request_is_a_command_of_its_own(door: Any, services: Any) -> None:
    ids = set()
    for _ in range(2):
        await door.post("/v1/tickets", "user-alfa", json=REPORT)
        ids.add(services.last.headers["Bodemplaat-Command-Id"])
    assert len(ids) == 2


async def test_a_key_that_came_with_another_body_is_refused(door: Any, services: Any) -> None:
    services.answers["cmd.tickets.open-ticket"] = [
        {"slug": "idempotency-key-reused", "kind": "conflict"}
    ]
    answer = await door.post("/v1/tickets", "user-alfa", json=REPORT)
    door.problem(answer, 409, "idempotency-key-reused")


@pytest.mark.parametrize("key", ["", "x" * 256, "tab\there", "caf\u00e9"])
async def test_a_key_of_another_form_is_refused(door: Any, services: Any, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode())]
    answer = await door.http.post(
        "/v1/tickets",
        json=REPORT,
        headers=[*headers, (b"Authorization", f"Bearer {await door.token('user-alfa')}".encode())],
    )
    door.problem(answer, 400, "header-unreadable")
    assert services.received == []


@pytest.mark.parametrize(
    ("move", "body", "command"),
    [
        ("assign", {"team": "Werkplek", "line": "second"}, "assign-ticket"),
        ("start", None, "start-work"),
        ("pause", {"waitingOn": "supplier"}, "pause-ticket"),
        ("resume", None, "resume-ticket"),
        ("prioritise", {"impact": 1, "urgency": 2}, "change-priority"),
        ("resolve", None, "resolve-ticket"),
        ("close", None, "close-ticket"),
        ("reopen", {"reason": "weer stuk"}, "reopen-ticket"),
        ("cancel", {"reason": "toch niet"}, "cancel-ticket"),
    ],
)
async def test_a_move_becomes_a_command_on_the_version_that_was_seen(
    door: Any, services: Any, move: str, body: dict[str, Any] | None, command: str
) -> None:
    services.answers[f"cmd.tickets.{command}"] = {"version": 4}
    answer = await door.post(f"{TICKET}/_{move}", "agent", json=body, headers={"If-Match": '"3"'})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"4"')
    assert services.last.subject == f"cmd.tickets.{command}"
    assert services.last.headers["Bodemplaat-Expected-Version"] == "3"
    names = {"waitingOn": "waiting_on"}
    expected = {names.get(name, name): value for name, value in (body or {}).items()}
    assert services.last.body == {"ticket": "INC-2026-000001"} | expected


async def test_whatever_version_there_is_may_be_said(door: Any, services: Any) -> None:
    await door.post(f"{TICKET}/_start", "agent", headers={"If-Match": "*"})
    assert "Bodemplaat-Expected-Version" not in services.last.headers


async def test_a_reclassification_without_an_item_names_the_domain(
    door: Any, services: Any
) -> None:
    body = {"item": None, "domain": "hr"}
    await door.post(f"{TICKET}/_reclassify", "agent", json=body)
    assert services.last.body == {"ticket": "INC-2026-000001", "item": None, "domain": "hr"}


async def test_the_trace_of_the_caller_goes_along(door: Any, services: Any) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    headers = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    await door.post(f"{TICKET}/_start", "agent", headers=headers)
    assert services.last.headers["traceparent"].split("-")[1] == trace
    assert services.last.headers["traceparent"] != headers["traceparent"]


async def test_a_norm_keeps_its_figures_exact(door: Any, services: Any) -> None:
    norm = {
        "responseMinutes": 60,
        "resolutionMinutes": 480,
        "calendar": "kantooruren",
        "targetPercentage": "92.50",
        "pausesOnSupplier": True,
    }
    level = {"domain": "ict", "kind": "incident", "priority": 1, "validFrom": "2026-01-01"}
    answer = await door.post("/v1/service-levels", "catalogue-manager", json=level | {"norm": norm})
    assert answer.status_code == 201
    assert services.last.body["norm"] == {
        "response_minutes": 60,
        "resolution_minutes": 480,
        "calendar": "kantooruren",
        "target_percentage": "92.50",
        "pauses_on_supplier": True,
    }
