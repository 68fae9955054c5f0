"""For the board: the risk register, and whether what is in reserve is enough for it."""

from decimal import Decimal

from starlette.responses import Response

from services.gateway.charts import course
from services.gateway.formats import Formats
from services.gateway.portal.finance.asking import every, view
from services.gateway.portal.finance.places import page
from services.gateway.portal.listing import Listing, choice, day, positive
from services.gateway.portal.visit import Visiting

STANDS = ("open", "closed", "")
_COLUMNS = ("risk", "name", "category", "net", "gross", "chance", "review_on", "updated_on")
_SIZE = 50


async def risks(
    visit: Visiting,
    stand: str = "open",
    op: str = "",
    zoek: str = "",
    sorteer: str = "-net",
    pagina: str = "1",
) -> Response:
    """The register, also as it was on a day."""
    on, search = day(op), zoek.strip()[:100]
    status = stand if stand in STANDS else "open"
    sort = sorteer if sorteer.removeprefix("-") in _COLUMNS else "-net"
    found = await view(
        visit,
        "risks",
        on=on or None,
        status=status or None,
        search=search or None,
        sort=sort,
        page=positive(pagina),
        size=_SIZE,
    )
    return await page(
        visit,
        "finance_risks.html",
        risks=found["items"],
        totals=found["totals"],
        stands=STANDS,
        today=visit.today().isoformat(),
        listing=Listing(
            "/financien/risicos",
            {"stand": status, "op": on, "zoek": search},
            sort,
            found["page"],
            found["size"],
            found["total"],
        ),
    )


async def risk(visit: Visiting, risk: str) -> Response:
    found = await view(visit, "risk", risk=risk)
    return await page(
        visit, "finance_risk.html", risk=found["risk"], history=found["history"][::-1]
    )


async def resilience(visit: Visiting, wijze: str = "") -> Response:
    """Capacity against what is needed, as it was found on each reference date."""
    way = choice(wijze, ("", "percentage", "simulation"))
    found = await every(visit, "resilience", way=way or None, sort="on")
    reserves = await view(visit, "reserves", size=1000)
    said = Formats(visit.language)
    rows = [
        (said.day(item["on"]), {name: _amount(item[name]) for name in ("capacity", "needed")})
        for item in found
    ]
    return await page(
        visit,
        "finance_resilience.html",
        found=found[::-1],
        newest=found[-1] if found else None,
        reserves=reserves["items"],
        capacity=reserves["totals"]["capacity"],
        chart=course(rows, ("capacity", "needed")) if len(rows) > 1 else None,
        way=way,
    )


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
