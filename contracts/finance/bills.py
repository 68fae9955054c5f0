"""Charging runs, the closing of a year, and invoices."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.finance.charging import Amount, Line, PoolCode, Value
from contracts.registry import DomainEvent, published
from contracts.values import PartnerSlug, ShortText, Year

RunId = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-(q[1-4]|settlement)$"),
    Field(description="A quarter's advance or a year's settlement, e.g. 2026-q1"),
]
InvoiceNumber = Annotated[
    str,
    StringConstraints(pattern=r"^F\d{4}-\d{5,}$"),
    Field(description="Consecutive within the year, e.g. F2026-00001"),
]


class PoolInput(Value):
    """What a run took of a pool, and the pool's version then."""

    pool: PoolCode
    version: int = Field(ge=1, description="Version of the pool with its budget and bookings")
    amount: Amount


@published("finance")
class ChargingRunCompleted(DomainEvent):
    """A run's frozen inputs and its totals.

    What came in later than the sequences does not count. `borne` is the cost that no partner
    pays, because a price was agreed or a discount given; below zero it was earned.
    """

    run: RunId
    kind: Literal["advance", "settlement"] = Field(description="On budget or on actual cost")
    first: date = Field(description="First day charged for")
    last: date = Field(description="Last day charged for")
    catalogue_sequence: int = Field(ge=0, description="Stream sequence of the newest partner fact")
    time_sequence: int = Field(ge=0, description="Stream sequence of the newest logged time")
    pools: tuple[PoolInput, ...] = Field(description="What was charged, per pool")
    cost: Amount
    charged: Amount
    borne: Amount


@published("finance")
class CostsAllocated(DomainEvent):
    """A partner's part of a run. `due` is what is still to be paid: total less advances."""

    run: RunId
    partner: PartnerSlug
    lines: tuple[Line, ...] = Field(description="Each with what explains it")
    total: Amount
    advanced: Amount
    due: Amount


@published("finance")
class YearSettled(DomainEvent):
    """The year is closed: nothing in it changes any more."""

    year: Year
    run: RunId
    cost: Amount
    charged: Amount


@published("finance")
class InvoiceIssued(DomainEvent):
    """An invoice or a credit note. A correction is a new document that names the corrected one."""

    invoice: InvoiceNumber
    kind: Literal["invoice", "credit-note"] = Field(description="Below zero is a credit note")
    partner: PartnerSlug
    run: RunId
    issued_on: date = Field(description="Dutch date on the document")
    due_on: date = Field(description="Last day to pay")
    lines: tuple[Line, ...] = Field(description="Each with what explains it")
    advanced: Amount
    total: Amount
    corrects: InvoiceNumber | None = Field(default=None, description="What it takes back")
    reason: ShortText | None = Field(default=None, description="Why it was taken back")


@published("finance")
class InvoiceCredited(DomainEvent):
    """The invoice was taken back whole by a credit note."""

    invoice: InvoiceNumber
    partner: PartnerSlug
    credit_note: InvoiceNumber
