from datetime import UTC, date, datetime
from decimal import Decimal

from contracts.documents.examples.example import Example
from contracts.documents.examples.finance.bills import LINE
from contracts.finance import corrections, objections, parties
from contracts.finance.charging import Line, Source

_RAISED = datetime(2026, 1, 8, 10, 0, tzinfo=UTC)
_ANSWERED = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
_DIFFERENCE = Line(
    partner="zevenaar",
    pool="werkplekken",
    method="correction",
    first=date(2026, 1, 1),
    last=date(2026, 3, 31),
    amount=Decimal("-569.86"),
    days=90,
    of_days=90,
    sources=(
        Source(aggregate="invoice/F2026-00001", first_version=1, last_version=1),
        Source(aggregate="objection/F2026-00001-1", first_version=1, last_version=1),
    ),
)

OBJECTIONS = (
    Example(
        when="a partner disputes an invoice or a line of it",
        aggregate="objection/F2026-00001-1",
        version=1,
        event=objections.ObjectionRaised(
            occurred_at=_RAISED,
            objection="F2026-00001-1",
            invoice="F2026-00001",
            partner="zevenaar",
            line=1,
            reason="Twee werkplekken zijn op 1 januari ingeleverd en tellen nog mee.",
            raised_on=date(2026, 1, 8),
            answer_by=date(2026, 2, 19),
        ),
    ),
    Example(
        when="an objection is right, and the invoice was taken back",
        aggregate="objection/F2026-00001-1",
        version=2,
        event=objections.ObjectionUpheld(
            occurred_at=_ANSWERED,
            objection="F2026-00001-1",
            invoice="F2026-00001",
            partner="zevenaar",
            reason="De werkplekken zijn inderdaad ingeleverd.",
            answered_on=date(2026, 1, 12),
            credit_note="F2026-00002",
            corrected="F2026-00003",
        ),
    ),
    Example(
        when="an objection is not right, and the invoice stays what it is",
        aggregate="objection/F2026-00001-2",
        version=2,
        event=objections.ObjectionRejected(
            occurred_at=_ANSWERED,
            objection="F2026-00001-2",
            invoice="F2026-00001",
            partner="zevenaar",
            reason="De verdeelsleutel staat in de overeenkomst.",
            answered_on=date(2026, 1, 12),
        ),
    ),
    Example(
        when="an invoice is put right: it comes in the place of one that was taken back",
        aggregate="invoice/F2026-00003",
        version=1,
        event=corrections.CorrectedInvoiceIssued(
            occurred_at=_ANSWERED,
            invoice="F2026-00003",
            partner="zevenaar",
            run="2026-q1",
            issued_on=date(2026, 1, 12),
            due_on=date(2026, 2, 11),
            lines=(LINE, _DIFFERENCE),
            advanced=Decimal("0.00"),
            total=Decimal("52000.00"),
            replaces="F2026-00001",
            credit_note="F2026-00002",
            reason="F2026-00001-1: De werkplekken zijn inderdaad ingeleverd.",
            corrections=(
                corrections.LineCorrection(
                    line=1, was=Decimal("52569.86"), amount=Decimal("52000.00")
                ),
            ),
        ),
    ),
    Example(
        when="it is told how invoices name the service centre or a partner",
        aggregate="billing/partner-zevenaar",
        version=1,
        event=parties.BillingDetailsSet(
            occurred_at=datetime(2026, 1, 5, 8, 0, tzinfo=UTC),
            partner="zevenaar",
            valid_from=date(2026, 1, 1),
            details=parties.BillingDetails(
                name="Gemeente Zevenaar",
                street="Kerkstraat 27",
                postal_code="6901 AA",
                city="Zevenaar",
                oin="00000001001234567000",
                buyer_reference="Crediteuren",
            ),
        ),
    ),
)
