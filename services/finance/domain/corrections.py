"""An invoice put right: taken back by a credit note, and issued anew with the difference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from contracts.finance.bills import InvoiceCredited, InvoiceIssued
from contracts.finance.charging import Line, Source
from contracts.finance.corrections import CorrectedInvoiceIssued, LineCorrection
from services.finance.commands import CreditInvoice
from services.finance.domain.invoice import Invoice, credit
from services.finance.domain.money import ZERO
from services.finance.errors import CorrectionChangesNothing, InvoiceLineUnknown

METHOD = "correction"
"""How a line is charged that puts another one right."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the lines of an invoice come to instead, by their places; why, and from when."""

    invoice: str
    amounts: dict[int, Decimal]
    issued_on: date
    days_to_pay: int
    reason: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class PutRight:
    """The credit note, the word on the old invoice, and the one in its place, if any."""

    note: InvoiceIssued
    credited: InvoiceCredited
    corrected: CorrectedInvoiceIssued | None


def put_right(
    numbers: Sequence[str], correction: Correction, state: Invoice | None, now: datetime
) -> PutRight:
    """`numbers`: of the credit note, and of the corrected invoice.

    Without amounts the invoice is only taken back. Raises what `credit` raises,
    `InvoiceLineUnknown`, or `CorrectionChangesNothing`.
    """
    order = CreditInvoice(
        invoice=correction.invoice,
        issued_on=correction.issued_on,
        reason=correction.reason,
    )
    note, credited = credit(numbers[0], order, state, now)
    if state is None or not correction.amounts:
        return PutRight(note, credited, None)
    return PutRight(note, credited, _corrected(numbers, correction, state, now))


def _corrected(
    numbers: Sequence[str], correction: Correction, state: Invoice, now: datetime
) -> CorrectedInvoiceIssued:
    changed = tuple(_changes(correction, state.lines))
    more = tuple(_difference(each, correction, state) for each in changed)
    return CorrectedInvoiceIssued(
        occurred_at=now,
        invoice=numbers[1],
        partner=state.partner,
        run=state.run,
        issued_on=correction.issued_on,
        due_on=correction.issued_on + timedelta(days=correction.days_to_pay),
        lines=(*state.lines, *more),
        advanced=state.advanced,
        total=state.total + sum((line.amount for line in more), ZERO),
        replaces=state.invoice,
        credit_note=numbers[0],
        reason=correction.reason,
        corrections=changed,
    )


def _changes(correction: Correction, lines: Sequence[Line]) -> Iterable[LineCorrection]:
    for place, amount in sorted(correction.amounts.items()):
        if place > len(lines):
            raise InvoiceLineUnknown(f"amounts.{place}", line=place, lines=len(lines))
        was = lines[place - 1].amount
        if amount == was:
            raise CorrectionChangesNothing(f"amounts.{place}", line=place, amount=str(was))
        yield LineCorrection(line=place, was=was, amount=amount)


def _difference(change: LineCorrection, correction: Correction, state: Invoice) -> Line:
    """A line of its own, so that the one that it puts right still explains itself."""
    wrong = state.lines[change.line - 1]
    told = Source(aggregate=f"invoice/{state.invoice}", first_version=1, last_version=1)
    return Line(
        partner=wrong.partner,
        pool=wrong.pool,
        method=METHOD,
        first=wrong.first,
        last=wrong.last,
        amount=change.amount - change.was,
        days=wrong.days,
        of_days=wrong.of_days,
        sources=(told, *correction.sources),
    )
