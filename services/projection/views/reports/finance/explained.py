"""What explains a partner's quarter: the lines of its runs, and how one-off programmes divide."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section, Table
from services.projection.amounts import ZERO
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
    Line,
    decisive,
    lines_of,
    of_basis,
    of_lines,
    own_year,
    pool_of,
)
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

Lines = Sequence[tuple[ChargingRun, Line]]


def explained(asked: Asked, own: OwnYear) -> Section | None:
    """The lines of the runs over days of the quarter: what was divided, and what has a price."""
    told = [(run, line) for run in _runs(asked, own) for line in lines_of(run, own)]
    divided = [each for each in told if each[1].get("of_amount") is not None]
    priced = [each for each in told if each[1].get("of_amount") is None]
    if not told:
        return None
    names = {pool.pool: pool.name for pool in own.pools}
    return section(
        "finance-explained",
        paragraph("explained-lead"),
        _by_share(divided, names) if divided else None,
        _by_price(priced, names) if priced else None,
    )


def _runs(asked: Asked, own: OwnYear) -> Sequence[ChargingRun]:
    """The quarter's advance; in the last quarter the settlement of the year as well."""
    advances = [run for run in own.advances if run.first >= asked.period.first]
    settled = own.settlement
    return [*advances, settled] if settled and settled.last == asked.period.last else advances


def _by_share(told: Lines, names: Mapping[str, str]) -> Table:
    return table(
        "finance-divided",
        [
            ("run", "term"),
            ("pool", "text"),
            ("driver", "term"),
            ("own-count", "number"),
            ("of-count", "number"),
            ("own-share", "percentage"),
            ("of-amount", "money"),
            ("amount", "money"),
        ],
        ((*_named(run, line, names), *_share(run, line)) for run, line in told),
    )


def _by_price(told: Lines, names: Mapping[str, str]) -> Table:
    return table(
        "finance-priced",
        [
            ("run", "term"),
            ("pool", "text"),
            ("method", "term"),
            ("own-count", "number"),
            ("price", "money"),
            ("amount", "money"),
        ],
        (
            (
                *_named(run, line, names),
                cell(f"method-{line['method']}"),
                cell(line.get("count"), of_lines(run, line["pool"])),
                cell(line.get("price"), of_basis(line)),
                cell(line["amount"], of_lines(run, line["pool"])),
            )
            for run, line in told
        ),
    )


def _named(run: ChargingRun, line: Line, names: Mapping[str, str]) -> Row:
    return (
        cell(f"report-run-{run.run.partition('-')[2]}"),
        cell(names.get(line["pool"], line["pool"])),
    )


def _share(run: ChargingRun, line: Line) -> Row:
    count, of_count, driver = (line.get(name) for name in ("count", "of_count", "driver"))
    of = of_lines(run, line["pool"])
    return (
        cell(f"driver-{driver}" if driver else f"method-{line['method']}"),
        cell(count, of),
        cell(of_count, of),
        cell(part(count, of_count) if count and of_count else None, of),
        cell(line["of_amount"], of_basis(line)),
        cell(line["amount"], of),
    )


def own_programme(own: OwnYear) -> Section | None:
    """Pools with only one-off budget: the whole, the own part, and that of the others together."""
    rows = [_division(own, pool) for pool in own.pools if _one_off(pool) and _whole(own, pool)]
    if not rows:
        return None
    return section(
        "finance-own-programme",
        paragraph("own-programme-lead"),
        table(
            "finance-own-programme",
            [
                ("pool", "text"),
                ("divided", "money"),
                ("own-share", "percentage"),
                ("own-part", "money"),
                ("others-share", "percentage"),
                ("others-part", "money"),
            ],
            rows,
            bars("pool", "own-part", "others-part"),
        ),
    )


def _one_off(pool: CostPool) -> bool:
    return bool(pool.lines) and not any(line["structural"] for line in pool.lines)


def _division(own: OwnYear, pool: CostPool) -> Row:
    whole, mine, rest = parts(own, pool)
    where = {"pool": pool.pool}
    return (
        cell(pool.name),
        cell(whole, formula("divided", **where)),
        cell(part(mine, whole), formula("own-share", **where)),
        cell(mine, formula("own-part", **where)),
        cell(part(rest, whole), formula("others-share", **where)),
        cell(rest, formula("others-part", **where)),
    )


def _whole(own: OwnYear, pool: CostPool) -> Decimal:
    return Decimal(parts(own, pool)[0])


def parts(own: OwnYear, pool: CostPool) -> tuple[str, str, str]:
    """What was divided, the own part of it, and the rest."""
    lines = [line for _, line in _divided(own, pool)]
    whole = added(line["of_amount"] for line in lines)
    mine = added(line["amount"] for line in lines)
    return whole, mine, less(whole, mine) or str(ZERO)


def _divided(own: OwnYear, pool: CostPool) -> list[tuple[ChargingRun, Line]]:
    return [
        (run, line)
        for run in decisive(own)
        for line in lines_of(run, own, pool.pool)
        if line.get("of_amount") is not None
    ]


# Formulas


async def _sum_of(
    field: str, where: Mapping[str, str], asked: Asked, session: AsyncSession
) -> Steps:
    own = await own_year(asked, session)
    pool = pool_of(own, where)
    return plus(
        "divided" if field == "of_amount" else "own-part",
        ((run.run, line[field], of_lines(run, pool.pool)) for run, line in _divided(own, pool)),
    )


async def _all(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    return await _sum_of("of_amount", where, asked, session)


async def _own(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    return await _sum_of("amount", where, asked, session)


async def _rest(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    own = await own_year(asked, session)
    whole, mine, _ = parts(own, pool_of(own, where))
    return [
        Step("plus", "divided", amount=whole, of=formula("divided", pool=where["pool"])),
        Step("minus", "own-part", amount=mine, of=formula("own-part", pool=where["pool"])),
    ]


def _share_of(name: str, place: int) -> Formula:
    async def steps(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
        own = await own_year(asked, session)
        amounts = parts(own, pool_of(own, where))
        named = {"pool": where["pool"]}
        return [
            Step("plus", name, amount=amounts[place], of=formula(name, **named)),
            Step("divided-by", "divided", amount=amounts[0], of=formula("divided", **named)),
            of_hundred(),
        ]

    return steps


FORMULAS: Mapping[str, Formula] = {
    "divided": _all,
    "own-part": _own,
    "others-part": _rest,
    "own-share": _share_of("own-part", 1),
    "others-share": _share_of("others-part", 2),
}
