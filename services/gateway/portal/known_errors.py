"""Known errors: the list of them, and the likely ones while somebody reports."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.access import guarded_router
from services.gateway.portal.draft import DOMAINS, NOT_LISTED, TITLE_LENGTH
from services.gateway.portal.fields import text
from services.gateway.portal.listing import Listing, choice, positive
from services.gateway.portal.navigation import REPORTS, SEES_QUEUE
from services.gateway.portal.visit import Visit, Visiting

PATH = "/bekende-fouten"
_SIZE = 25
_LIKELY = 3
_SEARCH = 200


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route(PATH, listed, methods=["GET"])
    routes.add_api_route("/melden/bekende-fouten", likely_ones, methods=["POST"])
    return routes


async def listed(
    visit: Visiting, zoek: str = "", vakgebied: str = "", pagina: str = "1"
) -> Response:
    """Those that concern the visitor's partners."""
    filters = {
        "zoek": zoek.strip()[:_SEARCH],
        "vakgebied": choice(vakgebied, ("", *DOMAINS)),
    }
    found = await visit.view(
        "known-errors",
        search=filters["zoek"] or None,
        domain=filters["vakgebied"] or None,
        page=positive(pagina),
        size=_SIZE,
    )
    return await visit.page(
        "known_errors.html",
        errors=found["items"],
        domains=DOMAINS,
        sees_problems=bool(visit.roles & SEES_QUEUE),
        reports=bool(visit.roles & REPORTS),
        listing=Listing(
            path=PATH,
            filters=filters,
            sort="",
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )


async def likely_ones(visit: Visiting) -> Response:
    """For htmx, while somebody reports. What is typed is personal, so it comes in a body."""
    form = await visit.form()
    partner, item, title = (text(form, name) for name in ("partner", "item", "title"))
    errors = await likely(visit, partner, item, title)
    return visit.part("report_known_errors.html", known_errors=errors)


async def likely(visit: Visit, partner: str, item: str, title: str) -> list[dict[str, Any]]:
    """What somebody who is about to report this may want to know first."""
    if not partner or not (item or title):
        return []
    reply = await visit.view(
        "known-errors",
        partner=partner,
        item=item if item and item != NOT_LISTED else None,
        about=title[:TITLE_LENGTH],
        size=_LIKELY,
    )
    found: list[dict[str, Any]] = reply["items"]
    return found
