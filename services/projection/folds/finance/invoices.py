"""Invoices and credit notes, with the lines that explain them."""

from datetime import date

from services.projection.billing_rows import BillingParty
from services.projection.models import Invoice
from services.projection.recorded import Recorded


def issued(_: None, event: Recorded) -> Invoice:
    """Of an invoice, a credit note, or an invoice that was put right."""
    data = event.data
    return Invoice(
        aggregate=event.aggregate,
        version=event.version,
        invoice=data["invoice"],
        partner=data["partner"],
        kind=data.get("kind", "invoice"),
        run=data["run"],
        issued_on=date.fromisoformat(data["issued_on"]),
        due_on=date.fromisoformat(data["due_on"]),
        advanced=data["advanced"],
        total=data["total"],
        corrects=data.get("corrects"),
        replaces=data.get("replaces"),
        reason=data.get("reason"),
        credited_by=None,
        lines=data["lines"],
    )


def credited(row: Invoice, event: Recorded) -> Invoice:
    return row._replace(version=event.version, credited_by=event.data["credit_note"])


def details_set(row: BillingParty | None, event: Recorded) -> BillingParty:
    data = event.data
    version = {"valid_from": data["valid_from"], "details": data["details"]}
    return BillingParty(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        partner=data["partner"],
        versions=[*(row.versions if row else ()), version],
    )
