"""The programme of measures: incidental budgets of this year and the next, measure by measure.

How it divides over the partners by the key is each partner's own, and stands in its report.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.finance.costs import BudgetSet
from contracts.reports import Of, Section, Table
from services.projection.finance_models import SOURCE_EVENT
from services.projection.views.finance.budget import against_budget
from services.projection.views.finance.charging import methods as methods_view
from services.projection.views.finance.params import MethodsParams
from services.projection.views.params import LARGEST_PAGE
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.as_then import pools_on
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, only, plus
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

Pool = Mapping[str, Any]
Pools = Sequence[Pool]
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
        {**each, "until": day, "measures": lines, "method": methods(each["pool"], each["year"])}
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
        [("year", "text"), ("measure", "text"), ("pool", "text"), ("budget", "money")],
        (_measure(pool, line) for pool in pools for line in pool["measures"]),
        total=(
            *(cell(None) for _ in range(3)),
            cell(added(map(planned, pools)), formula("programme", of="budget")),
        ),
    )


def _measure(pool: Pool, line: Pool) -> Row:
    return (
        cell(str(pool["year"])),
        cell(line["line"]),
        cell(pool["name"]),
        cell(line["budget"], formula("measure", line=line["line"], **_named(pool))),
    )


def _divided(pools: Pools) -> Table:
    """Per pool, for bookings need not name a measure."""
    whole, booked = (added(map(amount, pools)) for amount in (planned, spent))
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
        total=(
            *(cell(None) for _ in range(3)),
            cell(whole, formula("programme", of="budget")),
            cell(booked, formula("programme", of="booked")),
            cell(less(whole, booked), formula("programme-left-all")),
        ),
    )


def _pool(pool: Pool) -> Row:
    method = pool["method"] and f"method-{pool['method']}"
    return (
        cell(str(pool["year"])),
        cell(pool["name"]),
        cell(method, events(f"method/{pool['pool']}")),
        cell(planned(pool), formula("measures", **_named(pool))),
        cell(spent(pool), _booked(pool)),
        cell(less(planned(pool), spent(pool)), formula("programme-left", **_named(pool))),
    )


def _named(pool: Pool) -> dict[str, str]:
    return {"pool": pool["pool"], "year": str(pool["year"])}


def _booked(pool: Pool) -> Of:
    """What was booked as incidental by the period's end, for all."""
    until = pool["until"]
    return events(pool["aggregate"], event="cost-booked", structural="no", until=until)


def planned(pool: Pool) -> str:
    return added(line["budget"] for line in pool["measures"])


def spent(pool: Pool) -> str:
    """All that was booked as incidental, whether it names a line or not."""
    booked: str = pool["incidental"]["booked"]
    return booked


# Formulas


async def _found(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Pool:
    return only(
        each
        for each in await measures(asked, session)
        if (each["pool"], str(each["year"])) == (where["pool"], where["year"])
    )


async def _measure_of(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    """The budget of a measure as it was set, and what amendments changed in it."""
    pool = await _found(where, asked, session)
    line = only(each for each in pool["measures"] if each["line"] == where["line"])
    return [
        Step("plus", name, amount=line[name], about=line["line"], of=_set(pool, event, line))
        for name, event in (("original", "budget-set"), ("amended", "budget-amended"))
    ]


def _set(pool: Pool, event: str, line: Pool) -> Of:
    return events(pool["aggregate"], event=event, line=line["line"], until=pool["until"])


async def _measures_of(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    pool = await _found(where, asked, session)
    return plus(
        "measure",
        (
            (
                line["line"],
                line["budget"],
                formula("measure", line=line["line"], **_named(pool)),
            )
            for line in pool["measures"]
        ),
    )


async def _left_of(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    pool = await _found(where, asked, session)
    whole = formula("measures", **_named(pool))
    return [
        Step("plus", "budget", amount=planned(pool), about=pool["name"], of=whole),
        Step("minus", "booked", amount=spent(pool), about=pool["name"], of=_booked(pool)),
    ]


async def _left_of_all(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    pools = await measures(asked, session)
    whole, booked = (added(map(amount, pools)) for amount in (planned, spent))
    return [
        Step("plus", "budget", amount=whole, of=formula("programme", of="budget")),
        Step("minus", "booked", amount=booked, of=formula("programme", of="booked")),
    ]


async def _programme(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    pools = await measures(asked, session)
    if where["of"] == "budget":
        told = ((pool, planned(pool), formula("measures", **_named(pool))) for pool in pools)
    else:
        told = ((pool, spent(pool), _booked(pool)) for pool in pools)
    return plus(
        "budget" if where["of"] == "budget" else "booked",
        ((f"{pool['year']} {pool['name']}", amount, of) for pool, amount, of in told),
    )


FORMULAS: Mapping[str, Formula] = {
    "measure": _measure_of,
    "measures": _measures_of,
    "programme": _programme,
    "programme-left": _left_of,
    "programme-left-all": _left_of_all,
}
