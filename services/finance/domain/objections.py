"""Objections to an invoice: raised within a term, answered once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from contracts.finance.objections import (
    ANSWER_TERM,
    TERM,
    ObjectionRaised,
    ObjectionRejected,
    ObjectionUpheld,
)
from services.finance.commands import RaiseObjection, RejectObjection, UpholdObjection
from services.finance.domain.aggregate import Aggregate
from services.finance.domain.invoice import Invoice
from services.finance.errors import (
    InvoiceCreditedBefore,
    InvoiceLineUnknown,
    ObjectionAnswered,
    ObjectionOpen,
    ObjectionTermPassed,
    ObjectionToCreditNote,
    ObjectionUnknown,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

ObjectionEvent = ObjectionRaised | ObjectionRejected | ObjectionUpheld


class Objection(Aggregate):
    objection: str
    invoice: str
    partner: str
    line: int | None
    status: Literal["open", "rejected", "upheld"]


def dutch_day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def invoice_of(objection: str) -> str:
    """`F2026-00001-2` → `F2026-00001`"""
    return objection.rpartition("-")[0]


def raise_objection(
    command: RaiseObjection, document: Invoice, earlier: Iterable[Objection], now: datetime
) -> ObjectionRaised:
    """`earlier`: all objections to the invoice."""
    today, others = dutch_day(now), list(earlier)
    _require_disputable(command, document, today)
    for other in others:
        if other.status == "open" and other.line == command.line:
            raise ObjectionOpen("line", objection=other.objection)
    return ObjectionRaised(
        occurred_at=now,
        objection=f"{document.invoice}-{len(others) + 1}",
        invoice=document.invoice,
        partner=document.partner,
        line=command.line,
        reason=command.reason,
        raised_on=today,
        answer_by=today + ANSWER_TERM,
    )


def _require_disputable(command: RaiseObjection, document: Invoice, today: date) -> None:
    if document.corrects is not None:
        raise ObjectionToCreditNote("invoice", invoice=document.invoice)
    if document.credited_by is not None:
        raise InvoiceCreditedBefore("invoice", invoice=document.invoice, by=document.credited_by)
    if command.line is not None and command.line > len(document.lines):
        raise InvoiceLineUnknown("line", line=command.line, lines=len(document.lines))
    last = document.issued_on + TERM
    if today > last:
        raise ObjectionTermPassed("invoice", invoice=document.invoice, last=last.isoformat())


def reject(command: RejectObjection, found: Objection, now: datetime) -> ObjectionRejected:
    return ObjectionRejected(
        occurred_at=now,
        objection=found.objection,
        invoice=found.invoice,
        partner=found.partner,
        reason=command.reason,
        answered_on=dutch_day(now),
    )


def uphold(
    command: UpholdObjection,
    found: Objection,
    now: datetime,
    *,
    credit_note: str,
    corrected: str | None,
) -> ObjectionUpheld:
    """`credit_note` and `corrected` are the documents that came of it."""
    return ObjectionUpheld(
        occurred_at=now,
        objection=found.objection,
        invoice=found.invoice,
        partner=found.partner,
        reason=command.reason,
        answered_on=dutch_day(now),
        credit_note=credit_note,
        corrected=corrected,
    )


def require_open(number: str, state: Objection | None) -> Objection:
    """Raises `ObjectionUnknown` or `ObjectionAnswered`."""
    if state is None:
        raise ObjectionUnknown("objection", objection=number)
    if state.status != "open":
        raise ObjectionAnswered("objection", objection=state.objection, status=state.status)
    return state


def evolve(state: Objection | None, event: ObjectionEvent) -> Objection:
    if isinstance(event, ObjectionRaised):
        return Objection(
            version=1,
            objection=event.objection,
            invoice=event.invoice,
            partner=event.partner,
            line=event.line,
            status="open",
        )
    if state is None:
        raise ObjectionUnknown("objection", objection=event.objection)
    status = "upheld" if isinstance(event, ObjectionUpheld) else "rejected"
    return state.model_copy(update={"version": state.version + 1, "status": status})
