"""Invoices, and what each line rests on: pool, dated key, count, and the events behind them."""

from typing import Any

from starlette.responses import Response

from chassis.errors import PartnerForbidden
from services.gateway.portal.disputes.about import about
from services.gateway.portal.finance.asking import names, only, pool_names, view
from services.gateway.portal.finance.places import page
from services.gateway.portal.listing import Listing, choice, positive
from services.gateway.portal.visit import Visit, Visiting

_SIZE = 25
KNOWN = frozenset(
    {
        "budget-set",
        "budget-amended",
        "cost-booked",
        "charging-method-set",
        "users-counted",
        "charging-run-completed",
        "costs-allocated",
        "year-settled",
        "invoice-issued",
        "invoice-credited",
        "partner-joined",
        "partner-statistics-updated",
        "partner-withdrawal-announced",
        "agreement-signed",
        "agreement-amended",
        "agreement-ended",
        "time-logged",
        "corrected-invoice-issued",
        "objection-raised",
    }
)
"""Events that bills rest on; they have a text `book-event-…`."""
_DIGITS = 5


async def listed(visit: Visiting, deelnemer: str = "", pagina: str = "1") -> Response:
    partners = await visit.partners()
    partner = choice(deelnemer, ("", *(known.slug for known in partners)))
    found = await visit.view("invoices", partner=partner or None, page=positive(pagina), size=_SIZE)
    return await page(
        visit,
        "invoices.html",
        invoices=found["items"],
        partners=partners,
        names={known.slug: known.name for known in partners},
        listing=Listing(
            "/financien/facturen",
            {"deelnemer": partner},
            "",
            found["page"],
            found["size"],
            found["total"],
        ),
    )


async def shown(visit: Visiting, invoice: str) -> Response:
    found = await only(visit, "invoices", invoice=invoice)
    return await page(
        visit,
        "invoice.html",
        invoice=found,
        names=await names(visit),
        pools=await pool_names(visit),
        **await about(visit, found),
    )


async def line(visit: Visiting, invoice: str, line: str) -> Response:
    """One line: how its amount was reached, and every event that its figures come from."""
    found = await only(visit, "invoices", invoice=invoice)
    number = int(line) if line.isdecimal() and len(line) < _DIGITS else 0
    if not 1 <= number <= len(found["lines"]):
        raise PartnerForbidden
    told = found["lines"][number - 1]
    return await page(
        visit,
        "invoice_line.html",
        invoice=found,
        known=KNOWN,
        number=number,
        line=told,
        sources=[await _source(visit, source) for source in told["sources"]],
        names=await names(visit),
        pools=await pool_names(visit),
    )


async def events(
    visit: Visiting, bron: str = "", vanaf: str = "", tot: str = "", pagina: str = "1"
) -> Response:
    """The events of a source, as they were published."""
    found = await view(
        visit,
        "finance-events",
        aggregate=bron,
        first_version=vanaf if vanaf.isdecimal() else None,
        last_version=tot if tot.isdecimal() else None,
        page=positive(pagina),
        size=_SIZE,
    )
    filters = {"bron": bron, "vanaf": vanaf, "tot": tot}
    return await page(
        visit,
        "finance_events.html",
        known=KNOWN,
        source=bron,
        events=found["items"],
        listing=Listing(
            "/financien/bron", filters, "", found["page"], found["size"], found["total"]
        ),
    )


async def _source(visit: Visit, source: dict[str, Any]) -> dict[str, Any]:
    """A source with its first events; there may be more."""
    found = await view(
        visit,
        "finance-events",
        aggregate=source["aggregate"],
        first_version=source["first_version"],
        last_version=source["last_version"],
        size=_SIZE,
    )
    return {**source, "events": found["items"], "total": found["total"]}
