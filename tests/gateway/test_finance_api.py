"""Finance over HTTP, with stand-ins behind the door: names, headers, filters, and what is sent."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.finance.service import definition
from services.gateway.access.finance import FINANCE

BODIES: dict[str, Any] = json.loads((Path(__file__).parent / "bodies.json").read_text())
NAMED = {
    "year": 2026,
    "pool": "ict",
    "invoice": "F2026-00001",
    "objection": "F2026-00001-1",
    "risk": "cyber",
    "case": "inkoop",
}
NOTHING = {"items": [], "total": 0, "page": 1, "size": 25, "sequence": 7}
RISK = {
    "name": "Cybercriminaliteit",
    "category": "ICT",
    "cause": "Gijzelsoftware",
    "gross": "500000.00",
    "net": "300000.00",
    "netLeast": "100000.00",
    "chance": 2,
    "owner": "CISO",
    "reviewOn": "2026-07-01",
}


async def test_a_budget_is_read_under_its_version_with_its_sequence(
    door: Any, services: Any
) -> None:
    answer = await door.get("/v1/budgets/2026/ict", "client-alfa")
    assert answer.headers["ETag"] == '"6"'
    body = answer.json()
    assert (body["aggregate"], body["sequence"]) == ("pool/2026-ict", 48)
    assert body["structural"]["remaining"] == "226000.00"
    assert services.last.body == {"year": 2026, "pool": "ict"}


@pytest.mark.parametrize(
    ("path", "query", "sent"),
    [
        ("/v1/budgets?year=2026&sort=-booked", "budgets", {"year": 2026, "sort": "-booked"}),
        ("/v1/bookings?structural=false", "bookings", {"structural": False}),
        ("/v1/charging-runs/2026-q1/lines?pool=ict", "charging-lines", {"run": "2026-q1"}),
        ("/v1/risks?reviewUntil=2026-06-30", "risks", {"review_until": "2026-06-30"}),
        ("/v1/resilience-assessments?from=2026-01-01", "resilience", {"from": "2026-01-01"}),
        ("/v1/interest-risk-assessments?to=2028", "interest-risk", {"to": 2028}),
        ("/v1/cost-per-resident?pool=ict&pool=hr", "cost-per-resident", {"pool": ["ict", "hr"]}),
        ("/v1/quote-comparisons?quote=b&quote=a", "quote-comparison", {"quotes": ["b", "a"]}),
        ("/v1/source-events?aggregate=pool/2026-ict&lastVersion=2", "finance-events", {}),
    ],
)
async def test_what_is_asked_goes_on_in_the_words_of_the_read_models(
    door: Any, services: Any, path: str, query: str, sent: dict[str, Any]
) -> None:
    answer = await door.get(path, "controller")
    assert answer.status_code == 200, answer.text
    assert answer.json()["sequence"] == 48
    assert services.last.subject == f"qry.projection.{query}"
    assert sent.items() <= services.last.body.items()


async def test_lists_come_in_pages_with_links(door: Any, services: Any) -> None:
    services.answers["qry.projection.bookings"] |= {"total": 4}
    answer = await door.get("/v1/bookings?pageSize=1&page=2", "controller")
    assert (services.last.body["page"], services.last.body["size"]) == (2, 1)
    assert 'rel="next"' in answer.headers["Link"]
    assert answer.json()["totals"] == {"amount": "104000.00"}


async def test_what_is_not_there_is_unknown_and_an_empty_list_is_empty(
    door: Any, services: Any
) -> None:
    for query in ("budgets", "business-cases", "settlements", "balance-sheets"):
        services.answers[f"qry.projection.{query}"] = NOTHING
    for path in (
        "/v1/budgets/2026/hr",
        "/v1/business-cases/onbekend",
        "/v1/settlements/2026",
        "/v1/balance-sheets/2026",
    ):
        door.problem(await door.get(path, "controller"), 404, "not-found")
    assert (await door.get("/v1/business-cases", "owner-alfa")).json()["items"] == []


async def test_a_risk_is_registered_where_it_can_be_read(door: Any, services: Any) -> None:
    body = {"risk": "cyber", "content": RISK}
    answer = await door.post("/v1/risks", "controller", json=body)
    assert (answer.status_code, answer.headers["Location"]) == (201, "/v1/risks/cyber")
    content = services.last.body["content"]
    assert (content["net_least"], content["review_on"]) == ("100000.00", "2026-07-01")


async def test_a_risk_is_changed_in_the_version_that_was_read(door: Any, services: Any) -> None:
    read = await door.get("/v1/risks/cyber", "controller")
    headers = {"If-Match": read.headers["ETag"], "Idempotency-Key": "een"}
    await door.post("/v1/risks/cyber/_update", "controller", json=RISK, headers=headers)
    first = services.last
    assert (first.subject, first.headers["Bodemplaat-Expected-Version"]) == (
        "cmd.finance.update-risk",
        "2",
    )
    await door.post("/v1/risks/cyber/_update", "controller", json=RISK, headers=headers)
    ids = {each.headers["Bodemplaat-Command-Id"] for each in (first, services.last)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/risks", {"risk": "cyber", "content": RISK | {"chance": 6}}, "content.chance"),
        ("/v1/risks", {"risk": "cyber", "content": RISK | {"colour": "red"}}, "content.colour"),
        ("/v1/reserves", {"reserve": "a", "name": "A", "validFrom": "2026-01-01"}, "amount"),
        (
            "/v1/resilience-assessments",
            {"on": "2026-01-01", "turnover": "1.00", "how": {"way": "simulation", "runs": 1}},
            "how.simulation.runs",
        ),
        ("/v1/interest-risk-assessments", {"budgetTotals": {}}, "budgetTotals"),
        (
            "/v1/business-cases/inkoop/results",
            {"theme": "inkoop", "result": {"year": 2026, "costsOneOff": "-1.00"}},
            "result.costsOneOff",
        ),
    ],
)
async def test_bad_input_is_refused_at_the_door_and_the_field_named(
    door: Any, services: Any, path: str, body: dict[str, Any], field: str
) -> None:
    answer = await door.post(path, "controller", json=body)
    problem = door.problem(answer, 400, "request-invalid")
    assert [error["field"] for error in problem["errors"]] == [field]
    assert services.received == []


async def test_every_order_of_finance_can_be_given_over_http(door: Any, services: Any) -> None:
    for rule in FINANCE:
        if rule.method == "POST" and rule.path.startswith("/v1/"):
            person = "controller" if "controller" in rule.cells else "client-alfa"
            answer = await door.post(
                rule.path.format(**NAMED), person, json=BODIES.get(rule.path, {})
            )
            assert answer.status_code in (200, 201), (rule.path, answer.text)
    sent = {each.subject.removeprefix("cmd.finance.") for each in services.received}
    assert sent >= definition.commands.keys() - {"import-rows"}  # a file, by way of the portal
