"""Charging runs, settlements, invoices and credit notes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.finance import commands, errors
from services.finance.domain import (
    invoice,
    method,
    pool,
    run,
)
from services.finance.domain.charging.facts import Facts, Member

NEW_YEAR = date(2026, 1, 1)


def pool_after(books: Any, *orders: Any) -> pool.PoolYear:
    state = None
    for order in orders:
        for event in pool.decide(state, order, books.now, closed=False):
            state = pool.evolve(state, event)
    assert state is not None
    return state


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
