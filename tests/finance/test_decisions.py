"""What finance decides and refuses, aggregate by aggregate."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.finance.charging import FixedKey, Participation, PerResident
from contracts.finance.plans import YearAmounts
from contracts.finance.quotes import EntryAssumptions
from contracts.finance.sheets import BalanceSheet
from contracts.finance.treasury import CashLimitAssessed, Movement
from services.finance import commands, errors
from services.finance.domain import (
    catalogue,
    funding,
    invoice,
    method,
    plan,
    pool,
    risk,
    run,
    users,
)
from services.finance.domain.catalogue import Told
from services.finance.domain.charging.facts import Facts, Member

NEW_YEAR = date(2026, 1, 1)


def pool_after(books: Any, *orders: Any) -> pool.PoolYear:
    state = None
    for order in orders:
        for event in pool.decide(state, order, books.now, closed=False):
            state = pool.evolve(state, event)
    assert state is not None
    return state


# Pools.


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


# Methods.


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


# Runs and invoices.


def inputs(books: Any, **other: Any) -> run.Inputs:
    (event,) = method.decide(None, books.method(), books.now, closed=False)
    usual: dict[str, Any] = {
        "pools": [pool_after(books, books.budget(), books.cost("B-1", "400000.00"))],
        "methods": {"ict": method.evolve(None, event)},
        "facts": Facts((Member("zevenaar", NEW_YEAR), Member("1stroom", NEW_YEAR))),
        "catalogue_sequence": 7,
        "time_sequence": 0,
        "advances": {},
    }
    return run.Inputs(**usual | other)


def run_of(books: Any, order: run.Order, **other: Any) -> tuple[Any, run.Run]:
    completed, *parts = run.decide(order, inputs(books, **other), books.now)
    state = run.evolve(None, completed)
    for part in parts:
        state = run.evolve(state, part)
    return completed, state


def test_the_advances_of_a_year_are_its_budget(books: Any) -> None:
    quarters = [run_of(books, run.advance_of(2026, quarter))[1] for quarter in (1, 2, 3, 4)]
    due = {
        partner: sum(each.allocations[partner].due for each in quarters)
        for partner in ("zevenaar", "1stroom")
    }
    assert sum(due.values()) == 410_000
    assert abs(due["zevenaar"] - Decimal("213200.00")) <= Decimal("0.04")


def test_a_run_freezes_what_it_took(books: Any) -> None:
    completed, state = run_of(books, run.advance_of(2026, 1))
    assert (completed.catalogue_sequence, completed.pools[0].version) == (7, 2)
    assert completed.cost == completed.charged == Decimal("101095.89")
    assert state.version == 3


def test_a_settlement_charges_actual_cost_less_the_advances(books: Any) -> None:
    advances = {"zevenaar": Decimal("213200.00"), "1stroom": Decimal("190000.00")}
    _, state = run_of(books, run.settlement_of(2026), advances=advances)
    parts = state.allocations
    assert (parts["zevenaar"].total, parts["zevenaar"].due) == (208_000, -5_200)
    assert (parts["1stroom"].total, parts["1stroom"].due) == (192_000, 2_000)


def test_who_only_paid_in_advance_gets_it_back(books: Any) -> None:
    _, state = run_of(books, run.settlement_of(2026), advances={"rsd": Decimal("10.00")})
    assert state.allocations["rsd"].due == -10
    assert state.allocations["rsd"].lines == ()


def issued(books: Any, run_: run.Run, partner: str = "zevenaar") -> invoice.Invoice:
    order = commands.IssueInvoice(run=run_.run, partner=partner, issued_on=NEW_YEAR)
    (event,) = invoice.issue("F2026-00001", order, run_, books.now)
    assert event.due_on == date(2026, 1, 31)
    return invoice.evolve(None, event)


def test_an_invoice_holds_the_lines_and_what_is_due(books: Any) -> None:
    _, state = run_of(books, run.advance_of(2026, 1))
    document = issued(books, state)
    assert document.total == state.allocations["zevenaar"].due
    assert sum(line.amount for line in document.lines) - document.advanced == document.total
    with pytest.raises(errors.AllocationUnknown):
        issued(books, state, "rsd")


def test_a_credit_note_takes_back_the_whole_invoice_once(books: Any) -> None:
    document = issued(books, run_of(books, run.advance_of(2026, 1))[1])
    order = commands.CreditInvoice(
        invoice=document.invoice, issued_on=date(2026, 2, 1), reason="Sleutel verkeerd"
    )
    note, credited = invoice.credit("F2026-00002", order, document, books.now)
    assert (note.kind, note.total, note.corrects) == ("credit-note", -document.total, "F2026-00001")
    assert sum(line.amount for line in note.lines) == note.total
    with pytest.raises(errors.InvoiceCreditedBefore):
        invoice.credit("F2026-00003", order, invoice.evolve(document, credited), books.now)
    with pytest.raises(errors.CreditNoteFinal):
        invoice.credit("F2026-00003", order, invoice.evolve(None, note), books.now)
    with pytest.raises(errors.InvoiceUnknown):
        invoice.credit("F2026-00003", order, None, books.now)
    early = order.model_copy(update={"issued_on": date(2025, 12, 31)})
    with pytest.raises(errors.CreditedBeforeIssued):
        invoice.credit("F2026-00003", early, document, books.now)


# Risks.


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


# Treasury.


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


# Plans.


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


# What catalog told.


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
