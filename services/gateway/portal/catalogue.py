"""The catalogue: what there is to be had, what comes with it and what does not, at which norms."""

from typing import Any, get_args

from fastapi import APIRouter
from starlette.responses import Response

from chassis.errors import PartnerForbidden, Refused
from contracts.values import Domain, Tier
from services.gateway.access import guarded_router
from services.gateway.formats import AMSTERDAM
from services.gateway.portal.listing import Listing, choice, day, positive
from services.gateway.portal.navigation import KEEPS, REPORTS
from services.gateway.portal.visit import Visit, Visiting

DOMAINS = ("", *get_args(Domain))
TIERS = ("", *get_args(Tier))
_SIZE = 25
_SEARCH_LENGTH = 100


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/catalogus", browse, methods=["GET"])
    routes.add_api_route("/catalogus/{item}", shown, methods=["GET"])
    return routes


async def browse(
    visit: Visiting,
    zoek: str = "",
    domein: str = "",
    pakket: str = "",
    partner: str = "",
    op: str = "",
    pagina: str = "1",
) -> Response:
    """`op` is the day as of which it is read; today where it is none."""
    partners = await visit.partners()
    filters = {
        "zoek": zoek.strip()[:_SEARCH_LENGTH],
        "domein": choice(domein, DOMAINS),
        "pakket": choice(pakket, TIERS),
        "partner": await _partner(visit, partner),
        "op": day(op),
    }
    found = await visit.view(
        "catalogue",
        partner=filters["partner"] or None,
        search=filters["zoek"] or None,
        domain=filters["domein"] or None,
        tier=filters["pakket"] or None,
        on=filters["op"] or None,
        page=positive(pagina),
        size=_SIZE,
    )
    return await visit.page(
        "catalogue.html",
        items=found["items"],
        partners=partners,
        domains=DOMAINS,
        tiers=TIERS,
        listing=Listing(
            path="/catalogus",
            filters=filters,
            sort="item",
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )


async def shown(visit: Visiting, item: str, partner: str = "", op: str = "") -> Response:
    """One item as of a day; a code that cannot exist is not found either."""
    slug = await _partner(visit, partner)
    on = day(op)
    try:
        reply = await visit.view("catalogue-item", item=item, partner=slug or None, on=on or None)
    except Refused as refused:
        if refused.faults[0].kind != "invalid":
            raise
        raise PartnerForbidden from None
    names = {known.slug: known.name for known in await visit.partners()}
    return await visit.page(
        "catalogue_item.html",
        item=reply["item"],
        partner=slug,
        partner_name=names.get(slug),
        on=on,
        targets=await _targets(visit, slug, reply["item"]["domain"], on),
        may_report=bool(visit.roles & REPORTS) and reply["item"]["agreed"] and not on,
        keeps=bool(visit.roles & KEEPS),
    )


async def _targets(visit: Visit, partner: str, domain: str, on: str) -> dict[str, Any] | None:
    """The marks that the field of work aims at for the partner on the day; `None` without any."""
    if not partner:
        return None
    found = (await visit.view("experience-targets", partner=partner, domain=domain))["items"]
    today = visit.request.app.state.clock().astimezone(AMSTERDAM).date().isoformat()
    held = [
        version["target"]
        for target in found
        for version in target["versions"]
        if version["valid_from"] <= (on or today)
    ]
    return held[-1] if held else None


async def _partner(visit: Visit, asked: str) -> str:
    """For whom the catalogue is shown: the one asked for, or the only one; else nobody's."""
    slugs = [partner.slug for partner in await visit.partners()]
    if asked and asked not in slugs:
        raise PartnerForbidden
    return asked or (slugs[0] if len(slugs) == 1 else "")
