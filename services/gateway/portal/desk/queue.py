"""The queue: tickets of all partners in views, to be picked from."""

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.portal.desk.bulk import ACTIONS
from services.gateway.portal.desk.frame import frame, own_team
from services.gateway.portal.filters import ALL, asked, read
from services.gateway.portal.listing import Listing, positive, sorting
from services.gateway.portal.tickets import texts_of
from services.gateway.portal.visit import Visiting

PATH = "/werkvoorraad"
FILTERS = ("beeld", "status", "partner", "team", "lijn", "prioriteit")
SORTS = (
    *("ticket", "opened_at", "priority", "status"),
    *("response_due", "resolution_due", "partner"),
)
DUE_FIRST = "resolution_due"
CHOOSE_ALL = "alles"
_SIZE = 25


def add_to(routes: APIRouter) -> None:
    routes.add_api_route(PATH, queue, methods=["GET"])


async def queue(
    visit: Visiting, sorteer: str = DUE_FIRST, pagina: str = "1", kies: str = ""
) -> Response:
    """Begins with the own team when there is one. `kies` chooses every row of the page."""
    slugs = [partner.slug for partner in await visit.partners()]
    given = {"beeld": "team" if own_team(visit.request) else ALL, **visit.request.query_params}
    filters = read(given, FILTERS, slugs)
    if filters["beeld"] != ALL:
        filters["status"] = ""
    sort = sorting(sorteer, SORTS)
    shared = await frame(visit, filters["partner"])
    found = await visit.view(
        "tickets",
        **asked(filters),
        own_team=shared["own_team"] or None,
        sort=sort,
        page=positive(pagina),
        size=_SIZE,
    )
    return await visit.page(
        "desk_queue.html",
        **shared,
        tickets=found["tickets"],
        texts=await texts_of(visit, found["tickets"]),
        actions=ACTIONS,
        all_chosen=kies == CHOOSE_ALL,
        listing=Listing(
            path=PATH,
            filters=filters,
            sort=sort,
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )
