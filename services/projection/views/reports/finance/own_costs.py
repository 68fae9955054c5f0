"""A partner's cost against the budget, per pool, and what the year is expected to come to."""

from calendar import isleap
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Figure, Of, Section, Table
from services.projection.amounts import euro
from services.projection.finance_rows import ChargingRun, CostPool
from services.projection.views.finance.own_costs import OwnYear
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.formulas import (
    Formula,
    Step,
    Steps,
    of_hundred,
    plus,
)
from services.projection.views.reports.finance.own_year import (
    decisive,
    lines_of,
    of_lines,
    own_year,
    pool_of,
)
from services.projection.views.reports.finance.shapes import (
    Row,
    added,
    bars,
    cell,
    events,
    figures,
    formula,
    nothing,
    paragraph,
    section,
    share,
    table,
)

_KEY_FIGURES = ("own-charged", "own-whole-year", "own-direct")


def own_costs(asked: Asked, own: OwnYear) -> Section:
    if not own.pools:
        return section("finance-own-costs", nothing("own-costs", own.year))
    return section(
        "finance-own-costs",
        paragraph("own-costs-lead"),
        figures(*(_figure(own, name) for name in _KEY_FIGURES)),
        _pools(asked, own),
    )


def _figure(own: OwnYear, name: str) -> Figure:
    told = {
        "own-charged": euro(own.charged()),
        "own-whole-year": own.whole_year(),
        "own-direct": _sum(own, "direct"),
    }
    value = cell(told[name], formula(name))
    return Figure(label=f"report-finance-{name}", kind="money", cell=value)


def _sum(own: OwnYear, name: str) -> str:
    return added(own.of_pool(pool)[name] for pool in own.pools)


def _pools(asked: Asked, own: OwnYear) -> Table:
    return table(
        "finance-own-pools",
        [
            ("pool", "text"),
            ("own-advanced", "money"),
            ("own-settled", "money"),
            ("own-direct", "money"),
            ("budget-all", "money"),
            ("booked-all", "money"),
            ("spent", "percentage"),
        ],
        (_pool(asked, own, pool) for pool in own.pools),
        bars("pool", "budget-all", "booked-all"),
        total=_total(own),
    )


def _pool(asked: Asked, own: OwnYear, pool: CostPool) -> Row:
    told, where = own.of_pool(pool), {"pool": pool.pool}
    return (
        cell(told["name"]),
        cell(told["charged"], formula("own-pool", **where)),
        cell(told["settled"], own.settlement and of_lines(own.settlement, pool.pool)),
        cell(told["direct"], booked(asked, pool, own.partner)),
        cell(told["budget"], formula("pool-budget", **where)),
        cell(told["booked_shared"], booked(asked, pool, "")),
        cell(
            share(told["booked_shared"], told["budget"], "0.1"),
            formula("pool-spent-all", **where),
        ),
    )


def _total(own: OwnYear) -> Row:
    settled = _sum(own, "settled") if own.settlement else None
    return (
        cell(None),
        cell(_sum(own, "charged"), formula("own-advanced")),
        cell(settled, own.settlement and of_lines(own.settlement)),
        cell(_sum(own, "direct"), formula("own-direct")),
        cell(_sum(own, "budget"), formula("pools", of="budget")),
        cell(_sum(own, "booked_shared"), formula("booked-all")),
        cell(None),
    )


def booked(asked: Asked, pool: CostPool, whose: str, structural: str | None = None) -> Of:
    """Bookings up to the period's end: a partner's own; with nobody's name those for all."""
    kind: dict[str, object] = {} if structural is None else {"structural": structural}
    narrowed = {"event": "cost-booked", "until": asked.period.last, "partner": whose, **kind}
    return events(pool.aggregate, None, **narrowed)


# Formulas


async def _charged(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    own = await own_year(asked, session)
    return _of_runs(own, decisive(own))


async def _advanced(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    own = await own_year(asked, session)
    return _of_runs(own, own.advances)


def _of_runs(own: OwnYear, runs: Any, pool: str | None = None) -> Steps:
    return plus(
        "own-charged",
        ((run.run, _on(run, own, pool), of_lines(run, pool)) for run in runs),
    )


def _on(run: ChargingRun, own: OwnYear, pool: str | None) -> str:
    return added(line["amount"] for line in lines_of(run, own, pool))


async def _pool_charged(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    own = await own_year(asked, session)
    return _of_runs(own, own.advances, pool_of(own, where).pool)


async def _whole_year(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    """What was charged so far, drawn on by the day to the end of the year while it is open."""
    own = await own_year(asked, session)
    charged = _of_runs(own, decisive(own))
    if own.settlement is not None:
        return charged
    days = sum((run.last - run.first).days + 1 for run in own.advances)
    return [
        *charged,
        Step("times", "days-of-year", number=365 + isleap(own.year)),
        Step("divided-by", "days-charged", number=days),
    ]


async def _direct(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    own = await own_year(asked, session)
    return _of_pools(asked, own, "direct", own.partner)


async def _booked_all(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    return _of_pools(asked, await own_year(asked, session), "booked_shared", "")


def _of_pools(asked: Asked, own: OwnYear, name: str, whose: str) -> Steps:
    return plus(
        "booked",
        ((pool.name, own.of_pool(pool)[name], booked(asked, pool, whose)) for pool in own.pools),
    )


async def _spent_all(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    own = await own_year(asked, session)
    pool = pool_of(own, where)
    told = own.of_pool(pool)
    budget = formula("pool-budget", pool=pool.pool)
    return [
        Step("plus", "booked-all", amount=told["booked_shared"], of=booked(asked, pool, "")),
        Step("divided-by", "budget-all", amount=told["budget"], of=budget),
        of_hundred(),
    ]


FORMULAS: Mapping[str, Formula] = {
    "booked-all": _booked_all,
    "own-advanced": _advanced,
    "own-charged": _charged,
    "own-direct": _direct,
    "own-pool": _pool_charged,
    "own-whole-year": _whole_year,
    "pool-spent-all": _spent_all,
}
