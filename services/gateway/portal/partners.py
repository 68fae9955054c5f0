"""The partners of the service centre, and one with its counts through the years."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from chassis.errors import PartnerForbidden
from services.gateway.access import guarded_router
from services.gateway.portal.navigation import KEEPS, SEES_DASHBOARD
from services.gateway.portal.visit import Visiting

DONE = frozenset({"register", "statistics", "withdraw"})


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/deelnemers", listed, methods=["GET"])
    routes.add_api_route("/deelnemers/{partner}", shown, methods=["GET"])
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
        keeps=bool(visit.roles & KEEPS),
    )


async def shown(visit: Visiting, partner: str, gedaan: str = "") -> Response:
    """One partner: who it is, its counts, its agreements, and what its people should feel."""
    rows: list[dict[str, Any]] = (await visit.view("partners"))["partners"]
    row = next((row for row in rows if row["slug"] == partner), None)
    if row is None:
        raise PartnerForbidden
    return await visit.page(
        "partner.html",
        row=row,
        agreements=(await visit.view("agreements", partner=partner))["items"],
        targets=(await visit.view("experience-targets", partner=partner))["items"],
        keeps=bool(visit.roles & KEEPS),
        sees_dashboard=bool(visit.roles & SEES_DASHBOARD),
        done=gedaan if gedaan in DONE else "",
    )
