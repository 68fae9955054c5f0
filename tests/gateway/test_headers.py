"""What stands around every answer: version, security, rate, and from whom it may be asked."""

from typing import Any

import pytest

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "cache-control": "no-store",
}


@pytest.mark.parametrize(
    ("path", "person"),
    [("/v1/partners", "agent"), ("/v1/partners", None), ("/v1/nothing", None)],
)
async def test_every_answer_of_the_api_carries_version_and_security_headers(
    door: Any, services: Any, path: str, person: str | None
) -> None:
    answer = await door.get(path, person)
    assert answer.headers["api-version"] == "1.0.0"
    assert answer.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert ALWAYS.items() <= dict(answer.headers).items()
    assert "server" not in answer.headers


async def test_pages_are_guarded_against_framing_too(door: Any) -> None:
    answer = await door.get("/problems")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert ALWAYS.items() <= dict(answer.headers).items()


async def test_any_web_page_may_use_the_api_but_not_the_portal(door: Any, services: Any) -> None:
    origin = {"Origin": "https://elders.example"}
    answer = await door.get("/v1/partners", "agent", headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answer.headers
    portal = await door.get("/inloggen", headers=origin)
    assert "access-control-allow-origin" not in portal.headers


async def test_a_browser_may_ask_first(door: Any) -> None:
    answer = await door.request(
        "OPTIONS",
        "/v1/tickets",
        headers={
            "Origin": "https://elders.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, idempotency-key, if-match",
        },
    )
    assert answer.status_code == 200
    assert "idempotency-key" in answer.headers["access-control-allow-headers"].lower()


async def test_who_asks_too_often_waits_and_others_do_not(open_door: Any, services: Any) -> None:
    door = await open_door(requests_per_minute=6)
    remaining = []
    for _ in range(6):
        answer = await door.get("/v1/partners", "agent")
        assert answer.status_code == 200
        assert answer.headers["ratelimit-policy"] == '"caller";q=6;w=60'
        remaining.append(answer.headers["ratelimit"].split(";")[1])
    assert remaining == ["r=5", "r=4", "r=3", "r=2", "r=1", "r=0"]
    refused = await door.get("/v1/partners", "agent")
    door.problem(refused, 429, "rate-exceeded")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert (await door.get("/v1/partners", "controller")).status_code == 200


async def test_a_refusal_counts_as_well(open_door: Any, services: Any) -> None:
    door = await open_door(requests_per_minute=6)
    for _ in range(6):
        assert (await door.post("/v1/calendars", "user-alfa", json={})).status_code == 403
    assert (await door.post("/v1/calendars", "user-alfa", json={})).status_code == 429


async def test_problem_types_lead_to_their_explanation(door: Any) -> None:
    listing = await door.get("/problems", headers={"Accept-Language": "en"})
    assert 'lang="en"' in listing.text
    assert '<a href="/problems/version-stale">Changed in the meantime</a>' in listing.text
    assert "Idempotency-Key" in (await door.get("/problems/reply-late")).text
    assert (await door.get("/problems/nothing")).status_code == 404


async def test_schemas_of_events_are_public(door: Any) -> None:
    answer = await door.get("/schemas/tickets/ticket-opened.v1.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/schema+json"
    for path in ("/schemas/tickets/nothing.json", "/schemas/..%2F..%2Fpyproject/toml"):
        door.problem(await door.get(path), 404, "not-found")
