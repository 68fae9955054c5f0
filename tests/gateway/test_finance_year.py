"""A year of a small cooperation over HTTP, with the real services behind the door, until closed."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.credentials import Credentials
from chassis.service import running
from chassis.settings import Settings
from chassis.testing.databases import Databases
from chassis.testing.stream import eventually
from services.catalog.service import definition as catalog
from services.finance.service import definition as finance
from services.projection.service import compose as projection

SHARES = {"alfa": "52", "beta": "48"}
LINE = {"line": "Maatregelen", "amount": "410000.00"}
BUDGET = {"year": 2026, "pool": "ict", "name": "ICT", "lines": [LINE]}
METHOD = {
    "pool": "ict",
    "validFrom": "2026-01-01",
    "method": {"method": "fixed-key", "shares": SHARES},
}
KEY_OF_52 = {"method": "fixed-key", "shares": {"alfa": "52"}}
COST = {
    "booking": "B-1",
    "bookedOn": "2026-02-03",
    "description": "Licenties",
    "amount": "100000.00",
}
DIRECT = {**COST, "booking": "B-2", "amount": "500.00", "partner": "beta"}
CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("/v1/budgets", {**BUDGET, "pool": "hr"}),
    (
        "/v1/budgets/2026/ict/_amend",
        {"amendedOn": "2026-05-01", "description": "Meer", "lines": [LINE]},
    ),
    ("/v1/budgets/2026/ict/bookings", {**COST, "booking": "B-9"}),
    ("/v1/charging-methods", {**METHOD, "validFrom": "2026-06-01"}),
    ("/v1/user-counts", {"partner": "alfa", "year": 2026, "users": 9}),
    ("/v1/charging-runs", {"year": 2026, "quarter": 2}),
    (
        "/v1/cash-positions",
        {"year": 2026, "month": 1, "floatingDebt": "1.00", "budgetTotal": "410000.00"},
    ),
    ("/v1/balance-sheets", {"year": 2026, "sheet": {}}),
]
READ = (
    "/v1/budgets",
    "/v1/budgets/2026/ict",
    "/v1/bookings",
    "/v1/charging-methods",
    "/v1/user-counts",
    "/v1/charging-runs",
    "/v1/charging-runs/2026-settlement",
    "/v1/charging-runs/2026-settlement/lines",
    "/v1/settlements/2026",
    "/v1/partners/alfa/costs/2026",
    "/v1/invoices",
)


@pytest_asyncio.fixture(scope="module")
async def services_behind(
    nats_url: str, credentials: Credentials, databases: Databases, module_stream: Connection
) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases.fresh("catalog", "finance", "projection"))
        for definition in (catalog, finance, projection()):
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


async def accepted(door: Any, path: str, body: dict[str, Any], person: str = "controller") -> Any:
    answer = await door.post(path, person, json=body)
    assert answer.status_code in (200, 201), answer.text
    return answer


async def found(door: Any, path: str, person: str = "controller") -> Any:
    """What can be read there, as soon as the read models hold it."""

    async def answered() -> Any:
        answer = await door.get(path, person)
        assert answer.status_code in (200, 404), answer.text
        return answer.json() if answer.status_code == 200 else None

    return await eventually(answered)


@pytest_asyncio.fixture(scope="module")
async def closed(services_behind: None, open_door: Any) -> Any:
    """Two partners pay 410,000 euro by the key 52/48; the year is settled and invoiced."""
    door = await open_door()
    for slug, oin in (("alfa", "1"), ("beta", "2")):
        partner = {
            "partner": slug,
            "name": slug.title(),
            "kind": "municipality",
            "oin": oin * 20,
            "joinedOn": "2020-01-01",
        }
        await accepted(door, "/v1/partners", partner, "catalogue-manager")
    await accepted(door, "/v1/budgets", BUDGET)
    await _when_known(door, "/v1/charging-methods", METHOD)
    await accepted(door, "/v1/user-counts", {"partner": "alfa", "year": 2026, "users": 4})
    await accepted(door, "/v1/budgets/2026/ict/bookings", COST)
    await accepted(door, "/v1/budgets/2026/ict/bookings", DIRECT)
    await accepted(door, "/v1/charging-runs", {"year": 2026, "quarter": 1})
    await accepted(door, "/v1/settlements", {"year": 2026})
    for partner in SHARES:
        issued = {"run": "2026-settlement", "partner": partner, "issuedOn": "2027-02-01"}
        last = await accepted(door, "/v1/invoices", issued)
    await found(door, last.headers["Location"])
    return door


async def _when_known(door: Any, path: str, body: dict[str, Any]) -> None:
    """Finance hears of partners a moment after they were registered."""

    async def taken() -> bool:
        answer = await door.post(path, "controller", json=body)
        assert answer.status_code in (200, 404), answer.text
        return bool(answer.status_code == 200)

    await eventually(taken)


@pytest.mark.parametrize(("path", "body"), CHANGES, ids=[path for path, _ in CHANGES])
async def test_nothing_in_a_closed_year_changes(
    closed: Any, path: str, body: dict[str, Any]
) -> None:
    before = [(await found(closed, read)) for read in READ]
    problem = closed.problem(await closed.post(path, "controller", json=body), 409, "year-closed")
    assert "2026" in problem["detail"]
    assert [(await found(closed, read)) for read in READ] == before


async def test_settling_again_gives_the_earlier_run(closed: Any) -> None:
    before = await found(closed, "/v1/charging-runs/2026-settlement")
    again = await accepted(closed, "/v1/settlements", {"year": 2026})
    assert again.json()["version"] == before["version"]
    assert await found(closed, "/v1/charging-runs/2026-settlement") == before


async def test_what_is_charged_adds_up_and_each_reads_its_own(closed: Any) -> None:
    whole = await found(closed, "/v1/charging-runs/2026-settlement/lines")
    assert whole["totals"] == {"amount": "100500.00"}
    mine = await found(closed, "/v1/charging-runs/2026-settlement/lines", "client-alfa")
    assert {line["partner"] for line in mine["items"]} == {"alfa"}
    year = await found(closed, "/v1/partners/alfa/costs/2026", "client-alfa")
    assert (year["closed"], year["charged"]) == (True, "52000.00")
    assert year["invoiced"] == year["settlement"]["due"]
    assert (await found(closed, "/v1/bookings", "client-alfa"))["total"] == 1
    foreign = await closed.get("/v1/partners/alfa/costs/2026", "client-beta")
    closed.problem(foreign, 404, "not-found")


async def test_a_line_is_opened_down_to_the_events_it_comes_from(closed: Any) -> None:
    (line,) = (await found(closed, "/v1/invoices", "client-alfa"))["items"][0]["lines"]
    opened = [
        event["type"].split(".")[3]
        for source in line["sources"]
        for event in await _opened(closed, source)
    ]
    assert opened == ["budget-set", "cost-booked", "charging-method-set"]


async def _opened(door: Any, source: dict[str, Any]) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in source.items())
    return list((await found(door, f"/v1/source-events?{query}", "client-alfa"))["items"])


async def test_a_refusal_names_the_field_and_the_rule(closed: Any) -> None:
    for path, body, field, slug in (
        (
            "/v1/charging-methods",
            {**METHOD, "validFrom": "2027-01-01", "method": KEY_OF_52},
            "method.shares",
            "shares-not-whole",
        ),
        (
            "/v1/loans",
            {
                "loan": "BNG-1",
                "lender": "Bank",
                "principal": "-1.00",
                "rate": "1.0",
                "firstYear": 2026,
                "redemptions": {},
            },
            "principal",
            "loan-negative",
        ),
        ("/v1/settlements", {"year": 2025}, "year", "budget-missing"),
    ):
        refused = (await closed.post(path, "controller", json=body)).json()
        (error,) = refused["errors"]
        assert (refused["type"].rpartition("/")[2], error["field"]) == (slug, field)
        assert error["rule"] == slug
        assert error["detail"] == refused["detail"]
