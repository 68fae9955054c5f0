"""How invoices name who sends them and who gets them."""

from datetime import date
from typing import Any

import pytest

from contracts.finance.parties import BillingDetails
from services.finance import commands, errors
from services.finance.domain import parties

CENTRE: dict[str, Any] = {
    "name": "ICT-dienst",
    "street": "Kerkstraat 27",
    "postal_code": "6901 AA",
    "city": "Zevenaar",
    "kvk": "12345678",
    "vat": "NL001234567B01",
    "iban": "NL91ABNA0417164300",
}


def described(books: Any, state: Any = None, *, on: int = 1, **other: Any) -> Any:
    order = commands.SetBillingDetails(
        valid_from=date(2026, 1, on), details=BillingDetails(**CENTRE | other)
    )
    (event,) = parties.decide(state, order, books.now)
    return event


def test_details_are_dated_and_never_rewritten(books: Any) -> None:
    state = parties.evolve(None, described(books))
    assert parties.evolve(state, described(books, state, on=2)).version == 2
    with pytest.raises(errors.BillingDetailsNotLater):
        described(books, state)


def test_who_sends_invoices_can_be_identified(books: Any) -> None:
    with pytest.raises(errors.IdentificationMissing):
        described(books, kvk=None)
    with pytest.raises(errors.VatNumberMissing):
        described(books, vat=None)
    assert described(books, vat=None, vat_treatment="outside-scope")


@pytest.mark.parametrize("iban", ["NL91ABNA0417164301", "NL19ABNA0417164300"])
def test_an_account_with_wrong_check_digits_is_refused(books: Any, iban: str) -> None:
    with pytest.raises(errors.IbanInvalid):
        described(books, iban=iban)


def test_a_partner_is_named_apart_from_the_centre() -> None:
    assert parties.key_of("centre") != parties.key_of(None)
