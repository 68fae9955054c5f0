"""What a partner may expect of the year: its share in what each pool is expected to cost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.amounts import euro
from services.projection.finance_rows import CostPool
from services.projection.views.finance.budget import MONTHS, against_budget
from services.projection.views.finance.own_costs import OwnYear
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.explained import parts
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, only, plus
from services.projection.views.reports.finance.own_costs import booked
from services.projection.views.reports.finance.own_year import own_year
from services.projection.views.reports.finance.shapes import (
    Row,
    added,
    bars,
    cell,
    formula,
    less,
    paragraph,
    part,
    section,
    table,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A pool that is divided, of all partners together, and how it was divided so far."""

    pool: CostPool
    budget: str
    forecast: str
    structural: str
    incidental: str
    divided: str
    own: str

    def own_part(self, amount: str) -> str:
        """By the share in what was divided so far."""
        return euro(Decimal(amount) * Decimal(self.own) / Decimal(self.divided))

    @property
    def rows(self) -> tuple[str, str, str]:
        """The own part of the budget and of the forecast, and what is expected to be left."""
        budget, forecast = self.own_part(self.budget), self.own_part(self.forecast)
        return budget, forecast, less(budget, forecast) or euro("0")


def expected(asked: Asked, own: OwnYear) -> list[Expected]:
    """Of a year that is settled nothing is expected any more; nor of a pool without bookings."""
    if own.settlement is not None:
        return []
    everybody = replace(asked.reader(), partners=frozenset())
    found = []
    for pool in own.pools:
        told = against_budget(pool, everybody, closed=False)
        divided, mine, _ = parts(own, pool)
        if told["forecast"] is not None and Decimal(divided):
            found.append(_expected(pool, told, divided, mine))
    return found


def _expected(pool: CostPool, told: Mapping[str, Any], divided: str, mine: str) -> Expected:
    return Expected(
        pool=pool,
        budget=told["budget"],
        forecast=told["forecast"],
        structural=told["structural"]["booked"],
        incidental=told["incidental"]["booked"],
        divided=divided,
        own=mine,
    )


def own_forecast(asked: Asked, own: OwnYear) -> Section | None:
    found = expected(asked, own)
    if not found:
        return None
    sums = [added(each.rows[place] for each in found) for place in range(3)]
    totals = (cell(sums[place], formula("own-expected", of=name)) for place, name in _PLACES)
    return section(
        "finance-own-forecast",
        paragraph("own-forecast-lead"),
        table(
            "finance-own-forecast",
            [
                ("pool", "text"),
                ("own-share", "percentage"),
                ("forecast-all", "money"),
                ("own-budget", "money"),
                ("own-forecast", "money"),
                ("expected-result", "money"),
            ],
            map(_row, found),
            bars("pool", "own-budget", "own-forecast"),
            total=(*(cell(None) for _ in range(3)), *totals),
        ),
    )


def _row(each: Expected) -> Row:
    where = {"pool": each.pool.pool}
    return (
        cell(each.pool.name),
        cell(part(each.own, each.divided), formula("own-share", **where)),
        cell(each.forecast, formula("forecast-all", **where)),
        *(cell(each.rows[place], formula(f"pool-{name}", **where)) for place, name in _PLACES),
    )


_PLACES = ((0, "own-budget"), (1, "own-forecast"), (2, "own-result"))


# Formulas


async def _found(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Expected:
    found = expected(asked, await own_year(asked, session))
    return only(each for each in found if each.pool.pool == where["pool"])


async def _forecast_all(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    each = await _found(where, asked, session)
    structural, incidental = (booked(asked, each.pool, "", kind) for kind in ("yes", "no"))
    return [
        Step("plus", "booked-structural", amount=each.structural, of=structural),
        Step("times", "months", number=MONTHS),
        Step("divided-by", "months-booked", number=max(map(int, each.pool.months))),
        Step("plus", "booked-incidental", amount=each.incidental, of=incidental),
    ]


def _part_of(label: str, name: str, whole: str) -> Formula:
    """The own share in an amount of the pool: times the own part, divided by all."""

    async def steps(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
        each = await _found(where, asked, session)
        amount: str = getattr(each, name)
        named = {"pool": where["pool"]}
        return [
            Step("plus", label, amount=amount, of=formula(whole, **named)),
            Step("times", "own-part", amount=each.own, of=formula("own-part", **named)),
            Step("divided-by", "divided", amount=each.divided, of=formula("divided", **named)),
        ]

    return steps


async def _result(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    budget, forecast, _ = (await _found(where, asked, session)).rows
    named = {"pool": where["pool"]}
    return [
        Step("plus", "own-budget", amount=budget, of=formula("pool-own-budget", **named)),
        Step("minus", "own-forecast", amount=forecast, of=formula("pool-own-forecast", **named)),
    ]


async def _sum(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    place, name = only(each for each in _PLACES if each[1] == where["of"])
    found = expected(asked, await own_year(asked, session))
    return plus(
        name,
        (
            (each.pool.name, each.rows[place], formula(f"pool-{name}", pool=each.pool.pool))
            for each in found
        ),
    )


FORMULAS: Mapping[str, Formula] = {
    "forecast-all": _forecast_all,
    "own-expected": _sum,
    "pool-own-budget": _part_of("budget-all", "budget", "pool-budget"),
    "pool-own-forecast": _part_of("forecast-all", "forecast", "forecast-all"),
    "pool-own-result": _result,
}
