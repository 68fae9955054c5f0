"""The HTTP API, by the NL API Design Rules 2.2. Paths are written whole: what you read is it.

Property names and query keys are camelCase; moments are RFC 3339 in UTC; amounts and percentages
are decimal text.
"""

from fastapi import APIRouter

from services.gateway.api import (
    agreements,
    catalogue,
    catalogue_records,
    charging,
    clocks,
    dashboards,
    description,
    events,
    experience_targets,
    exports,
    invoices,
    maintenance,
    moves,
    partners,
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
        moves,
        maintenance,
        charging,
        invoices,
        dashboards,
        exports,
        events,
    )
    return [part.router() for part in parts]
