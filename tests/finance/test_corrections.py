"""An invoice put right: what was issued stays, and the sums of all documents are right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.finance.charging import Line, Source
from services.finance import errors
from services.finance.domain import invoice
from services.finance.domain.corrections import Correction, PutRight, put_right

JANUARY = date(2026, 1, 5)
NUMBERS = ("F2026-00002", "F2026-00003")
CENTS = st.decimals(Decimal("-99999.99"), Decimal("99999.99"), places=2)


def line(amount: Decimal) -> Line:
    return Line(
        partner="zevenaar",
        pool="ict",
        method="fixed-key",
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
        amount=amount,
        of_amount=Decimal("1000.00"),
        driver="key",
        count=Decimal(52),
        of_count=Decimal(100),
        days=90,
        of_days=90,
        sources=(Source(aggregate="pool/2026-ict", first_version=1, last_version=1),),
    )


def document(*amounts: Decimal, advanced: Decimal = Decimal("0.00")) -> invoice.Invoice:
    return invoice.Invoice(
        version=1,
        invoice="F2026-00001",
        partner="zevenaar",
        run="2026-q1",
        issued_on=JANUARY,
        lines=tuple(map(line, amounts)),
        advanced=advanced,
        total=sum(amounts, Decimal(0)) - advanced,
    )


def corrected(books: Any, state: Any, amounts: dict[int, Decimal], **other: Any) -> PutRight:
    usual: dict[str, Any] = {"issued_on": date(2026, 1, 12), "days_to_pay": 30, "reason": "Telling"}
    order = Correction(invoice="F2026-00001", amounts=amounts, **usual | other)
    return put_right(NUMBERS, order, state, books.now)


@given(amounts=st.lists(CENTS, min_size=1, max_size=6), data=st.data(), advanced=CENTS)
def test_the_documents_together_come_to_the_corrected_sum(
    books: Any, amounts: list[Decimal], data: st.DataObject, advanced: Decimal
) -> None:
    places = data.draw(st.sets(st.integers(1, len(amounts)), min_size=1))
    other = st.decimals(Decimal("100000.00"), Decimal("200000.00"), places=2)
    wanted = {place: data.draw(other) for place in places}
    old = document(*amounts, advanced=advanced)

    made = corrected(books, old, wanted)
    new = made.corrected

    assert new is not None
    assert old.total + made.note.total == 0, "the old invoice is taken back whole"
    right = [wanted.get(place, amount) for place, amount in enumerate(amounts, start=1)]
    assert new.total == sum(right, Decimal(0)) - advanced
    assert sum((each.amount for each in new.lines), Decimal(0)) - new.advanced == new.total
    assert new.lines[: len(amounts)] == old.lines, "what was explained stays as it was"
    assert old.total + made.note.total + new.total == new.total


def test_a_correction_is_a_line_that_names_what_it_puts_right(books: Any) -> None:
    told = Source(aggregate="objection/F2026-00001-1", first_version=1, last_version=1)
    made = corrected(books, document(Decimal(520)), {1: Decimal(500)}, sources=(told,)).corrected
    assert made is not None
    assert (made.replaces, made.credit_note, made.invoice) == ("F2026-00001", *NUMBERS)
    (change,) = made.corrections
    assert (change.line, change.was, change.amount) == (1, 520, 500)
    difference = made.lines[-1]
    assert (difference.method, difference.amount) == ("correction", -20)
    assert [source.aggregate for source in difference.sources] == [
        "invoice/F2026-00001",
        "objection/F2026-00001-1",
    ]
    assert made.due_on == date(2026, 2, 11)


def test_a_corrected_invoice_can_be_put_right_once_more(books: Any) -> None:
    first = corrected(books, document(Decimal(520)), {1: Decimal(500)}).corrected
    assert first is not None
    state = invoice.evolve(None, first)
    again = corrected(books, state, {1: Decimal(510)}).corrected
    assert again is not None
    assert (again.replaces, again.total) == ("F2026-00003", 490)
    assert state.corrects is None


def test_without_amounts_the_invoice_is_only_taken_back(books: Any) -> None:
    made = corrected(books, document(Decimal(520)), {})
    assert made.corrected is None
    assert made.note.total == -520


def test_what_cannot_be_put_right_is_refused(books: Any) -> None:
    state = document(Decimal(520))
    with pytest.raises(errors.InvoiceLineUnknown):
        corrected(books, state, {2: Decimal(1)})
    with pytest.raises(errors.CorrectionChangesNothing):
        corrected(books, state, {1: Decimal("520.00")})
    with pytest.raises(errors.InvoiceUnknown):
        corrected(books, None, {1: Decimal(1)})
    with pytest.raises(errors.CreditedBeforeIssued):
        corrected(books, state, {1: Decimal(1)}, issued_on=date(2026, 1, 4))
    taken_back = invoice.evolve(state, corrected(books, state, {}).credited)
    with pytest.raises(errors.InvoiceCreditedBefore):
        corrected(books, taken_back, {1: Decimal(1)})
