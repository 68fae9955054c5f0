"""The pages: objections and how they were answered, and how invoices name organisations."""

from starlette.responses import Response

from services.gateway.portal.disputes.forms import FORMS
from services.gateway.portal.finance.asking import every, names, only, pool_names, view
from services.gateway.portal.finance.places import page
from services.gateway.portal.listing import Listing, choice, positive
from services.gateway.portal.visit import Visiting

_SIZE = 25
_STATUSES = ("", "open", "upheld", "rejected")
_DONE = {form.name: form.done_text for form in FORMS}


async def listed(visit: Visiting, status: str = "", pagina: str = "1") -> Response:
    """Those that wait for an answer on top, the most urgent first."""
    chosen = choice(status, _STATUSES)
    asked = {"status": chosen or None, "page": positive(pagina), "size": _SIZE}
    found = await view(visit, "objections", **asked)
    listing = Listing(
        "/financien/bezwaren", {"status": chosen}, "", found["page"], _SIZE, found["total"]
    )
    return await page(
        visit,
        "objections.html",
        objections=found["items"],
        statuses=_STATUSES,
        names=await names(visit),
        today=visit.today().isoformat(),
        listing=listing,
    )


async def shown(visit: Visiting, objection: str, gedaan: str = "") -> Response:
    found = await only(visit, "objections", objection=objection)
    invoice = await only(visit, "invoices", invoice=found["invoice"])
    return await page(
        visit,
        "objection.html",
        objection=found,
        line=invoice["lines"][found["line"] - 1] if found["line"] else None,
        pools=await pool_names(visit),
        names=await names(visit),
        today=visit.today().isoformat(),
        done=_DONE.get(gedaan, ""),
    )


async def billing_details(visit: Visiting, gedaan: str = "") -> Response:
    """For the controller: the service centre first."""
    return await page(
        visit,
        "billing_details.html",
        parties=await every(visit, "billing-details"),
        names=await names(visit),
        done=_DONE.get(gedaan, ""),
    )
