"""Agreements: the terms that hold from a date, until the next ones or the last day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.catalog import AgreementTerms
from services.projection.catalogue_rows import Agreement
from services.projection.recorded import Recorded

_TERMS = frozenset(AgreementTerms.model_fields)


def signed(_: None, event: Recorded) -> Agreement:
    data = event.data
    ends_on = data.get("ends_on")
    return Agreement(
        aggregate=event.aggregate,
        version=event.version,
        agreement=data["agreement"],
        partner=data["partner"],
        ends_on=date.fromisoformat(ends_on) if ends_on else None,
        versions=[{"valid_from": data["starts_on"], "terms": _terms(data)}],
        ended=False,
    )


def amended(row: Agreement, event: Recorded) -> Agreement:
    added = {"valid_from": event.data["valid_from"], "terms": _terms(event.data)}
    return row._replace(version=event.version, versions=[*row.versions, added])


def ended(row: Agreement, event: Recorded) -> Agreement:
    ends_on = date.fromisoformat(event.data["ends_on"])
    return row._replace(version=event.version, ends_on=ends_on, ended=True)


def _terms(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name in _TERMS}
