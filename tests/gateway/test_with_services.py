"""The door with the services behind it: two partners, and neither sees anything of the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.credentials import Credentials
from chassis.service import running
from chassis.settings import Settings
from chassis.testing.databases import Databases
from services.catalog.service import definition as catalog
from services.projection.service import compose as projection
from services.tickets.service import define as tickets

PARTNERS = {"alfa": "00000001001111111000", "beta": "00000001002222222000"}
CONTENT = {
    "name": "Werkplek",
    "domain": "ict",
    "tier": "basic",
    "unit": "workplace",
    "tariffs": {"2026": "900.00"},
    "owner": "ICT",
}
NORM = {
    "responseMinutes": 60,
    "resolutionMinutes": 480,
    "calendar": None,
    "targetPercentage": "90.00",
}
REPORT: dict[str, Any] = {
    "kind": "incident",
    "title": "Printer stuk",
    "description": "Op de gang",
    "item": "ICT-WP-01",
    "impact": 2,
    "urgency": 2,
}


@pytest_asyncio.fixture(scope="module")
async def everything(
    nats_url: str, credentials: Credentials, databases: Databases, module_stream: Connection
) -> AsyncIterator[None]:
    """Catalog, tickets and projection, each on a database of its own."""
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases.fresh("catalog", "tickets", "projection"))
        for definition in (catalog, tickets(), projection()):
            settings = Settings(
                nats_url=nats_url,
                nats_seed_file=credentials.seed_file(definition.name),
                database_url=urls[definition.name].runtime,
                relay_poll_seconds=0.2,
                timer_poll_seconds=0.2,
                stop_seconds=3.0,
            )
            await stack.enter_async_context(running(definition, settings))
        yield


@pytest_asyncio.fixture(scope="module")
async def centre(everything: None, open_door: Any) -> Any:
    """A gateway in front of a small catalogue for two partners, all of it made over HTTP."""
    door = await open_door()
    for path, body in _catalogue():
        answer = await door.post(path, "catalogue-manager", json=body)
        assert answer.status_code in (200, 201), answer.text
    for partner in PARTNERS:
        await _known(door, f"/v1/catalogue-items/ICT-WP-01?partner={partner}")
        await _reportable(door, partner)
    return door


def _catalogue() -> list[tuple[str, dict[str, Any]]]:
    since = {"validFrom": "2026-01-01"}
    registrations = [
        (
            "/v1/partners",
            {
                "partner": slug,
                "name": slug.capitalize(),
                "kind": "municipality",
                "oin": oin,
                "joinedOn": "2020-01-01",
            },
        )
        for slug, oin in PARTNERS.items()
    ]
    levels = [
        (
            "/v1/service-levels",
            {"domain": "ict", "kind": "incident", "priority": priority, "norm": NORM} | since,
        )
        for priority in range(1, 6)
    ]
    return [
        *registrations,
        ("/v1/catalogue-items", {"item": "ICT-WP-01", "content": CONTENT}),
        ("/v1/catalogue-items/ICT-WP-01/_publish", since),
        *levels,
    ]


async def _known(door: Any, path: str) -> None:
    async with asyncio.timeout(10):
        while (await door.get(path, "agent")).status_code != 200:  # noqa: ASYNC110  nothing tells
            await asyncio.sleep(0.05)


async def _reportable(door: Any, partner: str) -> None:
    """The ticket service has heard of the partner and of the norms."""
    async with asyncio.timeout(10):
        while True:
            answer = await door.post("/v1/tickets", f"user-{partner}", json=REPORT)
            if answer.status_code == 201:
                path = f"{answer.headers['location']}?atLeast=1"
                if (await door.get(path, "agent")).json()["responseDue"]:
                    return
            await asyncio.sleep(0.05)


async def reported(door: Any, person: str, **other: Any) -> str:
    """The number of a new ticket that the read model holds."""
    answer = await door.post("/v1/tickets", person, json=REPORT | other)
    assert answer.status_code == 201, answer.text
    number: str = answer.json()["ticket"]
    assert (await door.get(f"/v1/tickets/{number}?atLeast=1", "agent")).status_code == 200
    return number


async def test_a_reported_ticket_is_there_with_its_due_moments(centre: Any) -> None:
    number = await reported(centre, "user-alfa")
    answer = await centre.get(f"/v1/tickets/{number}", "user-alfa")
    ticket = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert (ticket["status"], ticket["priority"], ticket["partner"]) == ("new", 3, "alfa")
    assert ticket["responseDue"] < ticket["resolutionDue"]
    assert ticket["text"]["title"] == "Printer stuk"
    assert ticket["text"]["requester"]["name"] == "user-alfa"
    assert number.startswith("INC-")


async def test_a_ticket_goes_its_way(centre: Any) -> None:
    number = await reported(centre, "user-alfa")
    path = f"/v1/tickets/{number}"
    version = 1
    for person, move, body, status in (
        ("agent", "assign", {"team": "Servicedesk"}, "assigned"),
        ("agent", "start", None, "in-progress"),
        ("agent", "pause", {"waitingOn": "user"}, "waiting"),
        ("agent", "resume", None, "in-progress"),
        ("agent", "prioritise", {"impact": 1, "urgency": 1}, "in-progress"),
        ("agent", "resolve", None, "resolved"),
        ("user-alfa", "reopen", {"reason": "nog steeds"}, "reopened"),
        ("agent", "start", None, "in-progress"),
        ("agent", "resolve", None, "resolved"),
        ("user-alfa", "close", None, "closed"),
    ):
        answer = await centre.post(
            f"{path}/_{move}", person, json=body, headers={"If-Match": f'"{version}"'}
        )
        assert answer.status_code == 200, (move, answer.text)
        version = answer.json()["version"]
        seen = (await centre.get(f"{path}?atLeast={version}", "user-alfa")).json()
        assert seen["status"] == status
    timeline = (await centre.get(f"{path}/timeline", "user-alfa")).json()["timeline"]
    assert [entry["version"] for entry in timeline] == list(range(1, version + 1))


async def test_the_same_key_gives_the_same_ticket_and_another_body_is_refused(
    centre: Any,
) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    answers = [
        await centre.post("/v1/tickets", "user-alfa", json=REPORT, headers=headers)
        for _ in range(3)
    ]
    assert len({answer.content for answer in answers}) == 1
    other = await centre.post(
        "/v1/tickets", "user-alfa", json=REPORT | {"title": "Anders"}, headers=headers
    )
    centre.problem(other, 409, "idempotency-key-reused")
    foreign = await centre.post("/v1/tickets", "user-beta", json=REPORT, headers=headers)
    assert foreign.json()["ticket"] != answers[0].json()["ticket"]


async def test_of_two_who_saw_the_same_version_one_is_refused(centre: Any) -> None:
    path = f"/v1/tickets/{await reported(centre, 'user-alfa')}/_assign"
    answers = await asyncio.gather(
        *(
            centre.post(path, "agent", json={"team": team}, headers={"If-Match": '"1"'})
            for team in ("Servicedesk", "Werkplek")
        )
    )
    refused, accepted = sorted(answers, key=lambda answer: -answer.status_code)
    assert accepted.status_code == 200
    body = centre.problem(refused, 412, "version-stale")
    assert body["params"] == {"expected": 1, "actual": 2}


async def test_an_illegal_move_names_the_legal_ones(centre: Any) -> None:
    number = await reported(centre, "user-alfa")
    answer = await centre.post(f"/v1/tickets/{number}/_resume", "agent")
    body = centre.problem(answer, 409, "ticket-move-illegal")
    assert "cancel" in body["params"]["allowed"]
    assert body["params"]["status"] == "new"


@pytest.mark.parametrize(
    ("person", "change", "status", "slug"),
    [
        ("agent", {"partner": "gamma"}, 404, "partner-unknown"),
        ("agent", {"partner": "alfa", "item": "ICT-XX-99"}, 404, "item-unknown"),
        ("user-alfa", {"partner": "beta"}, 404, "not-found"),
    ],
)
async def test_unknown_partners_and_items_are_refused(
    centre: Any, person: str, change: dict[str, str], status: int, slug: str
) -> None:
    answer = await centre.post("/v1/tickets", person, json=REPORT | change)
    centre.problem(answer, status, slug)


async def test_every_field_that_is_wrong_is_named_by_whoever_finds_it(centre: Any) -> None:
    norm = NORM | {"responseMinutes": 600}
    level = {"domain": "ict", "kind": "incident", "priority": 1, "validFrom": "2026-01-01"}
    answer = await centre.post(
        "/v1/service-levels", "catalogue-manager", json=level | {"norm": norm}
    )
    centre.problem(answer, 400, "norm-resolution-shorter")


FOREIGN = (
    "user-beta",
    "functional-administrator-beta",
    "contract-manager-beta",
    "client-beta",
)


@pytest.mark.parametrize("person", FOREIGN)
async def test_a_foreign_ticket_cannot_be_told_from_one_that_does_not_exist(
    centre: Any, person: str
) -> None:
    number = await reported(centre, "user-alfa")
    for suffix in ("", "/timeline", "?atLeast=1"):
        answers = [
            await centre.get(f"/v1/tickets/{ticket}{suffix}", person)
            for ticket in (number, "INC-2026-999999")
        ]
        bodies = [centre.problem(answer, 404, "not-found") for answer in answers]
        assert len({str(body | {"instance": ""}) for body in bodies}) == 1


@pytest.mark.parametrize("person", FOREIGN[:2])
async def test_a_foreign_ticket_cannot_be_moved(centre: Any, person: str) -> None:
    number = await reported(centre, "user-alfa")
    for move, body in (
        ("close", None),
        ("cancel", {"reason": "weg"}),
        ("reopen", {"reason": "x"}),
    ):
        answers = [
            await centre.post(f"/v1/tickets/{ticket}/_{move}", person, json=body)
            for ticket in (number, "INC-2026-999999")
        ]
        for answer in answers:
            centre.problem(answer, 404, "not-found")
    assert (await centre.get(f"/v1/tickets/{number}", "agent")).json()["version"] == 1


@pytest.mark.parametrize("person", FOREIGN)
async def test_lists_and_searches_hold_nothing_foreign(centre: Any, person: str) -> None:
    number = await reported(centre, "user-alfa")
    mine = await reported(centre, "user-beta")
    body = (await centre.get("/v1/tickets?pageSize=100", person)).json()
    assert {ticket["partner"] for ticket in body["items"]} == {"beta"}
    assert mine in {ticket["ticket"] for ticket in body["items"]}
    assert body["total"] == len(body["items"])
    assert (await centre.get(f"/v1/tickets?number={number}", person)).json()["total"] == 0
    answer = await centre.get("/v1/tickets?partner=alfa", person)
    centre.problem(answer, 404, "not-found")


async def test_a_user_sees_no_colleagues_tickets(centre: Any) -> None:
    number = await reported(centre, "functional-administrator-alfa")
    centre.problem(await centre.get(f"/v1/tickets/{number}", "user-alfa"), 404, "not-found")
    listed = (await centre.get("/v1/tickets?pageSize=100", "user-alfa")).json()["items"]
    assert number not in {ticket["ticket"] for ticket in listed}
    answer = await centre.post(f"/v1/tickets/{number}/_cancel", "user-alfa", json={"reason": "weg"})
    centre.problem(answer, 404, "not-found")


async def test_the_dashboard_counts_the_own_partner_only(centre: Any) -> None:
    before = (await centre.get("/v1/dashboards/beta", "contract-manager-beta")).json()
    await reported(centre, "user-alfa")
    await reported(centre, "user-beta")
    after = (await centre.get("/v1/dashboards/beta", "contract-manager-beta")).json()
    assert after["open"]["total"] == before["open"]["total"] + 1
    assert after["sequence"] > before["sequence"]
    answer = await centre.get("/v1/dashboards/alfa", "contract-manager-beta")
    centre.problem(answer, 404, "not-found")


async def test_an_export_holds_nothing_foreign(centre: Any) -> None:
    number = await reported(centre, "user-alfa")
    mine = await reported(centre, "user-beta")
    text = (await centre.get("/v1/ticket-exports/beta", "client-beta")).text
    assert mine in text
    assert number not in text
    assert "alfa" not in text
    answer = await centre.get("/v1/ticket-exports/alfa", "client-beta")
    centre.problem(answer, 404, "not-found")


async def test_the_event_stream_tells_of_a_change_and_of_nothing_foreign(centre: Any) -> None:
    headers = {"Authorization": f"Bearer {await centre.token('contract-manager-beta')}"}
    before = centre.app.state.live.listeners
    async with (
        asyncio.timeout(10),
        centre.http.stream("GET", "/v1/events", headers=headers) as events,
    ):
        while centre.app.state.live.listeners == before:  # noqa: ASYNC110  nothing tells
            await asyncio.sleep(0.01)
        foreign = await reported(centre, "user-alfa")
        mine = await reported(centre, "user-beta")
        async for line in events.aiter_lines():
            assert foreign not in line
            assert "alfa" not in line
            if mine in line:
                break


async def test_partners_see_themselves_only(centre: Any) -> None:
    answer = await centre.get("/v1/partners", "owner-beta")
    assert [partner["slug"] for partner in answer.json()["partners"]] == ["beta"]
    assert (await centre.get("/v1/partners/beta", "owner-beta")).json()["name"] == "Beta"
    centre.problem(await centre.get("/v1/partners/alfa", "owner-beta"), 404, "not-found")
    every = (await centre.get("/v1/partners", "controller")).json()["partners"]
    assert [partner["slug"] for partner in every] == ["alfa", "beta"]


async def test_the_catalogue_reads_as_it_was_published(centre: Any) -> None:
    body = (await centre.get("/v1/catalogue-items?search=werk", "user-alfa")).json()
    assert [item["item"] for item in body["items"]] == ["ICT-WP-01"]
    item = (await centre.get("/v1/catalogue-items/ICT-WP-01", "user-alfa")).json()
    assert {norm["priority"] for norm in item["norms"]} == {1, 2, 3, 4, 5}
    assert item["versions"] == [{"version": 1, "validFrom": "2026-01-01"}]
    again = await centre.post(
        "/v1/catalogue-items/ICT-WP-01/_publish",
        "catalogue-manager",
        json={"validFrom": "2026-02-01"},
    )
    centre.problem(again, 409, "item-move-illegal")
