"""Objections: raised by the client of a partner, answered by the controller."""

from datetime import datetime

from chassis.aggregates import load, save, write
from chassis.command import Context, Outcome
from chassis.errors import PartnerForbidden
from chassis.headers import OPERATOR
from contracts.finance.charging import Source
from services.finance.commands import RaiseObjection, RejectObjection, UpholdObjection
from services.finance.domain import objections
from services.finance.domain.corrections import Correction
from services.finance.domain.invoice import Invoice
from services.finance.domain.objections import Objection
from services.finance.errors import (
    ClientRequired,
    InvoiceCreditedBefore,
)
from services.finance.handlers import corrections
from services.finance.handlers.admission import admit
from services.finance.handlers.corrections import Documents
from services.finance.repository import Work

CLIENT = "client"
REASON = 200
"""Characters of a reason that a document has room for."""


async def raise_objection(command: RaiseObjection, context: Context, work: Work) -> Outcome:
    """The invoice of another partner is as unknown as one that does not exist."""
    if context.roles.isdisjoint({CLIENT, OPERATOR}):
        raise ClientRequired
    document = await load(work.invoices, command.invoice, context)
    if document is None:
        raise PartnerForbidden("invoice")
    context.require_partner(document.partner)
    earlier = await work.objections.all(f"{document.invoice}-")
    raised = objections.raise_objection(command, document, earlier, context.now)
    key = raised.objection
    return await save(work.objections, key, None, [raised], objections.evolve)


async def reject_objection(command: RejectObjection, context: Context, work: Work) -> Outcome:
    admit(context)
    state = await _loaded(command, context, work)
    rejected = objections.reject(command, state, context.now)
    return await save(work.objections, command.objection, state, [rejected], objections.evolve)


async def uphold_objection(command: UpholdObjection, context: Context, work: Work) -> Outcome:
    """The answer, with the documents that put the invoice right, all at once.

    The invoice is locked first, as it is when an objection is raised.
    """
    admit(context)
    document = await work.invoices.get(objections.invoice_of(command.objection))
    state = await _loaded(command, context, work)
    made = await _documents(command, state, document, work, context.now)
    upheld = objections.uphold(
        command, state, context.now, credit_note=made.credit_note, corrected=made.corrected
    )
    answer = await write(work.objections, command.objection, state, [upheld], objections.evolve)
    reply = {
        "objection": command.objection,
        "version": state.version + 1,
        "credit_note": made.credit_note,
        "corrected": made.corrected,
    }
    return Outcome(changes=[answer, *made.changes], reply=reply)


async def _loaded(
    command: RejectObjection | UpholdObjection, context: Context, work: Work
) -> Objection:
    state = await load(work.objections, command.objection, context)
    found = objections.require_open(command.objection, state)
    context.require_partner(found.partner)
    return found


async def _documents(
    command: UpholdObjection, state: Objection, document: Invoice | None, work: Work, now: datetime
) -> Documents:
    """What puts the invoice right; when it was taken back since, what did."""
    if document is not None and document.credited_by is not None:
        if command.amounts:
            raise InvoiceCreditedBefore(
                "objection", invoice=document.invoice, by=document.credited_by
            )
        return Documents((), document.credited_by, None)
    told = Source(aggregate=f"objection/{state.objection}", first_version=1, last_version=1)
    correction = Correction(
        invoice=state.invoice,
        amounts=command.amounts,
        issued_on=command.issued_on,
        days_to_pay=command.days_to_pay,
        reason=f"{state.objection}: {command.reason}"[:REASON].strip(),
        sources=(told,),
    )
    return await corrections.issue(correction, document, work, now)
