"""Who sees what of finance, over every query; and what is told while there is nothing yet."""

import json
from pathlib import Path
from typing import Any

import pytest

from chassis.client import Caller
from services.projection.views.finance import VIEWS

OWN = frozenset({"zevenaar"})
STEERING = [Caller("p-1", frozenset({role}), OWN) for role in ("client", "contract-manager")]
OWNER = Caller("p-2", frozenset({"owner"}), OWN)
FOREIGN = Caller("p-3", frozenset({"owner", "client"}), frozenset({"1stroom"}))
OTHERS = [
    Caller("p-4", frozenset({"user"}), OWN),
    Caller("p-5", frozenset({"functional-administrator"}), OWN),
    Caller("a-1", frozenset({"agent"}), None),
    Caller("a-2", frozenset({"catalogue-manager"}), None),
]
STAND_INS = Path(__file__).parents[2] / "gateway" / "finance.json"
ASKED: dict[str, dict[str, Any]] = {
    "charging-lines": {"run": "2026-q1"},
    "own-costs": {"partner": "zevenaar", "year": 2026},
    "risk": {"risk": "cyber"},
    "cost-per-resident": {"benchmark": "ict-per-inwoner"},
    "quote-comparison": {"quotes": ["toetreder", "toetreder-2"]},
    "finance-events": {"aggregate": "pool/2026-ict"},
}
POSITION = {
    "risks",
    "risk",
    "reserves",
    "resilience",
    "loans",
    "cash-positions",
    "interest-risk",
    "balance-sheets",
    "indicators",
    "cost-per-resident",
    "business-cases",
}
KEEPERS = {"quotes", "quote-comparison"}
NAMED = {"own-costs", "risk", "quote-comparison"}
"""Queries about something that must exist."""


async def test_before_anything_was_told_lists_are_empty_and_totals_nothing(
    empty_books: Any,
) -> None:
    for query in VIEWS.keys() - NAMED:
        reply = await empty_books.ask(query, **ASKED.get(query, {}))
        assert reply["items"] == [], query
        assert reply.get("total", 0) == 0, query
    assert (await empty_books.ask("budgets"))["totals"]["budget"] == "0.00"
    assert (await empty_books.ask("loans"))["totals"]["average_rate"] is None
    for query in NAMED:
        assert (await empty_books.refusal(query, **ASKED[query])).slug == "not-found"


async def test_the_controller_is_told_everything(books: Any) -> None:
    for query in VIEWS:
        reply = await books.ask(query, **ASKED.get(query, {}))
        assert reply.get("items", [True]), query


@pytest.mark.parametrize("query", VIEWS)
async def test_nobody_else_is_told_more_than_the_role_allows(books: Any, query: str) -> None:
    asked = ASKED.get(query, {})
    for caller in OTHERS:
        assert (await books.refusal(query, caller, **asked)).slug == "not-found"
    for caller in STEERING:
        if query in POSITION | KEEPERS:
            assert (await books.refusal(query, caller, **asked)).slug == "not-found"
        else:
            await books.ask(query, caller, **asked)
    if query in KEEPERS:
        assert (await books.refusal(query, OWNER, **asked)).slug == "not-found"
    else:
        await books.ask(query, OWNER, **asked)


async def test_another_partner_learns_nothing_that_is_one_partners_own(books: Any) -> None:
    for query in VIEWS.keys() - KEEPERS - {"own-costs"}:
        told = str(await books.ask(query, FOREIGN, **ASKED.get(query, {})))
        if query != "cost-per-resident":  # names the partners whose residents were counted
            assert "zevenaar" not in told, query
            assert "duiven" not in told, query


async def test_a_client_opens_what_is_its_own_or_shared_and_nothing_else(books: Any) -> None:
    async def opened(aggregate: str) -> list[dict[str, Any]]:
        reply = await books.ask("finance-events", STEERING[0], aggregate=aggregate)
        return list(reply["items"])

    for aggregate in ("pool/2026-ict", "run/2026-q1", "users/2026-zevenaar", "partner/zevenaar"):
        told = await opened(aggregate)
        assert told, aggregate
        assert {each["partner"] for each in told} <= {None, "zevenaar"}
    for aggregate in ("users/2026-duiven", "partner/duiven", "invoice/F2026-00001"):
        assert await opened(aggregate) == []
    for aggregate in ("risk/cyber", "loan/BNG-1", "quote/toetreder"):
        assert await opened(aggregate) == []


async def test_an_owner_opens_where_the_centre_stands_but_no_quote(books: Any) -> None:
    for aggregate in ("risk/cyber", "loan/BNG-1", "case/inkoop", "indicator/2026-ict-per-inwoner"):
        assert (await books.ask("finance-events", OWNER, aggregate=aggregate))["items"], aggregate
    assert (await books.ask("finance-events", OWNER, aggregate="quote/toetreder"))["items"] == []


async def test_every_query_about_money_names_the_field_at_fault(books: Any) -> None:
    for query, field, asked in (
        ("budgets", "year", {"year": 1}),
        ("bookings", "size", {"size": 0}),
        ("charging-lines", "run", {"run": "every"}),
        ("quote-comparison", "quotes", {"quotes": ["toetreder"]}),
        ("risks", "colour", {"colour": "red"}),
    ):
        assert (await books.refusal(query, **asked)).field == field


async def test_the_doors_tests_are_answered_in_the_shapes_of_the_read_models(books: Any) -> None:
    told = json.loads(STAND_INS.read_text())
    for query in VIEWS:
        real = await books.ask(query, **ASKED.get(query, {}))
        assert shape(told[f"qry.projection.{query}"]) == shape(real), query


def shape(value: Any) -> Any:
    """Names all the way down, by the first of each list; amounts by year or partner aside."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items() if name not in BY_KEY}
    return [shape(value[0])] if isinstance(value, list) and value else None


BY_KEY = {"months", "direct", "data", "redemptions", "revisions"}
