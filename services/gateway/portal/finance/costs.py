"""What a partner pays and why: its own costs in a year against the budget."""

from starlette.responses import Response

from services.gateway.portal.finance.asking import view
from services.gateway.portal.finance.places import page, year_of
from services.gateway.portal.visit import Visiting, see


async def choose(visit: Visiting) -> Response:
    """Straight on for someone who acts for one partner."""
    partners = await visit.partners()
    if len(partners) == 1:
        return see(f"/financien/kosten/{partners[0].slug}")
    return await page(visit, "finance_costs_choice.html", partners=partners)


async def shown(visit: Visiting, partner: str, jaar: str = "") -> Response:
    year = year_of(visit, jaar)
    found = await view(visit, "own-costs", partner=partner, year=year)
    invoices = await view(visit, "invoices", partner=partner, size=1000)
    names = {known.slug: known.name for known in await visit.partners()}
    return await page(
        visit,
        "finance_costs.html",
        year=year,
        partner=partner,
        partner_name=names.get(partner, partner),
        costs=found,
        invoices=[one for one in invoices["items"] if one["run"].startswith(f"{year}-")],
    )
