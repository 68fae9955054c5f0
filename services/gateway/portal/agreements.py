"""What was agreed with a partner: the agreements, and each with its terms through the years."""

from fastapi import APIRouter
from starlette.responses import Response

from chassis.errors import PartnerForbidden, Refused
from services.gateway.access import guarded_router
from services.gateway.portal.listing import Listing, positive
from services.gateway.portal.navigation import KEEPS
from services.gateway.portal.visit import Visiting

DONE = frozenset({"sign", "amend", "end"})
_SIZE = 25


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/overeenkomsten", listed, methods=["GET"])
    routes.add_api_route("/overeenkomsten/{agreement}", shown, methods=["GET"])
    return routes


async def listed(visit: Visiting, pagina: str = "1") -> Response:
    found = await visit.view("agreements", page=positive(pagina), size=_SIZE)
    return await visit.page(
        "agreements.html",
        agreements=found["items"],
        names={partner.slug: partner.name for partner in await visit.partners()},
        keeps=bool(visit.roles & KEEPS),
        listing=Listing(
            path="/overeenkomsten",
            filters={},
            sort="",
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )


async def shown(visit: Visiting, agreement: str, gedaan: str = "") -> Response:
    try:
        found = (await visit.view("agreements", agreement=agreement))["items"]
    except Refused as refused:
        if refused.faults[0].kind != "invalid":
            raise
        raise PartnerForbidden from None
    if not found:
        raise PartnerForbidden
    names = {partner.slug: partner.name for partner in await visit.partners()}
    return await visit.page(
        "agreement.html",
        agreement=found[0],
        partner_name=names.get(found[0]["partner"], found[0]["partner"]),
        keeps=bool(visit.roles & KEEPS),
        done=gedaan if gedaan in DONE else "",
    )
