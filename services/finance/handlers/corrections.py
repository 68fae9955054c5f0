"""Corrected invoices, and the details that invoices are made out with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.aggregates import load, save, write
from chassis.command import Change, Context, Outcome
from services.finance.commands import CorrectInvoice, SetBillingDetails
from services.finance.domain import invoice, parties
from services.finance.domain.corrections import Correction, put_right
from services.finance.domain.invoice import Invoice
from services.finance.handlers.admission import admit, require_partners
from services.finance.repository import Work


@dataclass(frozen=True, slots=True)
class Documents:
    """What was issued, by numbers."""

    changes: Sequence[Change]
    credit_note: str
    corrected: str | None


async def correct_invoice(command: CorrectInvoice, context: Context, work: Work) -> Outcome:
    admit(context)
    state = await load(work.invoices, command.invoice, context)
    if state is not None:
        context.require_partner(state.partner)
    correction = Correction(
        invoice=command.invoice,
        amounts=command.amounts,
        issued_on=command.issued_on,
        days_to_pay=command.days_to_pay,
        reason=command.reason,
    )
    made = await issue(correction, state, work, context.now)
    reply = {
        "invoice": made.corrected,
        "version": 1,
        "credit_note": made.credit_note,
        "corrected": made.corrected,
    }
    return Outcome(changes=made.changes, reply=reply)


async def issue(
    correction: Correction, state: Invoice | None, work: Work, now: datetime
) -> Documents:
    """The documents that put the invoice right, in numbers that follow each other."""
    year = correction.issued_on.year
    count = 2 if correction.amounts else 1
    numbers = [await work.invoices.next_number(year) for _ in range(count)]
    made = put_right(numbers, correction, state, now)
    changes = [
        await write(work.invoices, made.note.invoice, None, [made.note], invoice.evolve),
        await write(work.invoices, made.credited.invoice, state, [made.credited], invoice.evolve),
    ]
    corrected = made.corrected
    if corrected is not None:
        new = await write(work.invoices, corrected.invoice, None, [corrected], invoice.evolve)
        changes.append(new)
    return Documents(changes, made.note.invoice, corrected.invoice if corrected else None)


async def set_billing_details(command: SetBillingDetails, context: Context, work: Work) -> Outcome:
    admit(context)
    named = [command.partner] if command.partner is not None else []
    await require_partners("partner", named, context, work)
    key = parties.key_of(command.partner)
    state = await load(work.parties, key, context)
    events = parties.decide(state, command, context.now)
    return await save(work.parties, key, state, events, parties.evolve)
