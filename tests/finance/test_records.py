"""The risk register, treasury and plans as they are recorded."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.finance.plans import YearAmounts
from contracts.finance.quotes import EntryAssumptions
from contracts.finance.sheets import BalanceSheet
from contracts.finance.treasury import CashLimitAssessed, Movement
from services.finance import commands, errors
from services.finance.domain import (
    funding,
    plan,
    risk,
)

NEW_YEAR = date(2026, 1, 1)


def entry(books: Any, code: str = "cybercrime", **content: Any) -> risk.RiskEntry:
    order = commands.RegisterRisk(risk=code, content=books.risk(**content))
    (event,) = risk.decide(None, order, books.now)
    return risk.evolve(None, event)


def test_a_risk_is_registered_updated_and_closed_for_good(books: Any) -> None:
    state = entry(books)
    update = commands.UpdateRisk(risk="cybercrime", content=books.risk(chance=4))
    (updated,) = risk.decide(state, update, books.now)
    state = risk.evolve(state, updated)
    assert state.content.chance == 4
    with pytest.raises(errors.RiskExists):
        risk.decide(
            state, commands.RegisterRisk(risk="cybercrime", content=books.risk()), books.now
        )
    closing = commands.CloseRisk(risk="cybercrime", closed_on=NEW_YEAR, reason="Verzekerd")
    (closed,) = risk.decide(state, closing, books.now)
    state = risk.evolve(state, closed)
    assert state.exposure() is None
    with pytest.raises(errors.RiskClosedBefore):
        risk.decide(state, update, books.now)
    with pytest.raises(errors.RiskUnknown):
        risk.decide(None, update, books.now)


@pytest.mark.parametrize(
    "wrong",
    [
        {"net": Decimal("750000.01")},
        {"net_least": Decimal("375000.01")},
        {"net": None, "net_least": Decimal("1.00")},
    ],
)
def test_amounts_of_a_risk_are_in_order(books: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(errors.NetAboveGross):
        entry(books, **wrong)


def reserve(books: Any, amount: str = "354000.00") -> risk.Reserve:
    order = commands.SetReserve(
        reserve="algemeen", name="Algemene reserve", valid_from=NEW_YEAR, amount=Decimal(amount)
    )
    (event,) = risk.set_reserve(None, order, books.now)
    return risk.evolve_reserve(None, event)


def test_resilience_is_assessed_over_the_register_as_it_stands(books: Any) -> None:
    register = [
        entry(books),
        entry(books, "pro-memorie", gross=None, net=None),
        entry(books, "other", net=Decimal("355000.00")),
    ]
    order = commands.AssessResilience(
        on=date(2026, 12, 31), turnover=Decimal("22935000.00"), how=commands.ByPercentage()
    )
    (found,) = risk.assess_resilience(order, register, [reserve(books)], books.now)
    assert (found.capacity, found.total, found.needed) == (354_000, 730_000, 365_000)
    assert (found.way, found.percentage, found.grade) == ("percentage", 50, "D")
    assert found.of_total == Decimal("0.4849")
    assert [(part.risk, part.net) for part in found.risks][1] == ("pro-memorie", None)


def test_a_reserve_counts_from_its_day(books: Any) -> None:
    state = reserve(books)
    assert state.amount(date(2025, 12, 31)) == 0
    assert state.amount(NEW_YEAR) == 354_000
    again = commands.SetReserve(
        reserve="algemeen", name="Algemene reserve", valid_from=NEW_YEAR, amount=Decimal(1)
    )
    with pytest.raises(errors.ReserveNotLater):
        risk.set_reserve(state, again, books.now)


def test_a_simulation_tells_how_it_was_done(books: Any) -> None:
    order = commands.AssessResilience(
        on=NEW_YEAR, turnover=Decimal(0), how=commands.BySimulation(runs=100, seed=3, certainty=80)
    )
    (found,) = risk.assess_resilience(order, [entry(books)], [reserve(books)], books.now)
    assert (found.runs, found.seed, found.certainty) == (100, 3, 80)


def loan(**other: Any) -> commands.RegisterLoan:
    usual: dict[str, Any] = {
        "loan": "BNG-1",
        "lender": "Bank",
        "principal": Decimal("1000.00"),
        "rate": Decimal("-0.27"),
        "first_year": 2022,
        "redemptions": {2023: Decimal("400.00")},
    }
    return commands.RegisterLoan(**usual | other)


@pytest.mark.parametrize("principal", ["0.00", "-1.00"])
def test_a_loan_is_more_than_nothing(books: Any, principal: str) -> None:
    with pytest.raises(errors.LoanNegative):
        funding.register_loan(None, loan(principal=Decimal(principal)), books.now)


def test_a_loan_is_registered_once_and_redeemed_at_most_whole(books: Any) -> None:
    (event,) = funding.register_loan(None, loan(), books.now)
    state = funding.evolve_loan(None, event)
    assert state.terms().balance(2023) == 600
    with pytest.raises(errors.LoanExists):
        funding.register_loan(state, loan(), books.now)
    too_much = {2023: Decimal("600.00"), 2024: Decimal("400.01")}
    with pytest.raises(errors.RedemptionsExceedLoan):
        funding.register_loan(None, loan(redemptions=too_much), books.now)


def cash(month: int, debt: int, year: int = 2022) -> commands.RecordCashPosition:
    return commands.RecordCashPosition(
        year=year, month=month, floating_debt=Decimal(debt), budget_total=Decimal(22_935_000)
    )


def play(books: Any, *orders: commands.RecordCashPosition) -> list[CashLimitAssessed]:
    years: dict[int, funding.CashYear] = {}
    found = []
    for order in orders:
        state, before = years.get(order.year), years.get(order.year - 1)
        for event in funding.record_cash(state, before, order, books.now, closed=False):
            state = funding.evolve_cash(state, event)
            found += [event] if isinstance(event, CashLimitAssessed) else []
        assert state is not None
        years[order.year] = state
    return found


def test_the_third_month_assesses_the_quarter(books: Any) -> None:
    (found,) = play(books, cash(1, 462_000), cash(2, 462_000), cash(3, 462_000))
    assert (found.quarter, found.room, found.in_a_row) == (1, Decimal("1418670.00"), 0)


def test_a_row_of_quarters_goes_on_over_new_year(books: Any) -> None:
    over = [cash(month, 2_000_000) for month in range(7, 13)]
    over += [cash(month, 2_000_000, 2023) for month in (1, 2, 3)]
    found = play(books, *over)
    assert [(each.in_a_row, each.reportable) for each in found] == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_a_quarter_wants_all_its_months(books: Any) -> None:
    with pytest.raises(errors.QuarterIncomplete):
        play(books, cash(1, 0), cash(3, 0))


def test_a_balance_sheet_tells_its_ratios_and_the_emu_balance(books: Any) -> None:
    order = commands.RecordBalanceSheet(
        year=2022,
        sheet=BalanceSheet(equity=Decimal(1), balance_total=Decimal(4)),
        movements=[Movement(item="Vaste schuld", side="liabilities", amount=Decimal(2_040_000))],
    )
    (found,) = funding.record_balance(order, books.now, closed=False)
    assert (found.solvency, found.emu_balance) == (25, 2_040_000)
    assert found.net_debt_quota is None


def planned(books: Any) -> plan.BusinessCase:
    order = commands.PlanBusinessCase(
        case="blnp",
        name="Samenwerking",
        themes={"ict": [YearAmounts(year=2016, savings_structural=50, costs_one_off=131)]},
    )
    (event,) = plan.decide(None, order, books.now)
    return plan.evolve(None, event)


def test_a_result_is_held_against_the_plan(books: Any) -> None:
    order = commands.RecordBusinessCaseResult(
        case="blnp",
        theme="ict",
        result=YearAmounts(year=2016, savings_structural=30, costs_one_off=176),
    )
    (event,) = plan.decide(planned(books), order, books.now)
    (year,) = event.standing.years
    assert (year.savings_variance, year.costs_variance) == (-20, 45)
    assert (year.cumulative_planned, year.cumulative_expected) == (-81, -146)


def test_a_case_is_planned_once_and_its_themes_are_known(books: Any) -> None:
    order = commands.RecordBusinessCaseResult(
        case="blnp", theme="hr", result=YearAmounts(year=2016)
    )
    with pytest.raises(errors.ThemeUnknown):
        plan.decide(planned(books), order, books.now)
    with pytest.raises(errors.CaseUnknown):
        plan.decide(None, order, books.now)
    again = commands.PlanBusinessCase(case="blnp", name="Nog eens", themes={"hr": []})
    with pytest.raises(errors.CaseExists):
        plan.decide(planned(books), again, books.now)


def test_a_quote_is_given_once(books: Any) -> None:
    assumptions = EntryAssumptions(
        joins_on=NEW_YEAR, friction=Decimal(10), workplaces=0, price_per_workplace=Decimal(0)
    )
    order = commands.QuoteEntry(quote="westervoort", name="Westervoort", assumptions=assumptions)
    (event,) = plan.quote(None, order, books.now)
    assert event.total == 10
    with pytest.raises(errors.QuoteExists):
        plan.quote(plan.evolve_quote(None, event), order, books.now)
