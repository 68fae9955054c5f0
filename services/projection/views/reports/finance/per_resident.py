"""What ICT costs per resident beside the national figure; of all partners together."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Of, Section
from services.projection.finance_models import COST_POOL
from services.projection.finance_rows import CostPool
from services.projection.views.finance.indicators import cost_per_resident
from services.projection.views.finance.lists import load
from services.projection.views.finance.params import PerResidentParams
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, only
from services.projection.views.reports.finance.indicators import known
from services.projection.views.reports.finance.shapes import (
    Row,
    bars,
    cell,
    events,
    formula,
    less,
    nothing,
    paragraph,
    section,
    table,
)

ICT = "ict"
"""Pools of this code, or that begin with it and a dash, count; where there is none, all do."""
NATIONAL = ("ict-kosten-per-inwoner-landelijk", "ict-kosten-per-inwoner")
"""Indicators that hold the national figure, as their benchmark or value; the first one known."""

Years = Sequence[Mapping[str, Any]]


async def years(asked: Asked, session: AsyncSession) -> Years:
    """Each year up to the period's end of which the cost or the national figure is known."""
    codes = {each["indicator"] for each in await known(asked, session)}
    national = next((code for code in NATIONAL if code in codes), None)
    params = PerResidentParams(pool=await _pools(session), benchmark=national)
    found = await cost_per_resident(params, asked.reader(), session)
    told = {item["year"]: item for item in found["items"]}
    benchmarks = {each["year"]: each["amount"] for each in found["benchmarks"]}
    return [
        {"year": year, "national": benchmarks.get(year), "code": national, "own": told.get(year)}
        for year in sorted(told.keys() | benchmarks.keys())
        if year <= asked.period.last.year
    ]


async def _pools(session: AsyncSession) -> tuple[str, ...]:
    codes = {pool.pool for pool in await load(session, CostPool, COST_POOL)}
    return tuple(sorted(code for code in codes if code == ICT or code.startswith(f"{ICT}-")))


def per_resident(asked: Asked, found: Years) -> Section:
    if not found:
        return section("finance-per-resident", nothing("per-resident", asked.period.last.year))
    return section(
        "finance-per-resident",
        paragraph("per-resident-lead"),
        table(
            "finance-per-resident",
            [
                ("year", "text"),
                ("cost", "money"),
                ("basis", "term"),
                ("residents", "count"),
                ("per-resident", "money"),
                ("national", "money"),
                ("difference", "money"),
            ],
            (_row(each) for each in found),
            bars("year", "per-resident", "national"),
        ),
    )


def known_only(asked: Asked, found: Years) -> Section | None:
    """`None` while the cost of no year is known."""
    return per_resident(asked, found) if any(each["own"] for each in found) else None


def _row(year: Mapping[str, Any]) -> Row:
    own = year["own"] or {}
    amount, where = own.get("amount"), {"year": year["year"]}
    return (
        cell(str(year["year"])),
        cell(own.get("cost"), formula("resident-cost", **where)),
        cell((own and f"cost-basis-{own['basis']}") or None),
        cell(own.get("residents") or None, formula("residents", **where)),
        cell(amount, formula("per-resident", **where)),
        cell(year["national"], _national(year)),
        cell(less(amount, year["national"]), formula("resident-difference", **where)),
    )


def _national(year: Mapping[str, Any]) -> Of:
    return events(f"indicator/{year['year']}-{year['code']}")


# Formulas


async def _year(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Any:
    found = await years(asked, session)
    return only(e for e in found if str(e["year"]) == where["year"] and e["own"])


async def _amount(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    own = (await _year(where, asked, session))["own"]
    return [
        Step("plus", "cost", amount=own["cost"], of=formula("resident-cost", **where)),
        Step("divided-by", "residents", number=own["residents"], of=formula("residents", **where)),
    ]


async def _difference(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    year = await _year(where, asked, session)
    amount = year["own"]["amount"]
    return [
        Step("plus", "per-resident", amount=amount, of=formula("per-resident", **where)),
        Step("minus", "national", amount=year["national"], of=_national(year)),
    ]


async def _cost(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    """The cost as it was counted, and the pools whose events it comes from."""
    own = (await _year(where, asked, session))["own"]
    pools = [each["aggregate"] for each in own["sources"] if _is(each, "pool")]
    named = ", ".join(pool.partition("/")[2] for pool in sorted(pools))
    of = events(pools[0]) if len(pools) == 1 else None
    return [Step("plus", "cost", amount=own["cost"], about=named, of=of)]


async def _residents(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    """Those of all partners together: what each has is its own."""
    own = (await _year(where, asked, session))["own"]
    counted = str(own["partners"])
    return [Step("plus", "partners-counted", number=own["residents"], about=counted)]


def _is(source: Mapping[str, Any], kind: str) -> bool:
    aggregate: str = source["aggregate"]
    return aggregate.startswith(f"{kind}/")


FORMULAS: Mapping[str, Formula] = {
    "per-resident": _amount,
    "resident-cost": _cost,
    "resident-difference": _difference,
    "residents": _residents,
}
