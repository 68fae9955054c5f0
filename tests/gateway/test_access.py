"""Every route with every role and every foreign partner: the table is what happens."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from services.gateway import access
from services.gateway.access import TABLE, AccessUndecided, Row, guarded_router, public, row

PARTNERS = ("alfa", "beta")
PEOPLE = {
    **{
        f"{role}-{partner}": (role, frozenset({partner}))
        for role in ("user", "functional-administrator", "contract-manager", "client", "owner")
        for partner in PARTNERS
    },
    **{
        role: (role, None)
        for role in ("agent", "catalogue-manager", "controller", "privacy-officer")
    },
}
CLOSED = [rule for rule in TABLE if not rule.public]
BODIES: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "bodies.json").read_text())
"""What each route is posted, by its path."""
ASKED = {
    "/v1/source-events": "?aggregate=pool/2026-ict",
    "/v1/data-subjects": "?ticket=INC-2026-000001",
    "/v1/quote-comparisons": "?quote=toetreder&quote=toetreder-2",
    "/v1/reports/{report}/sources": "?source=tickets&where=measure:open",
}
"""What a route cannot do without."""


def name(rule: Row) -> str:
    return f"{rule.method} {rule.path}"


def address(rule: Row, partner: str) -> str:
    return rule.path.format(
        partner=partner,
        ticket="INC-2026-000001",
        window="MNT-2026-000001",
        correction="COR-2026-000001",
        major="MAJ-2026-000001",
        invoice="F2026-00001",
        objection="F2026-00001-1",
        year=2026,
        pool="ict",
        item="ICT-WP-01",
        agreement="DVO-2026",
        calendar="kantoor",
        domain="ict",
        kind="incident",
        priority=1,
        run="2026-q1",
        risk="cyber",
        case="inkoop",
        quote="toetreder",
        file="budget",
        form="csv",
        report="dashboard",
        kept="0" * 31 + "1",
        line=1,
        erasure="8d2f6a1c-4f0e-4f57-9a55-0d9f7f3d9a01",
    ) + ASKED.get(rule.path, "")


def combinations(rule: Row) -> Iterator[tuple[str, str, bool]]:
    """Who asks, for which partner, and whether the table lets them."""
    for person, (role, memberships) in PEOPLE.items():
        for partner in PARTNERS if "{partner}" in rule.path else ("alfa",):
            foreign = "{partner}" in rule.path and memberships and partner not in memberships
            yield person, partner, role in rule.cells and not foreign


async def asked(door: Any, rule: Row, person: str, partner: str) -> httpx.Response:
    """The answer's head; a live stream has no end."""
    own = PEOPLE[person][1]
    body = BODIES.get(rule.path)
    if body and body.get("partner") == "{own}":
        body = {**body, "partner": next(iter(own)) if own else "alfa"}
    if rule.path.startswith("/v1/"):
        headers = {"Authorization": f"Bearer {await door.token(person)}"}
    else:
        headers = await door.session(person)
    request = door.http.build_request(
        rule.method,
        address(rule, partner),
        headers=headers,
        json=body if rule.method == "POST" and rule.path.startswith("/v1/") else None,
    )
    answer = await door.http.send(request, stream=True)
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        await answer.aclose()
    else:
        await answer.aread()
    return answer


@pytest.mark.parametrize("rule", CLOSED, ids=name)
async def test_who_may_not_is_refused_and_no_service_hears_of_it(
    door: Any, services: Any, rule: Row
) -> None:
    for person, partner, allowed in combinations(rule):
        if allowed:
            continue
        answer = await asked(door, rule, person, partner)
        expected = 404 if PEOPLE[person][0] in rule.cells else 403
        assert answer.status_code == expected, (person, partner, answer.text)
    assert services.received == []


@pytest.mark.parametrize(
    "rule", [rule for rule in CLOSED if rule.path.startswith("/v1/")], ids=name
)
async def test_who_may_is_let_in_with_no_wider_scope_than_the_own(
    door: Any, services: Any, rule: Row
) -> None:
    for person, partner, allowed in combinations(rule):
        if not allowed:
            continue
        services.received.clear()
        answer = await asked(door, rule, person, partner)
        assert answer.status_code in (200, 201), (person, partner, answer.text)
        role, memberships = PEOPLE[person]
        for sent in services.received:
            assert set(sent.headers["Bodemplaat-Roles"].split(",")) == {role}
            scope = "*" if memberships is None else ",".join(memberships)
            assert sent.headers["Bodemplaat-Partners"] == scope


@pytest.mark.parametrize("rule", CLOSED, ids=name)
async def test_who_is_not_known_is_refused(door: Any, services: Any, rule: Row) -> None:
    answer = await door.request(rule.method, address(rule, "alfa"))
    if rule.path.startswith("/v1/"):
        door.problem(answer, 401, "token-missing")
    elif rule.method == "GET":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/inloggen")
    else:
        assert answer.status_code == 401
    assert services.received == []


async def test_a_session_of_the_portal_does_not_open_the_api(door: Any) -> None:
    """Another site's form could send the cookie along; it cannot send a bearer token."""
    headers = await door.session("agent")
    door.problem(await door.get("/v1/partners", headers=headers), 401, "token-missing")


async def test_a_ticket_for_a_foreign_partner_is_told_as_unknown(door: Any, services: Any) -> None:
    body = BODIES["/v1/tickets"] | {"partner": "beta"}
    answer = await door.post("/v1/tickets", "user-alfa", json=body)
    door.problem(answer, 404, "not-found")
    assert services.received == []


def test_every_role_has_a_way_in() -> None:
    given = {role for rule in TABLE for role in rule.cells}
    assert given == {role for role, _ in PEOPLE.values()}


def test_no_row_stands_twice() -> None:
    named = [name(rule) for rule in TABLE]
    assert len(named) == len(set(named))


def test_every_row_has_its_route(door: Any) -> None:
    assert sorted(map(name, TABLE)) == sorted(name(rule) for rule in decided(door.app))


def decided(app: FastAPI) -> Iterator[Row]:
    """The rows for which the application has a route."""
    for route in iter_route_contexts(app.routes):
        for method in getattr(route.original_route, "methods", None) or ("GET",):
            yield app.state.access[method, route.original_route.path]


def application(*routers: Any) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for router in routers:
        app.include_router(router)
    return app


def test_a_route_without_a_row_keeps_the_gateway_from_starting() -> None:
    router = guarded_router()
    router.get("/nieuw")(lambda: None)
    with pytest.raises(AccessUndecided, match="GET /nieuw has no row"):
        access.enforce(application(router))


def test_a_route_outside_the_guard_keeps_the_gateway_from_starting() -> None:
    app = application()
    app.get("/nieuw")(lambda: None)
    with pytest.raises(AccessUndecided, match="/nieuw stands outside the guard"):
        access.enforce(app, [public("GET /nieuw")])


def test_a_route_under_a_prefix_keeps_the_gateway_from_starting() -> None:
    router = guarded_router()
    router.get("/nieuw")(lambda: None)
    app = application()
    app.include_router(router, prefix="/v1")
    with pytest.raises(AccessUndecided, match="under a prefix"):
        access.enforce(app, [public("GET /nieuw"), public("GET /v1/nieuw")])


def test_a_row_for_a_role_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="operator"):
        row("GET /v1/tickets", all=("operator",))
