"""Every item in every stage of its life, and one item whole."""

from typing import get_args

from starlette.responses import Response

from chassis.errors import PartnerForbidden, Refused
from contracts.values import Domain
from services.gateway.portal.catalogue_keeping.forms import FORMS
from services.gateway.portal.listing import Listing, choice, positive
from services.gateway.portal.visit import Visiting, see

STATUSES = ("", "draft", "published", "revised", "retired")
DOMAINS = ("", *get_args(Domain))
DONE = frozenset(form.name for form in FORMS)
_SIZE = 50
_SEARCH_LENGTH = 100


async def first(_: Visiting) -> Response:
    return see("/beheer/producten")


async def listed(
    visit: Visiting, zoek: str = "", domein: str = "", stand: str = "", pagina: str = "1"
) -> Response:
    filters = {
        "zoek": zoek.strip()[:_SEARCH_LENGTH],
        "domein": choice(domein, DOMAINS),
        "stand": choice(stand, STATUSES),
    }
    found = await visit.view(
        "catalogue-keeping",
        search=filters["zoek"] or None,
        domain=filters["domein"] or None,
        status=filters["stand"] or None,
        page=positive(pagina),
        size=_SIZE,
    )
    return await visit.page(
        "keeping_items.html",
        items=found["items"],
        domains=DOMAINS,
        statuses=STATUSES,
        listing=Listing(
            path="/beheer/producten",
            filters=filters,
            sort="item",
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )


async def shown(visit: Visiting, item: str, gedaan: str = "") -> Response:
    try:
        reply = await visit.view("catalogue-keeping-item", item=item)
    except Refused as refused:
        if refused.faults[0].kind != "invalid":
            raise
        raise PartnerForbidden from None
    found = reply["item"]
    return await visit.page(
        "keeping_item.html",
        item=found,
        content=found["draft"] or found["versions"][-1]["content"],
        names={partner.slug: partner.name for partner in await visit.partners()},
        done=gedaan if gedaan in DONE else "",
    )
