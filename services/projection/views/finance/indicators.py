"""Policy indicators year by year, and what the centre costs per resident against a benchmark."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.amounts import cents, difference, euro, total
from services.projection.catalogue_rows import Partner
from services.projection.finance_models import COST_POOL, INDICATOR, SETTLED_YEAR
from services.projection.finance_position_rows import Indicator
from services.projection.finance_rows import CostPool, SettledYear
from services.projection.models import PARTNER
from services.projection.views.finance.budget import booked_on, budget_of
from services.projection.views.finance.lists import load, origin, page_of
from services.projection.views.finance.params import IndicatorsParams, PerResidentParams
from services.projection.views.finance.scope import require_position

_NAMED = ("indicator", "name", "unit", "domain", "goal")


async def indicators(
    asked: IndicatorsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Each indicator with its years in order."""
    require_position(context)
    table = INDICATOR.table.c
    names = ("indicator", "year")
    wanted = [table[name] == value for name in names if (value := getattr(asked, name))]
    rows = await load(session, Indicator, INDICATOR, *wanted)
    return page_of(over_the_years(rows), asked)


def over_the_years(rows: Iterable[Indicator]) -> list[dict[str, Any]]:
    """Named as in the last year that there is."""
    in_order = sorted(rows, key=lambda row: (row.indicator, row.year))
    return [
        _indicator(list(years)) for _, years in groupby(in_order, key=lambda row: row.indicator)
    ]


def _indicator(years: Sequence[Indicator]) -> dict[str, Any]:
    last = years[-1]
    return {
        **{name: getattr(last, name) for name in _NAMED},
        "years": [
            {
                **{name: getattr(row, name) for name in ("year", "value", "benchmark")},
                "difference": difference(row.value, row.benchmark),
                **origin(row),
            }
            for row in years
        ],
    }


async def cost_per_resident(
    asked: PerResidentParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Cost of the pools by the residents of the partners, year by year, beside the benchmark."""
    require_position(context)
    table = COST_POOL.table.c
    wanted = [table.pool.in_(asked.pool)] if asked.pool else []
    pools = await load(session, CostPool, COST_POOL, *wanted)
    closed = {row.year for row in await load(session, SettledYear, SETTLED_YEAR)}
    partners = await load(session, Partner, PARTNER)
    benchmarks = await _benchmarks(session, asked.benchmark)
    years = sorted({pool.year for pool in pools})
    items = [per_resident(year, pools, partners, closed) for year in years]
    return {
        "items": [_beside(item, benchmarks.get(item["year"])) for item in items],
        "benchmarks": [
            {"year": year, "amount": _amount(row)} for year, row in sorted(benchmarks.items())
        ],
    }


def per_resident(
    year: int, pools: Iterable[CostPool], partners: Iterable[Partner], closed: Iterable[int]
) -> dict[str, Any]:
    """On what was booked; on the budget while nothing was. Null without residents."""
    counted = [pool for pool in pools if pool.year == year]
    booked = any(pool.bookings for pool in counted)
    cost = total((booked_on if booked else budget_of)(pool) for pool in counted)
    told = [
        (partner.aggregate, partner.version, each["residents"])
        for partner in partners
        for each in partner.statistics
        if each["year"] == year and each["residents"]
    ]
    residents = sum(count for _, _, count in told)
    sources = [
        *((pool.aggregate, pool.version) for pool in counted),
        *((aggregate, version) for aggregate, version, _ in told),
    ]
    return {
        "year": year,
        "cost": euro(cost),
        "basis": _basis(booked=booked, settled=year in closed),
        "residents": residents,
        "partners": len(told),
        "amount": euro(cents(cost / residents)) if residents else None,
        "sources": [
            {"aggregate": aggregate, "first_version": 1, "last_version": version}
            for aggregate, version in sources
        ],
    }


def _basis(*, booked: bool, settled: bool) -> str:
    if settled:
        return "settled"
    return "booked" if booked else "budget"


def _beside(item: Mapping[str, Any], row: Indicator | None) -> dict[str, Any]:
    """The year with its benchmark, and the events of that too."""
    if row is None:
        return {**item, "benchmark": None, "difference": None}
    source = {"aggregate": row.aggregate, "first_version": 1, "last_version": row.version}
    return {
        **item,
        "benchmark": _amount(row),
        "difference": difference(item["amount"], _amount(row)),
        "sources": [*item["sources"], source],
    }


async def _benchmarks(session: AsyncSession, code: str | None) -> Mapping[int, Indicator]:
    table = INDICATOR.table.c
    rows = await load(session, Indicator, INDICATOR, table.indicator == code) if code else []
    return {row.year: row for row in rows}


def _amount(row: Indicator) -> str:
    """What others have; an indicator of others has it as its own value."""
    return row.value if row.benchmark is None else row.benchmark
