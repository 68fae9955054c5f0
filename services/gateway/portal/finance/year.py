"""The year of the controller: what is due, what was done, and how the budget stands."""

import asyncio
from datetime import date
from typing import Any

from starlette.responses import Response

from services.gateway.portal.finance.asking import ALL
from services.gateway.portal.finance.duties import Held, duties
from services.gateway.portal.finance.places import CONTROLLER, page, year_of
from services.gateway.portal.visit import Visit, Visiting, see


async def first(visit: Visiting) -> Response:
    """Where each begins: the controller with the year, an owner with resilience, others: costs."""
    if visit.roles & CONTROLLER:
        return see("/financien/jaar")
    return see("/financien/weerstand" if "owner" in visit.roles else "/financien/kosten")


async def shown(visit: Visiting, jaar: str = "") -> Response:
    year = year_of(visit, jaar)
    budgets = await visit.view("budgets", year=year, size=ALL)
    held = await _held(visit, year, budgets["total"])
    return await page(
        visit,
        "finance_year.html",
        year=year,
        duties=duties(year, visit.today(), held),
        totals=budgets["totals"],
        pools=budgets["items"],
        settled=held.settled,
    )


async def _held(visit: Visit, year: int, budgets: int) -> Held:
    """What the read models tell of the year, asked at once."""
    asked = await asyncio.gather(
        visit.view("partners"),
        visit.view("charging-runs", year=year, size=ALL),
        visit.view("cash-positions", year=year),
        visit.view("resilience", **{"from": f"{year}-01-01", "to": f"{year}-12-31"}, size=ALL),
        visit.view("interest-risk", **{"from": year, "to": year}),
        visit.view("balance-sheets", year=year),
        visit.view("risks", status="open", review_until=visit.today().isoformat(), size=1),
        visit.view("objections", status="open", size=ALL),
    )
    partners, runs, cash, resilience, interest, balance, reviews, objections = asked
    return Held(
        budgets=budgets,
        partners_uncounted=sum(not _counted(row, year) for row in partners["partners"]),
        runs={run["run"]: run["parts"] for run in runs["items"]},
        quarters={
            quarter["quarter"]
            for item in cash["items"]
            if item["year"] == year
            for quarter in item["quarters"]
        },
        assessed_on={item["on"] for item in resilience["items"]},
        interest_risk=bool(interest["items"]),
        balance=bool(balance["items"]),
        settled=any(run["kind"] == "settlement" for run in runs["items"]),
        risks_to_review=reviews["total"],
        answers_due=[date.fromisoformat(item["answer_by"]) for item in objections["items"]],
    )


def _counted(partner: dict[str, Any], year: int) -> bool:
    """Whether the year's counts of a partner are known; one that left or comes later needs none."""
    if partner["leaves_on"] is not None and partner["leaves_on"] < f"{year}-01-01":
        return True
    if partner["joined_on"] > f"{year}-12-31":
        return True
    return any(count["year"] == year for count in partner["statistics"])
