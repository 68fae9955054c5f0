"""Objections: a partner disputes an invoice or a line of it, and gets an answer."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.finance.bills import InvoiceNumber
from contracts.finance.corrections import LineNumber
from contracts.registry import DomainEvent, published
from contracts.values import PartnerSlug

TERM = timedelta(weeks=6)
"""In which an objection can be raised, after the day of the invoice. Chosen, as Awb art. 6:7."""
ANSWER_TERM = timedelta(weeks=6)
"""In which it is answered, after the day on which it was raised. Chosen, as Awb art. 7:10."""

ObjectionId = Annotated[
    str,
    StringConstraints(pattern=r"^F\d{4}-\d{5,}-\d{1,3}$"),
    Field(description="The invoice and a serial number, e.g. F2026-00001-1"),
]
Ground = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000, strip_whitespace=True),
    Field(description="Why, about the bill alone: not personal data, so it names nobody"),
]


@published("finance")
class ObjectionRaised(DomainEvent):
    """`answer_by` is the day on which the partner has its answer at the latest."""

    objection: ObjectionId
    invoice: InvoiceNumber
    partner: PartnerSlug
    line: LineNumber | None = Field(default=None, description="Null: the invoice as a whole")
    reason: Ground
    raised_on: date = Field(description="Dutch date")
    answer_by: date = Field(description="Last day for the answer")


@published("finance")
class ObjectionRejected(DomainEvent):
    """The invoice stays what it is."""

    objection: ObjectionId
    invoice: InvoiceNumber
    partner: PartnerSlug
    reason: Ground
    answered_on: date = Field(description="Dutch date")


@published("finance")
class ObjectionUpheld(DomainEvent):
    """The invoice was taken back; `corrected` came in its place, if anything did."""

    objection: ObjectionId
    invoice: InvoiceNumber
    partner: PartnerSlug
    reason: Ground
    answered_on: date = Field(description="Dutch date")
    credit_note: InvoiceNumber
    corrected: InvoiceNumber | None = None
