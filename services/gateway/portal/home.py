"""The first page: what someone in this role usually comes for."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.access import guarded_router
from services.gateway.access.reports import READERS
from services.gateway.portal.major_incidents import ongoing
from services.gateway.portal.navigation import (
    REPORTS,
    SEES_DASHBOARD,
    SEES_PARTNER_TICKETS,
    SEES_QUEUE,
)
from services.gateway.portal.tickets import texts_of
from services.gateway.portal.visit import Visit, Visiting

_LATEST = 5
_SOONEST = 8


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/", home, methods=["GET"])
    return routes


async def home(visit: Visiting) -> Response:
    roles = visit.roles
    mine = await _mine(visit) if roles & REPORTS else None
    queue = await _most_urgent(visit) if roles & SEES_QUEUE else None
    listed = [fact for found in (mine, queue) if found for fact in found["tickets"]]
    return await visit.page(
        "home.html",
        reports=bool(roles & REPORTS),
        follows=bool(roles & (SEES_PARTNER_TICKETS | {"user"})),
        sees_dashboard=bool(roles & SEES_DASHBOARD),
        sees_queue=bool(roles & SEES_QUEUE),
        sees_reports=bool(roles & READERS),
        mine=mine,
        queue=queue,
        texts=await texts_of(visit, listed),
        majors=await ongoing(visit),
    )


async def _mine(visit: Visit) -> dict[str, Any]:
    """The person's own latest open tickets."""
    return await visit.view("tickets", requester="me", open=True, size=_LATEST)


async def _most_urgent(visit: Visit) -> dict[str, Any]:
    """The open tickets that are due first."""
    return await visit.view("tickets", open=True, size=_SOONEST, sort="resolution_due")
