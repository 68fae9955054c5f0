"""The service desk's work: tickets of all partners, to be picked from."""

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import Response

from contracts.tickets import Status
from services.gateway.access import guarded_router
from services.gateway.portal.listing import Listing, choice, positive, sorting
from services.gateway.portal.tickets import texts_of
from services.gateway.portal.visit import Visiting

SORTS = ("ticket", "opened_at", "priority", "status", "resolution_due", "partner")
STATUSES = ("open", "all", *get_args(Status))
PRIORITIES = ("", "1", "2", "3", "4", "5")
_SIZE = 25
_TEAM_LENGTH = 200


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/werkvoorraad", queue, methods=["GET"])
    return routes


class Wanted(BaseModel):
    """What stands in the address; anything unknown counts as not chosen."""

    status: str = "open"
    partner: str = ""
    team: str = ""
    prioriteit: str = ""
    over: str = ""
    sorteer: str = "resolution_due"
    pagina: str = "1"


async def queue(visit: Visiting, wanted: Annotated[Wanted, Query()]) -> Response:
    partners = await visit.partners()
    filters = {
        "status": choice(wanted.status, STATUSES),
        "partner": choice(wanted.partner, ("", *(known.slug for known in partners))),
        "team": wanted.team.strip()[:_TEAM_LENGTH],
        "prioriteit": choice(wanted.prioriteit, PRIORITIES),
        "over": choice(wanted.over, ("", "ja")),
    }
    sort = sorting(wanted.sorteer, SORTS)
    found = await visit.view(
        "tickets", **_asked(filters), sort=sort, page=positive(wanted.pagina), size=_SIZE
    )
    return await visit.page(
        "queue.html",
        tickets=found["tickets"],
        texts=await texts_of(visit, found["tickets"]),
        partners=partners,
        names={known.slug: known.name for known in partners},
        statuses=STATUSES,
        priorities=PRIORITIES,
        listing=Listing(
            path="/werkvoorraad",
            filters=filters,
            sort=sort,
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )


def _asked(filters: dict[str, str]) -> dict[str, Any]:
    """The filters of the page as parameters of the query `tickets`."""
    shown = filters["status"]
    return {
        "open": True if shown == "open" else None,
        "status": None if shown in ("open", "all") else [shown],
        "partner": filters["partner"] or None,
        "team": filters["team"] or None,
        "priority": int(filters["prioriteit"]) if filters["prioriteit"] else None,
        "breached": True if filters["over"] else None,
    }
