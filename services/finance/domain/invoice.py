"""Invoices and credit notes: a document is never changed, only followed by another."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from contracts.finance.bills import InvoiceCredited, InvoiceIssued
from contracts.finance.charging import Line
from contracts.finance.corrections import CorrectedInvoiceIssued
from services.finance.commands import CreditInvoice, IssueInvoice
from services.finance.domain.aggregate import Aggregate
from services.finance.domain.run import Run
from services.finance.errors import (
    AllocationUnknown,
    CreditedBeforeIssued,
    CreditNoteFinal,
    InvoiceCreditedBefore,
    InvoiceUnknown,
)

InvoiceEvent = InvoiceIssued | CorrectedInvoiceIssued | InvoiceCredited


class Invoice(Aggregate):
    """`corrects` makes it the credit note of another; `credited_by` says it was taken back.

    `replaces` is the invoice, taken back, in the place of which it came.
    """

    invoice: str
    partner: str
    run: str
    issued_on: date
    lines: tuple[Line, ...]
    advanced: Decimal
    total: Decimal
    corrects: str | None = None
    replaces: str | None = None
    credited_by: str | None = None


def issue(number: str, command: IssueInvoice, run: Run, now: datetime) -> tuple[InvoiceIssued, ...]:
    """The invoice of what is due; when more was paid in advance, it is a credit note."""
    part = run.allocations.get(command.partner)
    if part is None:
        raise AllocationUnknown("partner", partner=command.partner, run=run.run)
    issued = InvoiceIssued(
        occurred_at=now,
        invoice=number,
        kind="credit-note" if part.due < 0 else "invoice",
        partner=command.partner,
        run=command.run,
        issued_on=command.issued_on,
        due_on=command.issued_on + timedelta(days=command.days_to_pay),
        lines=part.lines,
        advanced=part.advanced,
        total=part.due,
    )
    return (issued,)


def credit(
    number: str, command: CreditInvoice, state: Invoice | None, now: datetime
) -> tuple[InvoiceIssued, InvoiceCredited]:
    """The credit note, and the word on the invoice that it was taken back."""
    if state is None:
        raise InvoiceUnknown("invoice", invoice=command.invoice)
    if state.corrects is not None:
        raise CreditNoteFinal("invoice", invoice=state.invoice)
    if state.credited_by is not None:
        raise InvoiceCreditedBefore("invoice", invoice=state.invoice, by=state.credited_by)
    if command.issued_on < state.issued_on:
        raise CreditedBeforeIssued(
            "issued_on", start=state.issued_on.isoformat(), end=command.issued_on.isoformat()
        )
    note = InvoiceIssued(
        occurred_at=now,
        invoice=number,
        kind="invoice" if state.total < 0 else "credit-note",
        partner=state.partner,
        run=state.run,
        issued_on=command.issued_on,
        due_on=command.issued_on,
        lines=tuple(taken_back(line) for line in state.lines),
        advanced=-state.advanced,
        total=-state.total,
        corrects=state.invoice,
        reason=command.reason,
    )
    credited = InvoiceCredited(
        occurred_at=now, invoice=state.invoice, partner=state.partner, credit_note=number
    )
    return note, credited


def taken_back(line: Line) -> Line:
    """The line with its amounts below zero; what was counted stays as it was."""
    return line.model_copy(
        update={
            "amount": -line.amount,
            "of_amount": None if line.of_amount is None else -line.of_amount,
            "price": None if line.price is None else -line.price,
        }
    )


def evolve(state: Invoice | None, event: InvoiceEvent) -> Invoice:
    if isinstance(event, InvoiceIssued | CorrectedInvoiceIssued):
        return Invoice(
            version=1,
            invoice=event.invoice,
            partner=event.partner,
            run=event.run,
            issued_on=event.issued_on,
            lines=event.lines,
            advanced=event.advanced,
            total=event.total,
            corrects=event.corrects if isinstance(event, InvoiceIssued) else None,
            replaces=event.replaces if isinstance(event, CorrectedInvoiceIssued) else None,
        )
    if state is None:
        raise InvoiceUnknown("invoice", invoice=event.invoice)
    return state.model_copy(update={"version": state.version + 1, "credited_by": event.credit_note})
