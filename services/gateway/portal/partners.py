"""The partners of the service centre."""

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.access import guarded_router
from services.gateway.portal.navigation import SEES_DASHBOARD
from services.gateway.portal.visit import Visiting


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/deelnemers", listed, methods=["GET"])
    return routes


async def listed(visit: Visiting) -> Response:
    """Every partner with its latest counts."""
    reply = await visit.view("partners")
    return await visit.page(
        "partners.html",
        rows=[
            {**row, "latest": max(row["statistics"], key=lambda one: one["year"], default=None)}
            for row in sorted(reply["partners"], key=lambda row: row["name"])
        ],
        sees_dashboard=bool(visit.roles & SEES_DASHBOARD),
    )
