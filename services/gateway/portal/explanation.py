"""The SLA clock of a ticket, explained interval by interval."""

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.access import guarded_router
from services.gateway.portal.visit import Visiting


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/meldingen/{ticket}/klok", explained, methods=["GET"])
    return routes


async def explained(visit: Visiting, ticket: str, eerst: str = "") -> Response:
    """The last intervals first, so that what holds now stands on top.

    `eerst`: as the clock ran before it was corrected.
    """
    asked = {"ticket": ticket, "uncorrected": eerst == "ja"}
    told = await visit.backend.query("tickets", "clock", asked, visit.person)
    return await visit.page(
        "clock.html",
        number=ticket,
        told=told,
        intervals=told["intervals"][::-1],
        centre=bool(visit.roles & {"agent", "controller"}),
    )
