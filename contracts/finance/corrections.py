"""An invoice put right: the old one is taken back, and a corrected one comes in its place."""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.finance.bills import InvoiceNumber, RunId
from contracts.finance.charging import Amount, Line, Value
from contracts.registry import DomainEvent, published
from contracts.values import PartnerSlug, ShortText

LineNumber = Annotated[int, Field(ge=1, le=10_000, description="Place of a line; 1 is the first")]


class LineCorrection(Value):
    """What a line of the replaced invoice came to, and what it comes to now."""

    line: LineNumber
    was: Amount
    amount: Amount


@published("finance")
class CorrectedInvoiceIssued(DomainEvent):
    """A new invoice in the place of one that a credit note takes back at the same time.

    Its lines are those of the replaced invoice, unchanged, and for each correction one line more
    (method `correction`) with the difference: so the sum is the corrected one, and each line is
    still what explains it.
    """

    invoice: InvoiceNumber
    partner: PartnerSlug
    run: RunId
    issued_on: date = Field(description="Dutch date on the document")
    due_on: date = Field(description="Last day to pay")
    lines: tuple[Line, ...] = Field(description="Each with what explains it")
    advanced: Amount
    total: Amount
    replaces: InvoiceNumber
    credit_note: InvoiceNumber
    reason: ShortText = Field(description="Why the old one was not right")
    corrections: tuple[LineCorrection, ...] = Field(min_length=1, description="What was put right")
