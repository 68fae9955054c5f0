"""The catalogue over HTTP with the services behind it: it reads back, and refuses what it must."""

import asyncio
import tomllib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.credentials import Credentials
from chassis.service import running
from chassis.settings import Settings
from chassis.testing.databases import Databases
from services.catalog.service import definition as catalog
from services.projection.service import compose as projection

KEEPER = "catalogue-manager"
CONTENT = {
    "name": "Werkplek",
    "domain": "ict",
    "tier": "basic",
    "included": ["Laptop"],
    "unit": "workplace",
    "tariffs": {"2026": "900.00"},
    "owner": "ICT",
}
NORM = {
    "responseMinutes": 60,
    "resolutionMinutes": 480,
    "calendar": "kantoor",
    "targetPercentage": "90.00",
}
LEVEL = {
    "domain": "ict",
    "item": "ICT-WP-01",
    "kind": "incident",
    "priority": 1,
    "norm": NORM,
    "validFrom": "2026-01-01",
}
CALENDAR = {
    "calendar": "kantoor",
    "name": "Kantooruren",
    "validFrom": "2026-01-01",
    "hours": [{"weekday": 1, "opens": "08:00", "closes": "17:00"}],
}
MARKS = {"quality": "7.5", "speed": "7.5", "communication": "7.7"}
TARGET = {"partner": "alfa", "domain": "ict", "target": MARKS, "validFrom": "2026-01-01"}
ALFA = {
    "partner": "alfa",
    "name": "Alfa",
    "kind": "municipality",
    "oin": "00000001001111111000",
    "joinedOn": "2020-01-01",
}
DVO = {"agreement": "DVO-ALFA", "partner": "alfa", "startsOn": "2026-01-01", "items": ["ICT-WP-01"]}
AMENDMENT = {"validFrom": "2026-07-01", "items": ["ICT-WP-01"]}
DEVIATION = {"domain": "ict", "kind": "incident", "priority": 1, "norm": NORM}
COUNTS = {"year": 2026, "residents": 1000, "workplaces": 100}
SET_UP: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/v1/partners", ALFA),
    ("/v1/partners", ALFA | {"partner": "beta", "name": "Beta", "oin": "0" * 20}),
    ("/v1/partners/alfa/statistics", COUNTS),
    ("/v1/calendars", CALENDAR),
    ("/v1/catalogue-items", {"item": "ICT-WP-01", "content": CONTENT}),
    ("/v1/catalogue-items/ICT-WP-01/_publish", {"validFrom": "2026-01-01"}),
    ("/v1/catalogue-items", {"item": "ICT-DR-01", "content": CONTENT}),
    ("/v1/catalogue-items", {"item": "ICT-OLD-01", "content": CONTENT}),
    ("/v1/catalogue-items/ICT-OLD-01/_publish", {"validFrom": "2026-01-01"}),
    ("/v1/catalogue-items/ICT-OLD-01/_retire", {"retiredFrom": "2026-03-01"}),
    ("/v1/service-levels", LEVEL),
    ("/v1/experience-targets", TARGET),
    ("/v1/agreements", DVO),
    ("/v1/agreements", DVO | {"agreement": "DVO-BETA", "partner": "beta"}),
    ("/v1/agreements/DVO-BETA/_end", {"endsOn": "2026-12-31"}),
    ("/v1/partners/beta/_withdraw", {"leavesOn": "2999-12-31"}),
)


@pytest_asyncio.fixture(scope="module")
async def everything(
    nats_url: str, credentials: Credentials, databases: Databases, module_stream: Connection
) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases.fresh("catalog", "projection"))
        for definition in (catalog, projection()):
            settings = Settings(
                nats_url=nats_url,
                nats_seed_file=credentials.seed_file(definition.name),
                database_url=urls[definition.name].runtime,
                relay_poll_seconds=0.2,
                stop_seconds=3.0,
            )
            await stack.enter_async_context(running(definition, settings))
        yield


@pytest_asyncio.fixture(scope="module")
async def office(everything: None, open_door: Any) -> Any:
    """A gateway in front of a catalogue for two partners, all of it made over HTTP."""
    door = await open_door()
    for path, body in SET_UP:
        answer = await door.post(path, KEEPER, json=body)
        assert answer.status_code in (200, 201), (path, answer.text)
    await seen(door, "/v1/partners/beta", 2)
    return door


async def seen(door: Any, path: str, version: int) -> dict[str, Any]:
    """The resource, once the read model holds this version of it."""
    async with asyncio.timeout(10):
        while True:
            answer = await door.get(path, KEEPER)
            if answer.headers.get("etag") == f'"{version}"':
                found: dict[str, Any] = answer.json()
                return found
            await asyncio.sleep(0.05)


async def test_what_was_set_reads_back_under_its_etag(office: Any) -> None:
    calendar = await seen(office, "/v1/calendars/kantoor", 1)
    assert calendar["versions"][0]["hours"] == [
        {"weekday": 1, "opens": "08:00:00", "closes": "17:00:00"}
    ]
    level = await seen(office, "/v1/service-levels/ict/ICT-WP-01/incident/1", 1)
    assert level["versions"][0]["norm"]["resolutionMinutes"] == 480
    target = await seen(office, "/v1/experience-targets/alfa/ict", 1)
    assert target["versions"] == [{"validFrom": "2026-01-01", "target": MARKS}]
    agreement = await seen(office, "/v1/agreements/DVO-BETA", 2)
    assert (agreement["ended"], agreement["endsOn"]) == (True, "2026-12-31")
    for path in ("calendars", "service-levels", "experience-targets", "agreements"):
        assert (await office.get(f"/v1/{path}", KEEPER)).json()["items"], path


@pytest.mark.parametrize(
    "path",
    [
        "/v1/calendars/weekend",
        "/v1/service-levels/ict/-/incident/1",
        "/v1/experience-targets/alfa/hr",
        "/v1/agreements/DVO-NIETS",
        "/v1/catalogue-items/ICT-DR-01",
        "/v1/catalogue-records/ICT-XX-99",
    ],
)
async def test_what_was_not_set_is_not_found(office: Any, path: str) -> None:
    office.problem(await office.get(path, KEEPER), 404, "not-found")


async def test_a_partner_reads_nothing_of_another(office: Any) -> None:
    for path in ("/v1/agreements/DVO-BETA", "/v1/experience-targets/beta/ict"):
        office.problem(await office.get(path, "client-alfa"), 404, "not-found")
    mine = (await office.get("/v1/agreements", "client-alfa")).json()["items"]
    assert [agreement["agreement"] for agreement in mine] == ["DVO-ALFA"]
    for path in ("/v1/agreements?partner=beta", "/v1/experience-targets?partner=beta"):
        office.problem(await office.get(path, "client-alfa"), 404, "not-found")
    office.problem(await office.get("/v1/agreements", "user-alfa"), 403, "role-forbidden")


async def test_the_etag_of_an_item_counts_every_change_to_it(office: Any) -> None:
    path = "/v1/catalogue-items/ICT-OLD-01"
    assert (await seen(office, f"{path}?on=2026-01-01", 3))["version"] == 1
    stale = {"If-Match": '"2"'}
    late = {"validFrom": "2027-01-01", "content": CONTENT}
    answer = await office.post(f"{path}/_revise", KEEPER, json=late, headers=stale)
    assert office.problem(answer, 412, "version-stale")["params"] == {"expected": 2, "actual": 3}


async def test_keepers_see_drafts(office: Any) -> None:
    drafts = (await office.get("/v1/catalogue-records?status=draft", KEEPER)).json()
    assert [(item["item"], item["version"]) for item in drafts["items"]] == [("ICT-DR-01", None)]
    record = await seen(office, "/v1/catalogue-records/ICT-DR-01", 1)
    assert record["draft"]["included"] == ["Laptop"]
    office.problem(await office.get("/v1/catalogue-records", "agent"), 403, "role-forbidden")


async def test_a_preview_changes_nothing(office: Any) -> None:
    path = "/v1/catalogue-records/ICT-WP-01"
    content = CONTENT | {"name": "Digitale werkplek", "tariffs": {"2026": "1000.00"}}
    body = {"validFrom": "2026-01-02", "content": content}
    answer = await office.post(f"{path}/_preview", KEEPER, json=body)
    told = answer.json()
    assert answer.headers["etag"] == (await office.get(path, KEEPER)).headers["etag"] == '"2"'
    assert [change["field"] for change in told["changes"]] == ["name", "tariffs"]
    alfa, beta = told["partners"]
    assert alfa["years"] == [
        {
            "year": 2026,
            "before": "900.00",
            "after": "1000.00",
            "fixedByAgreement": False,
            "units": 100,
            "countedIn": 2026,
            "difference": "9972.60",
        }
    ]
    assert beta["years"][0]["difference"] is None
    wrong = {"validFrom": "2026-01-02", "content": CONTENT | {"name": "", "unit": "ton"}}
    problem = office.problem(
        await office.post(f"{path}/_preview", KEEPER, json=wrong), 400, "request-invalid"
    )
    assert {error["field"] for error in problem["errors"]} == {"content.name", "content.unit"}


BODIES: dict[str, dict[str, Any]] = {
    "partner": ALFA,
    "counts": COUNTS,
    "calendar": CALENDAR,
    "draft": {"item": "ICT-WP-01", "content": CONTENT},
    "revision": {"validFrom": "2027-01-01", "content": CONTENT},
    "level": LEVEL,
    "norm-correction": {"norm": NORM, "validFrom": "2026-01-01", "reason": "Verkeerd ingevoerd"},
    "calendar-correction": {
        **{name: value for name, value in CALENDAR.items() if name != "calendar"},
        "reason": "De vrijdag ontbrak",
    },
    "target": TARGET,
    "agreement": DVO,
    "amendment": AMENDMENT,
    "amendment-with-norms": AMENDMENT | {"deviatingNorms": [DEVIATION, DEVIATION]},
}
REFUSALS = tomllib.loads((Path(__file__).parent / "catalogue-refusals.toml").read_text())["refusal"]


def merged(body: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The body with what differs, on every level."""
    within = {
        name: merged(body[name], value)
        for name, value in other.items()
        if isinstance(value, dict) and name in body
    }
    return {**body, **other, **within}


@pytest.mark.parametrize(
    "refusal", REFUSALS, ids=lambda refusal: f"{refusal['refused']} {refusal['post']}"
)
async def test_what_cannot_be_is_refused_and_nothing_has_changed(
    office: Any, refusal: dict[str, Any]
) -> None:
    body = merged(BODIES.get(refusal.get("body", ""), {}), refusal.get("with", {}))
    status, slug = refusal["refused"].split()
    for language in ("nl", "en"):
        headers = {"Accept-Language": language}
        answer = await office.post(refusal["post"], KEEPER, json=body, headers=headers)
        problem = office.problem(answer, int(status), slug)
        assert answer.headers["content-language"] == language
        assert "{" not in problem["detail"]
    await seen(office, "/v1/agreements/DVO-ALFA", 1)
    await seen(office, "/v1/catalogue-records/ICT-WP-01", 2)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/partners", ALFA | {"oin": "0" * 19}, "oin"),
        ("/v1/partners", ALFA | {"oin": "O" * 20}, "oin"),
        ("/v1/partners/alfa/statistics", COUNTS | {"residents": -1}, "residents"),
        ("/v1/partners/alfa/statistics", COUNTS | {"workplaces": -1}, "workplaces"),
        ("/v1/experience-targets", TARGET | {"target": MARKS | {"speed": "11"}}, "target.speed"),
        ("/v1/experience-targets", TARGET | {"target": MARKS | {"speed": "0"}}, "target.speed"),
        ("/v1/service-levels", LEVEL | {"priority": 6}, "priority"),
        (
            "/v1/service-levels",
            LEVEL | {"norm": NORM | {"targetPercentage": "101"}},
            "norm.targetPercentage",
        ),
        (
            "/v1/catalogue-items",
            {"item": "ICT-N-01", "content": CONTENT | {"tariffs": {"2026": "-1"}}},
            "content.tariffs.2026",
        ),
    ],
)
async def test_a_field_that_cannot_be_so_is_named(
    office: Any, path: str, body: dict[str, Any], field: str
) -> None:
    answer = await office.post(path, KEEPER, json=body)
    problem = office.problem(answer, 400, "request-invalid")
    assert [error["field"] for error in problem["errors"]] == [field]
