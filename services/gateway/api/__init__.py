"""The HTTP API, by the NL API Design Rules 2.2. Paths are written whole: what you read is it.

Property names and query keys are camelCase; moments are RFC 3339 in UTC; amounts and percentages
are decimal text.
"""

from fastapi import APIRouter

from services.gateway.api import (
    agreements,
    billing_details,
    catalogue,
    catalogue_records,
    charging,
    clocks,
    corrections,
    dashboards,
    description,
    events,
    experience_targets,
    exports,
    finance,
    invoices,
    kept_reports,
    known_errors,
    maintenance,
    major_incidents,
    moves,
    objections,
    partners,
    privacy,
    problems,
    reports,
    security_signals,
    service_levels,
    tickets,
)


def api_routers() -> list[APIRouter]:
    """Reporting tickets comes first, for routes are tried in their order."""
    parts = (
        tickets,
        description,
        partners,
        catalogue,
        catalogue_records,
        service_levels,
        experience_targets,
        agreements,
        clocks,
        corrections,
        moves,
        maintenance,
        problems,
        known_errors,
        major_incidents,
        security_signals,
        charging,
        *finance.PARTS,
        invoices,
        objections,
        billing_details,
        privacy,
        dashboards,
        reports,
        kept_reports,
        exports,
        events,
    )
    return [part.router() for part in parts]
