"""What finance decides and refuses about budgets, bookings and methods of charging."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.finance.charging import FixedKey, Participation, PerResident
from contracts.finance.sheets import BalanceSheet
from services.finance import commands, errors
from services.finance.domain import (
    catalogue,
    funding,
    method,
    pool,
    users,
)
from services.finance.domain.catalogue import Told

NEW_YEAR = date(2026, 1, 1)


def pool_after(books: Any, *orders: Any) -> pool.PoolYear:
    state = None
    for order in orders:
        for event in pool.decide(state, order, books.now, closed=False):
            state = pool.evolve(state, event)
    assert state is not None
    return state


def test_a_pool_adds_up_its_budget_and_what_was_booked(books: Any) -> None:
    state = pool_after(
        books,
        books.budget(),
        books.amendment("-10000.00"),
        books.cost("B-1", "250.50"),
        books.cost("B-2", "99.50", partner="zevenaar"),
        books.cost("B-3", "-0.50", partner="zevenaar"),
    )
    assert (state.version, state.original, state.budget) == (5, 410_000, 400_000)
    assert (state.shared, state.direct) == (Decimal("250.50"), {"zevenaar": Decimal("99.00")})
    assert state.booked == Decimal("349.50")


def test_an_original_budget_is_set_once(books: Any) -> None:
    with pytest.raises(errors.BudgetExists):
        pool_after(books, books.budget(), books.budget())


def test_a_pool_without_a_budget_takes_no_cost(books: Any) -> None:
    with pytest.raises(errors.PoolUnknown):
        pool_after(books, books.cost())


def test_a_booking_lies_in_its_year(books: Any) -> None:
    with pytest.raises(errors.OtherYear):
        pool_after(books, books.budget(), books.cost(booked_on=date(2025, 12, 31)))


def test_nothing_changes_in_a_closed_year(books: Any) -> None:
    state = pool_after(books, books.budget())
    for order in (books.budget(), books.amendment("1.00"), books.cost()):
        with pytest.raises(errors.YearClosed):
            pool.decide(state, order, books.now, closed=True)
    with pytest.raises(errors.YearClosed):
        method.decide(None, books.method(), books.now, closed=True)
    counting = commands.CountUsers(partner="zevenaar", year=2026, users=1)
    with pytest.raises(errors.YearClosed):
        users.decide(counting, books.now, closed=True)
    sheet = commands.RecordBalanceSheet(year=2026, sheet=BalanceSheet())
    with pytest.raises(errors.YearClosed):
        funding.record_balance(sheet, books.now, closed=True)


@pytest.mark.parametrize("kind", [FixedKey, Participation])
@pytest.mark.parametrize("rest", ["47.99", "48.01"])
def test_a_key_adds_up_to_a_hundred(books: Any, kind: Any, rest: str) -> None:
    shares = {"zevenaar": Decimal(52), "1stroom": Decimal(rest)}
    with pytest.raises(errors.SharesNotWhole):
        method.decide(None, books.method(kind(shares=shares)), books.now, closed=False)


def test_a_method_starts_after_the_one_before(books: Any) -> None:
    (first,) = method.decide(None, books.method(), books.now, closed=False)
    state = method.evolve(None, first)
    with pytest.raises(errors.MethodNotLater):
        method.decide(state, books.method(PerResident()), books.now, closed=False)
    later = books.method(PerResident(), valid_from=date(2026, 7, 1))
    (second,) = method.decide(state, later, books.now, closed=False)
    dated = method.evolve(state, second).dated()
    assert [(each.valid_from, each.source.first_version) for each in dated] == [
        (NEW_YEAR, 1),
        (date(2026, 7, 1), 2),
    ]


def told(aggregate: str, version: int, event: Any) -> Told:
    return Told(aggregate, version, event)


def test_partners_are_known_by_what_catalog_told(books: Any) -> None:
    partners = catalogue.fold(
        [
            told("partner/zevenaar", 1, books.joined()),
            told("partner/1stroom", 1, books.joined("1stroom", date(2019, 1, 1))),
            told("partner/zevenaar", 2, books.counted(key_percentage=Decimal(52))),
            told("partner/zevenaar", 3, books.counted(key_percentage=None)),
            told("partner/zevenaar", 4, books.leaving("zevenaar", date(2026, 6, 30))),
        ]
    )
    assert [member.partner for member in partners.ordered()] == ["1stroom", "zevenaar"]
    assert partners.ordered()[1].leaves_on == date(2026, 6, 30)
    counts = partners.counts_of(2026)
    assert counts["zevenaar", "residents"].source.first_version == 3
    assert ("zevenaar", "key") not in counts
    assert partners.counts_of(2025) == {}


def test_a_surcharge_holds_while_its_agreement_does(books: Any) -> None:
    partners = catalogue.fold([told("agreement/DVO-1", 1, books.signed(ends_on=date(2026, 6, 30)))])
    assert partners.surcharges_on(NEW_YEAR)["zevenaar"].value == 10
    assert partners.surcharges_on(date(2026, 7, 1)) == {}
    assert partners.surcharges_on(date(2025, 12, 31)) == {}
