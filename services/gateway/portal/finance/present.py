"""What the controller's forms are about, as the read models have it now."""

from collections.abc import Mapping
from typing import Any

from chassis.errors import PartnerForbidden
from services.gateway.portal.finance.asking import every, only
from services.gateway.portal.forms import Ids, Present
from services.gateway.portal.visit import Visit

_CONTENT = (
    "name",
    "category",
    "cause",
    "measures",
    "gross",
    "net",
    "net_least",
    "chance",
    "structural",
    "insured",
    "owner",
    "review_on",
)


async def pool(visit: Visit, ids: Ids) -> Present:
    found = await only(visit, "budgets", year=ids["year"], pool=ids["pool"])
    return Present(found["aggregate_version"], f"{found['name']} {found['year']}")


async def method(visit: Visit, ids: Ids) -> Present:
    return _told(await only(visit, "charging-methods", pool=ids["pool"]))


async def users(visit: Visit, ids: Ids) -> Present:
    return _told(await only(visit, "user-counts", year=ids["year"], partner=ids["partner"]))


async def run(visit: Visit, ids: Ids) -> Present:
    return _told(await only(visit, "charging-runs", run=ids["run"]))


async def invoice(visit: Visit, ids: Ids) -> Present:
    """An invoice that was just taken back counts only once that shows."""
    found = await only(visit, "invoices", invoice=ids["invoice"])
    shows = "corrects" not in ids or found["credited_by"]
    return Present(found["aggregate_version"] if shows else 0, found["invoice"])


async def risk(visit: Visit, ids: Ids) -> Present:
    found = (await visit.view("risk", risk=ids["risk"]))["risk"]
    content = {name: found[name] for name in _CONTENT}
    return Present(found["aggregate_version"], found["name"], {"content": content})


async def reserve(visit: Visit, ids: Ids) -> Present:
    return _told(await _among(visit, "reserves", "reserve", ids))


async def resilience(visit: Visit, ids: Ids) -> Present:
    """The newest of the assessments on a reference date."""
    items = (await visit.view("resilience", **{"from": ids["on"], "to": ids["on"]}))["items"]
    return Present(max((item["aggregate_version"] for item in items), default=0))


async def loan(visit: Visit, ids: Ids) -> Present:
    return _told(await _among(visit, "loans", "loan", ids))


async def cash(visit: Visit, ids: Ids) -> Present:
    return _told(await only(visit, "cash-positions", year=ids["year"]))


async def interest_risk(visit: Visit, ids: Ids) -> Present:
    year = ids.get("interest-risk")
    return _told(await only(visit, "interest-risk", **{"from": year, "to": year}))


async def balance(visit: Visit, ids: Ids) -> Present:
    return _told(await only(visit, "balance-sheets", year=ids["year"]))


async def indicator(visit: Visit, ids: Ids) -> Present:
    found = await only(visit, "indicators", indicator=ids["indicator"], year=ids["year"])
    return _told(next(one for one in found["years"] if str(one["year"]) == str(ids["year"])))


async def case(visit: Visit, ids: Ids) -> Present:
    found = await only(visit, "business-cases", case=ids["case"])
    return Present(found["aggregate_version"], found["name"])


async def quote(visit: Visit, ids: Ids) -> Present:
    return _told(await only(visit, "quotes", quote=ids["quote"]))


def _told(found: Mapping[str, Any]) -> Present:
    return Present(found["aggregate_version"])


async def _among(visit: Visit, query: str, name: str, ids: Ids) -> dict[str, Any]:
    """As `_only`, of a list that cannot be asked for one."""
    for item in await every(visit, query):
        if item[name] == ids[name]:
            return item
    raise PartnerForbidden
