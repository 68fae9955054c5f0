"""The HTTP API, by the NL API Design Rules 2.2. Paths are written whole: what you read is it.

Property names and query keys are camelCase; moments are RFC 3339 in UTC; amounts and percentages
are decimal text.
"""

from fastapi import APIRouter

from services.gateway.access import guarded_router
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


def api_router() -> APIRouter:
    router = guarded_router(described=True)
    for part in (
        description,
        partners,
        catalogue,
        catalogue_records,
        service_levels,
        experience_targets,
        agreements,
        tickets,
        clocks,
        moves,
        maintenance,
        charging,
        invoices,
        dashboards,
        exports,
        events,
    ):
        router.include_router(part.router())
    return router
