"""Searching: every ticket, whatever its state, by what the read model knows of it.

What people wrote is sealed per person and is not searched (`docs/portal.md` says why).
"""

import re
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.portal.desk.bulk import ACTIONS
from services.gateway.portal.desk.frame import frame
from services.gateway.portal.desk.queue import CHOOSE_ALL, SORTS
from services.gateway.portal.filters import asked, read
from services.gateway.portal.listing import Listing, positive, sorting
from services.gateway.portal.tickets import texts_of
from services.gateway.portal.visit import Visiting, see

PATH = "/werkvoorraad/zoeken"
FILTERS = (
    *("zoek", "status", "partner", "team", "lijn", "prioriteit"),
    *("soort", "product", "melder", "van", "tot"),
)
_NUMBER = re.compile(r"[A-Z]{3}-\d{4}-\d{6}")
_SIZE = 25


def add_to(routes: APIRouter) -> None:
    routes.add_api_route(PATH, search, methods=["GET"])


async def search(
    visit: Visiting, sorteer: str = "-opened_at", pagina: str = "1", kies: str = ""
) -> Response:
    """Nothing is listed until something is asked for; a whole number opens its ticket."""
    shared = await frame(visit)
    given = {"status": "all", **visit.request.query_params}
    filters = read(given, FILTERS, list(shared["names"]))
    wanted = any(value for value in (filters | {"status": ""}).values())
    sort = sorting(sorteer, SORTS)
    found: dict[str, Any] = {"tickets": [], "total": 0, "page": 1, "size": _SIZE}
    if wanted:
        page = positive(pagina)
        found = await visit.view("tickets", **asked(filters), sort=sort, page=page, size=_SIZE)
    numbers = [fact["ticket"] for fact in found["tickets"]]
    if _NUMBER.fullmatch(filters["zoek"].upper()) and numbers == [filters["zoek"].upper()]:
        return see(f"/meldingen/{numbers[0]}")
    return await visit.page(
        "desk_search.html",
        **shared,
        wanted=wanted,
        actions=ACTIONS,
        all_chosen=kies == CHOOSE_ALL,
        tickets=found["tickets"],
        texts=await texts_of(visit, found["tickets"]),
        listing=Listing(
            path=PATH,
            filters=filters,
            sort=sort,
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )
