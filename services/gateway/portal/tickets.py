"""Lists of tickets: one's own, or those of the partners that one acts for."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.access import guarded_router
from services.gateway.portal.filters import states
from services.gateway.portal.listing import Listing, choice, positive, sorting
from services.gateway.portal.navigation import READS_TEXTS, SEES_PARTNER_TICKETS
from services.gateway.portal.visit import Visit, Visiting

SORTS = ("ticket", "opened_at", "priority", "status", "resolution_due")
SHOWN = ("open", "all", "resolved", "closed")
_SIZE = 25


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/meldingen", listed, methods=["GET"])
    return routes


async def listed(
    visit: Visiting,
    toon: str = "open",
    van: str = "",
    sorteer: str = "-opened_at",
    pagina: str = "1",
) -> Response:
    """Own tickets, and for roles that act for a partner all of its tickets."""
    everyone = bool(visit.roles & SEES_PARTNER_TICKETS) and van != "mij"
    shown, sort, page = choice(toon, SHOWN), sorting(sorteer, SORTS), positive(pagina)
    found = await visit.view(
        "tickets",
        **states(shown),
        requester=None if everyone else "me",
        sort=sort,
        page=page,
        size=_SIZE,
    )
    texts = await texts_of(visit, found["tickets"])
    return await visit.page(
        "tickets.html",
        tickets=found["tickets"],
        texts=texts,
        everyone=everyone,
        may_choose=bool(visit.roles & SEES_PARTNER_TICKETS) and "user" in visit.roles,
        listing=Listing(
            path="/meldingen",
            filters={"toon": shown, "van": "" if everyone else van},
            sort=sort,
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )


async def texts_of(visit: Visit, tickets: list[dict[str, Any]]) -> dict[str, dict[str, Any] | None]:
    """Titles by number: of one's own tickets, and of others' for whom works on them."""
    numbers = [
        fact["ticket"]
        for fact in tickets
        if visit.roles & READS_TEXTS or fact["requester"] == visit.person.pseudonym
    ]
    if not numbers:
        return {}
    reply = await visit.backend.query("tickets", "texts", {"tickets": numbers}, visit.person)
    texts: dict[str, dict[str, Any] | None] = reply["texts"]
    return texts
