"""Figures that the projection computes itself, on any books, against a plain reference."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from chassis.command import Context
from contracts.finance.costs import BudgetLine
from services.finance.domain import treasury
from services.projection.finance_position_rows import Loan
from services.projection.finance_rows import CostPool
from services.projection.folds.finance import pools
from services.projection.recorded import Recorded
from services.projection.views.finance.budget import against_budget, booked_on, sums
from services.projection.views.finance.loans import average_rate, balance, series

NOW = datetime(2026, 6, 1, tzinfo=UTC)
amounts = st.decimals(-10_000, 10_000, places=2)
bookings = st.fixed_dictionaries(
    {
        "amount": amounts.map(str),
        "booked_on": st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(date.isoformat),
        "partner": st.sampled_from([None, "alfa", "beta"]),
        "structural": st.booleans(),
        "line": st.sampled_from([None, "Licenties", "Onbekend"]),
    }
)
years = st.dictionaries(st.integers(2021, 2035), st.decimals(0, 300_000, places=2), max_size=3)
loans = st.lists(st.tuples(st.integers(2018, 2030), st.decimals(-1, 8, places=2), years))


def recorded(place: int, data: dict[str, Any]) -> Recorded:
    return Recorded(place, "", "", "pool/2026-ict", place, "", NOW, data, orjson.dumps(data))


def context(*partners: str) -> Context:
    scope = frozenset(partners) or None
    return Context("", "p-1", frozenset({"client"}), scope, now=NOW, recorded_at=NOW)


def pool_of(booked: list[dict[str, Any]]) -> CostPool:
    lines = [{"line": "Licenties", "amount": "1000.00"}]
    told = {"year": 2026, "pool": "ict", "name": "ICT", "lines": lines}
    pool = pools.budget_set(None, recorded(1, told))
    for place, booking in enumerate(booked, start=2):
        pool = pools.booked(pool, recorded(place, booking))
    return pool


def total(booked: list[dict[str, Any]], *whose: str | None) -> Decimal:
    return sum((Decimal(each["amount"]) for each in booked if each["partner"] in whose), Decimal(0))


@given(st.lists(bookings))
def test_what_is_told_of_a_pool_adds_up_for_whoever_reads_it(
    booked: list[dict[str, Any]],
) -> None:
    pool = pool_of(booked)
    assert booked_on(pool) == total(booked, None, "alfa", "beta")
    for reader, whose in ((context(), (None, "alfa", "beta")), (context("alfa"), (None, "alfa"))):
        told = against_budget(pool, reader, closed=False)
        assert Decimal(told["booked"]) == total(booked, *whose)
        assert sum(map(Decimal, told["months"].values())) == Decimal(told["booked"])
        parts = [told[kind]["booked"] for kind in ("structural", "incidental")]
        assert sum(map(Decimal, parts)) == Decimal(told["booked"])
        direct = sum(map(Decimal, told["direct"].values()))
        assert Decimal(told["shared"]) + direct == Decimal(told["booked"])
        assert Decimal(told["remaining"]) == Decimal(told["budget"]) - Decimal(told["booked"])
        assert sums([told])["remaining"] == told["remaining"]


@given(st.lists(bookings))
def test_what_is_booked_on_lines_is_what_bookings_name(booked: list[dict[str, Any]]) -> None:
    told = against_budget(pool_of(booked), context(), closed=False)
    on_lines = sum(Decimal(line["booked"]) for line in told["lines"] if line["booked"])
    assert on_lines == total([each for each in booked if each["line"]], None, "alfa", "beta")
    assert Decimal(told["budget"]) == sum(Decimal(line["budget"]) for line in told["lines"])


@given(loans, st.integers(2018, 2036))
def test_loans_are_told_as_finance_counts_them(
    terms: list[tuple[int, Decimal, dict[int, Decimal]]], year: int
) -> None:
    principal = Decimal("1000000.00")
    reference = [treasury.Loan(principal, rate, first, plan, {}) for first, rate, plan in terms]
    rows = [
        Loan(
            aggregate=f"loan/{place}",
            version=1,
            stream_sequence=place,
            loan=str(place),
            lender="Bank",
            principal=str(principal),
            rate=str(rate),
            first_year=first,
            redemptions={str(when): str(amount) for when, amount in plan.items()},
            revisions={},
        )
        for place, (first, rate, plan) in enumerate(terms)
    ]
    assert sum(balance(row, year) for row in rows) == treasury.balance(reference, year)
    expected = treasury.average_rate(reference, year)
    assert average_rate(rows, year) == (None if expected is None else str(expected))
    told = {each["year"]: Decimal(each["balance"]) for each in series(rows)}
    assert told == {each: treasury.balance(reference, each) for each in told}


@given(st.integers(-99_999, 99_999))
def test_an_amount_is_told_with_two_decimals_however_it_was_given(whole: int) -> None:
    line = BudgetLine(line="Licenties", amount=Decimal(whole))
    assert line.model_dump(mode="json")["amount"] == f"{whole}.00"
