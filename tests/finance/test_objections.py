"""Objections are raised within their term and answered once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contracts.finance.charging import Line
from services.finance import commands, errors
from services.finance.domain import invoice, objections

INVOICE = "F2026-00001"


@pytest.fixture
def bill() -> invoice.Invoice:
    line = Line(
        partner="zevenaar",
        pool="ict",
        method="direct",
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
        amount=Decimal(520),
        days=90,
        of_days=90,
        sources=(),
    )
    return invoice.Invoice(
        version=1,
        invoice=INVOICE,
        partner="zevenaar",
        run="2026-q1",
        issued_on=date(2026, 1, 5),
        lines=(line,),
        advanced=Decimal(0),
        total=Decimal(520),
    )


def raised(bill: Any, now: Any, *earlier: Any, line: int | None = 1) -> Any:
    order = commands.RaiseObjection(invoice=INVOICE, line=line, reason="Werkplekken ingeleverd")
    return objections.raise_objection(order, bill, earlier, now)


def answered(order: Any, state: Any, now: Any) -> Any:
    found = objections.require_open(INVOICE + "-1", state)
    if isinstance(order, commands.RejectObjection):
        return objections.reject(order, found, now)
    return objections.uphold(order, found, now, credit_note="F2026-00002", corrected=None)


def test_an_objection_tells_when_its_answer_comes(books: Any, bill: Any) -> None:
    event = raised(bill, books.now)
    assert (event.objection, event.partner) == ("F2026-00001-1", "zevenaar")
    assert (event.raised_on, event.answer_by) == (date(2026, 1, 5), date(2026, 2, 16))


def test_the_term_counts_in_dutch_days(bill: Any) -> None:
    last = datetime(2026, 2, 16, 22, 59, tzinfo=UTC)
    assert raised(bill, last).raised_on == date(2026, 2, 16)
    with pytest.raises(errors.ObjectionTermPassed) as refusal:
        raised(bill, last.replace(hour=23))
    assert refusal.value.params["last"] == "2026-02-16"


def test_the_same_is_not_disputed_twice_at_once(books: Any, bill: Any) -> None:
    first = objections.evolve(None, raised(bill, books.now))
    with pytest.raises(errors.ObjectionOpen):
        raised(bill, books.now, first)
    whole = raised(bill, books.now, first, line=None)
    assert whole.objection == "F2026-00001-2"
    no = commands.RejectObjection(objection=first.objection, reason="De sleutel is afgesproken")
    rejected = objections.evolve(first, answered(no, first, books.now))
    assert raised(bill, books.now, rejected).objection == "F2026-00001-2"


def test_what_is_not_disputable_is_refused(books: Any, bill: Any) -> None:
    with pytest.raises(errors.InvoiceLineUnknown):
        raised(bill, books.now, line=2)
    with pytest.raises(errors.ObjectionToCreditNote):
        raised(bill.model_copy(update={"corrects": "F2025-00009"}), books.now)
    with pytest.raises(errors.InvoiceCreditedBefore):
        raised(bill.model_copy(update={"credited_by": "F2026-00002"}), books.now)


def test_an_objection_is_answered_once(books: Any, bill: Any) -> None:
    state = objections.evolve(None, raised(bill, books.now))
    no = commands.RejectObjection(objection=state.objection, reason="Nee")
    yes = commands.UpholdObjection(
        objection=state.objection, reason="Ja", issued_on=date(2026, 1, 12)
    )
    upheld = objections.evolve(state, answered(yes, state, books.now))
    assert (upheld.status, upheld.version) == ("upheld", 2)
    with pytest.raises(errors.ObjectionAnswered):
        answered(no, upheld, books.now)
    with pytest.raises(errors.ObjectionUnknown):
        answered(no, None, books.now)
