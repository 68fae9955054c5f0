"""Bad input is refused with a problem of a stable type, in the caller's language, in full."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog

REPORT: dict[str, Any] = {"kind": "incident", "title": "Printer stuk", "item": "ICT-WP-01"}
PARTNER_UNKNOWN = {"slug": "partner-unknown", "kind": "unknown", "field": "partner", "params": {}}


@pytest.mark.parametrize(
    "content", [b'{"kind": "incident",', b'{"kind": "\xff"}', b"[" * 60_000, b"{} {}", b"kind=x"]
)
async def test_a_body_that_is_no_json_is_refused(door: Any, services: Any, content: bytes) -> None:
    answer = await door.post(
        "/v1/tickets",
        "user-alfa",
        content=content,
        headers={"Content-Type": "application/json"},
    )
    door.problem(answer, 400, "body-not-json")
    assert services.received == []


async def test_a_body_of_another_kind_is_refused(door: Any, services: Any) -> None:
    door.problem(
        await door.post("/v1/tickets", "user-alfa", data=REPORT), 415, "content-type-unsupported"
    )
    assert services.received == []


async def test_no_body_at_all_is_refused(door: Any, services: Any) -> None:
    body = door.problem(await door.post("/v1/tickets", "user-alfa"), 400, "request-invalid")
    assert body["errors"][0]["rule"] == "missing"


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_that_is_too_large_is_refused(door: Any, services: Any, declared: Any) -> None:
    large = b'{"title": "' + b"x" * 70_000 + b'"}'

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 10_000):
            yield large[start : start + 10_000]

    answer = await door.post(
        "/v1/tickets",
        "user-alfa",
        content=large if declared else pieces(),
        headers={"Content-Type": "application/json"},
    )
    body = door.problem(answer, 413, "body-too-large")
    assert body["params"] == {"limit": 65536}
    assert services.received == []


async def test_wrong_types_are_told_all_at_once(door: Any, services: Any) -> None:
    answer = await door.post(
        "/v1/tickets",
        "user-alfa",
        json={"kind": "storing", "title": "", "impact": 9, "urgency": "hoog", "priority": 1},
    )
    body = door.problem(answer, 400, "request-invalid")
    assert {(error["field"], error["rule"]) for error in body["errors"]} == {
        ("kind", "literal-error"),
        ("title", "string-too-short"),
        ("impact", "less-than-equal"),
        ("urgency", "int-parsing"),
        ("priority", "extra-forbidden"),
    }
    assert all(error["detail"] for error in body["errors"])
    assert services.received == []


@pytest.mark.parametrize("content", [b"null", b"7", b'"x"', b"[]", b'{"title": "\\ud800"}'])
async def test_json_that_is_no_report_is_refused(door: Any, services: Any, content: bytes) -> None:
    answer = await door.post(
        "/v1/tickets",
        "user-alfa",
        content=content,
        headers={"Content-Type": "application/json"},
    )
    door.problem(answer, 400, "request-invalid")
    assert services.received == []


async def test_wrong_query_parameters_are_told_all_at_once(door: Any, services: Any) -> None:
    answer = await door.get("/v1/tickets?pageSize=1000&page=0&priority=laag&x=1", "agent")
    body = door.problem(answer, 400, "request-invalid")
    assert [error["field"] for error in body["errors"]] == ["page", "pageSize", "priority", "x"]


async def test_what_a_service_refuses_about_a_field_names_it_as_the_caller_wrote_it(
    door: Any, services: Any
) -> None:
    services.answers["cmd.catalog.set-service-level"] = [
        {
            "slug": "field-invalid",
            "kind": "invalid",
            "field": "norm.response_minutes",
            "params": {"rule": "greater_than_equal", "ge": 1},
        }
    ]
    answer = await door.post(
        "/v1/service-levels",
        "catalogue-manager",
        json={
            "domain": "ict",
            "kind": "incident",
            "priority": 1,
            "validFrom": "2026-01-01",
            "norm": {
                "responseMinutes": 60,
                "resolutionMinutes": 30,
                "calendar": None,
                "targetPercentage": "90",
            },
        },
    )
    body = door.problem(answer, 400, "request-invalid")
    assert body["errors"] == [
        {
            "field": "norm.responseMinutes",
            "rule": "greater-than-equal",
            "detail": "Dit moet ten minste 1 zijn.",
        }
    ]


async def test_an_unknown_partner_is_told_as_unknown(door: Any, services: Any) -> None:
    services.answers["cmd.tickets.open-ticket"] = [PARTNER_UNKNOWN]
    answer = await door.post("/v1/tickets", "agent", json={**REPORT, "partner": "gamma"})
    door.problem(answer, 404, "partner-unknown")


async def test_an_illegal_move_names_the_legal_ones(door: Any, services: Any) -> None:
    services.answers["cmd.tickets.resolve-ticket"] = [
        {
            "slug": "ticket-move-illegal",
            "kind": "conflict",
            "params": {"status": "new", "move": "resolve", "allowed": ["assign", "cancel"]},
        }
    ]
    answer = await door.post("/v1/tickets/INC-2026-000001/_resolve", "agent")
    body = door.problem(answer, 409, "ticket-move-illegal")
    assert body["params"]["allowed"] == ["assign", "cancel"]


async def test_a_stale_version_is_refused(door: Any, services: Any) -> None:
    services.answers["cmd.tickets.assign-ticket"] = [
        {"slug": "version-stale", "kind": "stale", "params": {"expected": 1, "actual": 2}}
    ]
    answer = await door.post(
        "/v1/tickets/INC-2026-000001/_assign",
        "agent",
        json={"team": "Servicedesk"},
        headers={"If-Match": '"1"'},
    )
    door.problem(answer, 412, "version-stale")
    assert services.last.headers["Bodemplaat-Expected-Version"] == "1"


@pytest.mark.parametrize("etag", ["1", 'W/"1"', '"een"', '"1", "2"'])
async def test_an_unreadable_version_is_refused(door: Any, services: Any, etag: str) -> None:
    answer = await door.post(
        "/v1/tickets/INC-2026-000001/_start", "agent", headers={"If-Match": etag}
    )
    door.problem(answer, 400, "header-unreadable")
    assert services.received == []


@pytest.mark.parametrize("path", ["/v1/tickets/", "/v1/nothing", "/v1", "/v1/tickets/A/B/C"])
async def test_an_unknown_path_and_a_trailing_slash_are_not_found(door: Any, path: str) -> None:
    door.problem(await door.get(path, "agent"), 404, "not-found")


async def test_a_method_that_a_path_does_not_have_is_refused_with_those_it_has(door: Any) -> None:
    answer = await door.request("DELETE", "/v1/tickets/INC-2026-000001", "agent")
    door.problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize(
    ("language", "spoken", "title"),
    [
        (None, "nl", "Niet gevonden"),
        ("nl-NL,nl;q=0.9,en;q=0.8", "nl", "Niet gevonden"),
        ("en-GB,en;q=0.9,nl;q=0.1", "en", "Not found"),
        ("de, en;q=0.5", "en", "Not found"),
        ("en;q=0", "nl", "Niet gevonden"),
        ("fr;q=x", "nl", "Niet gevonden"),
    ],
)
async def test_a_problem_speaks_the_callers_language(
    door: Any, language: str | None, spoken: str, title: str
) -> None:
    headers = {"Accept-Language": language} if language else {"Accept-Language": ""}
    answer = await door.get("/v1/nothing", "agent", headers=headers)
    assert door.problem(answer, 404, "not-found")["title"] == title
    assert answer.headers["content-language"] == spoken
    assert "Accept-Language" in answer.headers["vary"]


async def test_no_answer_in_time_tells_to_repeat_with_the_same_key(
    open_door: Any, services: Any
) -> None:
    door = await open_door(reply_timeout_seconds=0.2)
    services.answers["cmd.tickets.open-ticket"] = None
    answer = await door.post("/v1/tickets", "user-alfa", json=REPORT)
    assert "Idempotency-Key" in door.problem(answer, 504, "reply-late")["detail"]


async def test_a_defect_tells_nothing_of_the_inside(door: Any, services: Any) -> None:
    services.answers["qry.projection.tickets"] = {"nonsense": True}
    with structlog.testing.capture_logs() as logged:
        answer = await door.get("/v1/tickets", "agent")
    body = door.problem(answer, 500, "internal")
    assert [entry["event"] for entry in logged] == ["defect"]
    assert "KeyError" not in answer.text
    assert answer.headers["api-version"]
    assert set(body) <= {"type", "title", "status", "detail", "instance"}
