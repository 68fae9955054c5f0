"""Objections and their answers."""

from datetime import date

from contracts.finance.objections import ObjectionUpheld
from services.projection.billing_rows import Objection
from services.projection.recorded import Recorded

_UPHELD = ObjectionUpheld.type()


def raised(_: None, event: Recorded) -> Objection:
    data = event.data
    return Objection(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        objection=data["objection"],
        invoice=data["invoice"],
        partner=data["partner"],
        line=data.get("line"),
        reason=data["reason"],
        raised_on=date.fromisoformat(data["raised_on"]),
        answer_by=date.fromisoformat(data["answer_by"]),
        status="open",
        answer=None,
        answered_on=None,
        credit_note=None,
        corrected=None,
    )


def answered(row: Objection, event: Recorded) -> Objection:
    data = event.data
    return row._replace(
        version=event.version,
        stream_sequence=event.sequence,
        status="upheld" if event.type == _UPHELD else "rejected",
        answer=data["reason"],
        answered_on=date.fromisoformat(data["answered_on"]),
        credit_note=data.get("credit_note"),
        corrected=data.get("corrected"),
    )
