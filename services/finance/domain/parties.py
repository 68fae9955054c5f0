"""How an invoice names who sends it and who gets it: one set of details at a time."""

from datetime import date, datetime

from contracts.finance.parties import BillingDetails, BillingDetailsSet
from services.finance.commands import SetBillingDetails
from services.finance.domain.aggregate import Aggregate
from services.finance.errors import (
    BillingDetailsNotLater,
    IbanInvalid,
    IdentificationMissing,
    VatNumberMissing,
)

CENTRE = "centre"
_CHECK = 97


class BillingParty(Aggregate):
    valid_from: date


def key_of(partner: str | None) -> str:
    return CENTRE if partner is None else f"partner-{partner}"


def decide(
    state: BillingParty | None, command: SetBillingDetails, now: datetime
) -> tuple[BillingDetailsSet, ...]:
    """Raises `IdentificationMissing`, `VatNumberMissing`, `IbanInvalid` for what no invoice
    could be sent with, `BillingDetailsNotLater` for what would rewrite earlier documents.
    """
    if state is not None and command.valid_from <= state.valid_from:
        raise BillingDetailsNotLater("valid_from", previous=state.valid_from.isoformat())
    details = command.details
    if details.iban is not None and not iban_holds(details.iban):
        raise IbanInvalid("details.iban", iban=details.iban)
    if command.partner is None:
        _require_sender(details)
    return (BillingDetailsSet(occurred_at=now, **dict(command)),)


def _require_sender(details: BillingDetails) -> None:
    """NL-R-003: a Dutch sender names its KvK or OIN; BR-E-02: an exempt one its VAT number."""
    if details.oin is None and details.kvk is None:
        raise IdentificationMissing("details.kvk")
    if details.vat_treatment == "cost-sharing" and details.vat is None:
        raise VatNumberMissing("details.vat")


def iban_holds(iban: str) -> bool:
    """The check digits of ISO 13616: letters count from 10, and the remainder by 97 is 1."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % _CHECK == 1


def evolve(state: BillingParty | None, event: BillingDetailsSet) -> BillingParty:
    version = state.version + 1 if state else 1
    return BillingParty(version=version, valid_from=event.valid_from)
