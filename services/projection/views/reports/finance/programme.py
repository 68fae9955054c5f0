"""The programme of measures: incidental budgets of this year and the next, measure by measure.

How it divides over the partners by the key is each partner's own, and stands in its report.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.finance.costs import BudgetSet
from contracts.reports import Cell, Section, Table
from services.projection.finance_models import SOURCE_EVENT
from services.projection.views.finance.budget import against_budget
from services.projection.views.finance.charging import methods as methods_view
from services.projection.views.finance.params import MethodsParams
from services.projection.views.params import LARGEST_PAGE
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.as_then import pools_on
from services.projection.views.reports.finance.formulas import (
    Formula,
    Steps,
    only,
    plus,
)
from services.projection.views.reports.finance.shapes import (
    Row,
    added,
    cell,
    events,
    formula,
    less,
    paragraph,
    section,
    table,
)

Pools = Sequence[Mapping[str, Any]]
_e = SOURCE_EVENT.table.c


async def measures(asked: Asked, session: AsyncSession) -> Pools:
    """Pools of this year and the next with incidental lines, whose budget was set by the end."""
    year, day = asked.period.first.year, asked.period.last
    pools = [*await pools_on(session, year, day), *await pools_on(session, year + 1, day)]
    known = await _set_by(asked, session)
    told = [
        against_budget(pool, asked.reader(), closed=False)
        for pool in sorted(pools, key=lambda pool: (pool.year, pool.pool))
        if pool.year == year or pool.aggregate in known
    ]
    methods = await _methods(asked, session)
    return [
        {**each, "measures": lines, "method": methods(each["pool"], each["year"])}
        for each in told
        if (lines := [line for line in each["lines"] if not line["structural"]])
    ]


async def _set_by(asked: Asked, session: AsyncSession) -> set[str]:
    query = select(_e.aggregate).where(
        _e.type == BudgetSet.type(), _e.occurred_at < asked.period.end
    )
    return set((await session.execute(query)).scalars())


async def _methods(asked: Asked, session: AsyncSession) -> Any:
    """How a pool was charged at the end of a year; none where nothing was said of it."""
    found = await methods_view(MethodsParams(size=LARGEST_PAGE), asked.reader(), session)
    by_pool = {item["pool"]: item["methods"] for item in found["items"]}

    def at_end_of(pool: str, year: int) -> str | None:
        begun = [
            each["method"]["method"]
            for each in by_pool.get(pool, ())
            if date.fromisoformat(each["valid_from"]).year <= year
        ]
        return begun[-1] if begun else None

    return at_end_of


def programme(pools: Pools) -> Section | None:
    """`None` where no budget has an incidental line."""
    if not pools:
        return None
    return section(
        "finance-programme", paragraph("programme-lead"), _measures(pools), _divided(pools)
    )


def _measures(pools: Pools) -> Table:
    return table(
        "finance-measures",
        [
            ("year", "text"),
            ("measure", "text"),
            ("pool", "text"),
            ("budget", "money"),
            ("booked", "money"),
        ],
        (_measure(pool, line) for pool in pools for line in pool["measures"]),
        total=(
            *(cell(None) for _ in range(3)),
            cell(added(map(planned, pools)), formula("programme", of="budget")),
            cell(added(map(spent, pools)), formula("programme", of="booked")),
        ),
    )


def _measure(pool: Mapping[str, Any], line: Mapping[str, Any]) -> Row:
    """What was booked is told per measure where bookings name it, else with the pool."""
    return (
        cell(str(pool["year"])),
        cell(line["line"]),
        cell(pool["name"]),
        cell(line["budget"], events(pool["aggregate"], event="budget-set")),
        cell(line["booked"], events(pool["aggregate"], event="cost-booked")),
    )


def _divided(pools: Pools) -> Table:
    return table(
        "finance-programme-pools",
        [
            ("year", "text"),
            ("pool", "text"),
            ("method", "term"),
            ("budget", "money"),
            ("booked", "money"),
            ("remaining", "money"),
        ],
        (_pool(pool) for pool in pools),
    )


def _pool(pool: Mapping[str, Any]) -> Row:
    where = {"pool": pool["pool"], "year": pool["year"]}
    method = pool["method"] and f"method-{pool['method']}"
    return (
        cell(str(pool["year"])),
        cell(pool["name"]),
        cell(method, events(f"method/{pool['pool']}")),
        cell(planned(pool), formula("measures", **where)),
        cell(spent(pool), events(pool["aggregate"], event="cost-booked")),
        _left(pool),
    )


def _left(pool: Mapping[str, Any]) -> Cell:
    left = less(planned(pool), spent(pool))
    return cell(left, formula("programme-left", pool=pool["pool"], year=pool["year"]))


def planned(pool: Mapping[str, Any]) -> str:
    return added(line["budget"] for line in pool["measures"])


def spent(pool: Mapping[str, Any]) -> str:
    """All that was booked as incidental, whether it names a line or not."""
    booked: str = pool["incidental"]["booked"]
    return booked


# Formulas


async def _measures_of(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    pool = await _pool_of(where, asked, session)
    of = events(pool["aggregate"], event="budget-set")
    return plus("measure", ((line["line"], line["budget"], of) for line in pool["measures"]))


async def _left_of(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    pool = await _pool_of(where, asked, session)
    booked = str(-Decimal(spent(pool)))
    planning = formula("measures", pool=pool["pool"], year=pool["year"])
    return plus(
        "remaining",
        [
            (pool["name"], planned(pool), planning),
            (pool["name"], booked, events(pool["aggregate"], event="cost-booked")),
        ],
    )


async def _pool_of(
    where: Mapping[str, str], asked: Asked, session: AsyncSession
) -> Mapping[str, Any]:
    return only(
        each
        for each in await measures(asked, session)
        if (each["pool"], str(each["year"])) == (where["pool"], where["year"])
    )


async def _programme(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    amount = {"budget": planned, "booked": spent}[where["of"]]
    return plus(where["of"], _named(await measures(asked, session), amount))


def _named(pools: Pools, amount: Any) -> Iterator[tuple[str, str, Any]]:
    for pool in pools:
        where = {"pool": pool["pool"], "year": pool["year"]}
        yield f"{pool['year']} {pool['name']}", amount(pool), formula("measures", **where)


FORMULAS: Mapping[str, Formula] = {
    "measures": _measures_of,
    "programme": _programme,
    "programme-left": _left_of,
}
