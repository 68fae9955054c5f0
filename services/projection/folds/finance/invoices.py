"""Invoices and credit notes, with the lines that explain them."""

from datetime import date

from services.projection.models import Invoice
from services.projection.recorded import Recorded


def issued(_: None, event: Recorded) -> Invoice:
    data = event.data
    return Invoice(
        aggregate=event.aggregate,
        version=event.version,
        invoice=data["invoice"],
        partner=data["partner"],
        kind=data["kind"],
        run=data["run"],
        issued_on=date.fromisoformat(data["issued_on"]),
        due_on=date.fromisoformat(data["due_on"]),
        advanced=data["advanced"],
        total=data["total"],
        corrects=data.get("corrects"),
        reason=data.get("reason"),
        credited_by=None,
        lines=data["lines"],
    )


def credited(row: Invoice, event: Recorded) -> Invoice:
    return row._replace(version=event.version, credited_by=event.data["credit_note"])
