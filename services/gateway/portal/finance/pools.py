"""Budgets per pool, what was booked on them, and how each pool is charged."""

from starlette.responses import Response

from services.gateway.portal.finance.asking import ALL, every, names, only
from services.gateway.portal.finance.forms import METHODS
from services.gateway.portal.finance.places import page, year_of
from services.gateway.portal.listing import Listing, choice, positive
from services.gateway.portal.visit import Visiting

_SIZE = 50
_COLUMNS = ("pool", "budget", "booked", "remaining")
_BOOKED_BY = (
    "-booked_on",
    "booked_on",
    "-amount",
    "amount",
    "booking",
    "-booking",
    "pool",
    "-pool",
)


async def listed(visit: Visiting, jaar: str = "", sorteer: str = "pool") -> Response:
    year = year_of(visit, jaar)
    sort = sorteer if sorteer.removeprefix("-") in _COLUMNS else "pool"
    found = await visit.view("budgets", year=year, sort=sort, size=ALL)
    return await page(
        visit,
        "finance_budgets.html",
        year=year,
        pools=found["items"],
        totals=found["totals"],
        listing=Listing("/financien/begroting", {"jaar": str(year)}, sort, 1, ALL, found["total"]),
    )


async def shown(visit: Visiting, year: str, pool: str) -> Response:
    found = await only(visit, "budgets", year=year, pool=pool)
    methods = await every(visit, "charging-methods", pool=pool)
    latest = await visit.view("bookings", year=year, pool=pool, size=_SIZE)
    return await page(
        visit,
        "finance_pool.html",
        pool=found,
        methods=methods,
        bookings=latest["items"],
        booked=latest["total"],
        names=await names(visit),
    )


async def bookings(
    visit: Visiting,
    jaar: str = "",
    kostenplaats: str = "",
    zoek: str = "",
    sorteer: str = "-booked_on",
    pagina: str = "1",
) -> Response:
    year = year_of(visit, jaar)
    pools = await every(visit, "budgets", year=year, sort="pool")
    pool = choice(kostenplaats, ("", *(row["pool"] for row in pools)))
    search, sort = zoek.strip()[:100], choice(sorteer, _BOOKED_BY)
    found = await visit.view(
        "bookings",
        year=year,
        pool=pool or None,
        search=search or None,
        sort=sort,
        page=positive(pagina),
        size=_SIZE,
    )
    filters = {"jaar": str(year), "kostenplaats": pool, "zoek": search}
    return await page(
        visit,
        "finance_bookings.html",
        year=year,
        pools=pools,
        bookings=found["items"],
        totals=found["totals"],
        names=await names(visit),
        listing=Listing(
            "/financien/boekingen", filters, sort, found["page"], found["size"], found["total"]
        ),
    )


async def methods(visit: Visiting) -> Response:
    return await page(
        visit,
        "finance_methods.html",
        pools=await every(visit, "charging-methods"),
        users=await every(visit, "user-counts"),
        forms=METHODS,
        names=await names(visit),
    )
