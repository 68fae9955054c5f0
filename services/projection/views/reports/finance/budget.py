"""The result against the budget, per pool, with what the year is expected to come to."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Figure, Of, Section, Table
from services.projection.amounts import ZERO
from services.projection.finance_models import SETTLED_YEAR
from services.projection.finance_rows import SettledYear
from services.projection.views.finance.budget import MONTHS, against_budget
from services.projection.views.finance.lists import load
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.as_then import closed_by, pools_on
from services.projection.views.reports.finance.formulas import (
    Formula,
    Step,
    Steps,
    of_hundred,
    only,
    plus,
)
from services.projection.views.reports.finance.shapes import (
    Row,
    added,
    bars,
    cell,
    events,
    formula,
    less,
    nothing,
    paragraph,
    section,
    share,
    table,
)

Pools = Sequence[Mapping[str, Any]]
_TENTH = "0.1"


async def standing(asked: Asked, session: AsyncSession) -> Pools:
    """The pools of the year as they stood at the period's end, in the order of their codes."""
    year, day = asked.period.first.year, asked.period.last
    closed = await _closed(asked, session)
    pools = await pools_on(session, year, day)
    told = [against_budget(pool, asked.reader(), closed=closed) for pool in pools]
    return [
        {**each, "expected-result": less(each["budget"], each["forecast"])}
        for each in sorted(told, key=lambda each: each["pool"])
    ]


async def _closed(asked: Asked, session: AsyncSession) -> bool:
    """A report over a whole year tells it as settled whenever that was done."""
    year = asked.period.first.year
    if asked.period.kind != "year":
        return await closed_by(session, year, asked.period.last)
    return bool(await load(session, SettledYear, SETTLED_YEAR, SETTLED_YEAR.table.c.year == year))


def result(asked: Asked, pools: Pools) -> Section:
    """Of a part of the year with the forecast; a whole year has its outcome."""
    if not pools:
        return section("finance-result", nothing("budget", asked.period.first.year))
    outcome = ("remaining",) if asked.period.kind == "year" else ("forecast", "expected-result")
    lead = "result-lead" if asked.period.kind == "year" else "forecast-lead"
    return section(
        "finance-result",
        paragraph(lead),
        _table(asked, pools, ("budget", "booked"), outcome),
        _budgets(asked, pools),
        paragraph("result-shared"),
    )


def _table(asked: Asked, pools: Pools, before: Sequence[str], outcome: Sequence[str]) -> Table:
    """What was spent of the budget, and what is left or expected."""

    def row(pool: Mapping[str, Any]) -> Row:
        return (
            cell(pool["name"]),
            *_cells(asked, pool, before),
            cell(pool["percentage"], formula("pool-spent", pool=pool["pool"])),
            *_cells(asked, pool, outcome),
        )

    spent = share(sum_of(pools, "booked") or ZERO, sum_of(pools, "budget") or ZERO, _TENTH)
    return table(
        "finance-result",
        [
            ("pool", "text"),
            *((name, "money") for name in before),
            ("spent", "percentage"),
            *((name, "money") for name in outcome),
        ],
        map(row, pools),
        bars("pool", *before, *(name for name in outcome if name == "forecast")),
        total=(
            cell(None),
            *_sums(pools, before),
            cell(spent, formula("pools-spent")),
            *_sums(pools, outcome),
        ),
    )


def _budgets(asked: Asked, pools: Pools) -> Table:
    """How the budget came to be: as it was set, and what was decided later."""
    parts = ("original", "amended", "budget")
    return table(
        "finance-budget",
        [("pool", "text"), *((name, "money") for name in parts)],
        ((cell(pool["name"]), *_cells(asked, pool, parts)) for pool in pools),
        total=(cell(None), *_sums(pools, parts)),
    )


def _cells(asked: Asked, pool: Mapping[str, Any], names: Sequence[str]) -> Row:
    return tuple(cell(pool[name], of_pool(asked, pool, name)) for name in names)


def _sums(pools: Pools, names: Sequence[str]) -> Row:
    return tuple(cell(sum_of(pools, name), formula("pools", of=name)) for name in names)


def sum_of(pools: Pools, name: str) -> str | None:
    """`None` while it is not known of one of the pools."""
    amounts = [pool[name] for pool in pools]
    return None if None in amounts else added(amounts)


def of_pool(asked: Asked, pool: Mapping[str, Any], name: str) -> Of:
    """What an amount of a pool is made of: its events, or other figures of it."""
    kinds = {"original": "budget-set", "amended": "budget-amended", "booked": "cost-booked"}
    if name in kinds:
        return events(pool["aggregate"], event=kinds[name], until=asked.period.last)
    return formula(f"pool-{name}", pool=pool["pool"])


def key_figures(asked: Asked, pools: Pools) -> Sequence[Figure]:
    """Budget, what was booked on it, and what is left or expected; none without a budget."""
    if not pools:
        return ()
    whole = asked.period.kind == "year"
    left = "remaining" if whole else "expected-result"
    names = ("budget", "booked") if whole else ("budget", "booked", "forecast")
    told = [_figure(pools, name) for name in names]
    outcome = _figure(pools, left)
    value = outcome.cell.value
    if value is None:
        return [*told, outcome]
    state = "attention" if str(value).startswith("-") else "good"
    return [*told, outcome.model_copy(update={"state": state})]


def _figure(pools: Pools, name: str) -> Figure:
    told = cell(sum_of(pools, name), formula("pools", of=name))
    return Figure(label=f"report-finance-{name}", kind="money", cell=told)


# Formulas


async def _pools(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    name = where["of"]
    pools = await standing(asked, session)
    return plus(name, ((each["name"], each[name], of_pool(asked, each, name)) for each in pools))


async def _pools_spent(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    pools = await standing(asked, session)
    return _quotient(
        Step("plus", "booked", amount=sum_of(pools, "booked"), of=formula("pools", of="booked")),
        Step(
            "divided-by",
            "budget",
            amount=sum_of(pools, "budget"),
            of=formula("pools", of="budget"),
        ),
    )


def _quotient(part: Step, whole: Step) -> Steps:
    return [part, whole, of_hundred()]


def _about_one(make: Any) -> Formula:
    """Of the pool that `where` names, as it stood."""

    async def steps(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
        pools = await standing(asked, session)
        pool = only(each for each in pools if each["pool"] == where["pool"])
        made: Steps = make(asked, pool)
        return made

    return steps


def _budget(asked: Asked, pool: Mapping[str, Any]) -> Steps:
    return [_step("plus", asked, pool, "original"), _step("plus", asked, pool, "amended")]


def _remaining(asked: Asked, pool: Mapping[str, Any]) -> Steps:
    return [_step("plus", asked, pool, "budget"), _step("minus", asked, pool, "booked")]


def _spent(asked: Asked, pool: Mapping[str, Any]) -> Steps:
    return _quotient(
        _step("plus", asked, pool, "booked"), _step("divided-by", asked, pool, "budget")
    )


def _expected(asked: Asked, pool: Mapping[str, Any]) -> Steps:
    return [_step("plus", asked, pool, "budget"), _step("minus", asked, pool, "forecast")]


def _forecast(asked: Asked, pool: Mapping[str, Any]) -> Steps:
    """As far as the year is over, the structural cost; drawn on to its end while it is open."""
    structural, incidental = (pool[kind]["booked"] for kind in ("structural", "incidental"))
    drawn_on = (
        []
        if pool["closed"]
        else [
            Step("times", "months", number=MONTHS),
            Step("divided-by", "months-booked", number=max(map(int, pool["months"]))),
        ]
    )
    return [
        Step("plus", "booked-structural", amount=structural, of=_booked(asked, pool, "yes")),
        *drawn_on,
        Step("plus", "booked-incidental", amount=incidental, of=_booked(asked, pool, "no")),
    ]


def _booked(asked: Asked, pool: Mapping[str, Any], structural: str) -> Of:
    until = asked.period.last
    return events(pool["aggregate"], event="cost-booked", structural=structural, until=until)


def _step(taken: Any, asked: Asked, pool: Mapping[str, Any], name: str) -> Step:
    return Step(taken, name, amount=pool[name], about=pool["name"], of=of_pool(asked, pool, name))


FORMULAS: Mapping[str, Formula] = {
    "pools": _pools,
    "pools-spent": _pools_spent,
    "pool-budget": _about_one(_budget),
    "pool-remaining": _about_one(_remaining),
    "pool-spent": _about_one(_spent),
    "pool-forecast": _about_one(_forecast),
    "pool-expected-result": _about_one(_expected),
}
