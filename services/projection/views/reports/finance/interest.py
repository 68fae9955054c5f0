"""The interest-risk norm (Wet fido art. 6): what gets another rate, this year and ahead."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Block, Figure, Of
from services.projection.amounts import euro
from services.projection.finance_position_rows import InterestRisk
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.as_then import interest_risks_by
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, only
from services.projection.views.reports.finance.shapes import (
    Row,
    bars,
    cell,
    events,
    formula,
    nothing,
    paragraph,
    table,
)

AHEAD = 3
"""Years beyond this one, as a budget looks ahead (BBV art. 22)."""
NORM_PERCENTAGE = 20
LEAST_NORM = "2500000.00"
"""Per cent of the budget total, and the euro that may always be at risk (Ufdo art. 2)."""

Years = Sequence[InterestRisk]


async def assessed(asked: Asked, session: AsyncSession) -> Years:
    """The year and those ahead, as they were assessed by the period's end."""
    year = asked.period.first.year
    return await interest_risks_by(session, range(year, year + AHEAD + 1), asked.period.last)


def interest_risk(asked: Asked, found: Years) -> list[Block]:
    if not found:
        return [nothing("interest-risk", asked.period.first.year)]
    exceeded = ", ".join(str(row.year) for row in found if row.assessment["exceeded"])
    standing = (
        paragraph("interest-exceeded", years=(exceeded, "text"))
        if exceeded
        else paragraph("interest-within")
    )
    return [
        paragraph("interest-lead"),
        table(
            "finance-interest-risk",
            [
                ("year", "text"),
                ("budget-total", "money"),
                ("interest-norm", "money"),
                ("redemptions", "money"),
                ("revisions", "money"),
                ("interest-risk", "money"),
                ("room", "money"),
            ],
            (_row(row) for row in found),
            bars("year", "interest-risk", "interest-norm"),
        ),
        standing,
    ]


def _row(row: InterestRisk) -> Row:
    of = _recorded(row)
    told = row.assessment
    return (
        cell(str(row.year)),
        cell(told["budget_total"], of),
        cell(told["norm"], _of("interest-norm", row)),
        cell(told["redemptions"], of),
        cell(told["revisions"], of),
        cell(_risk(row), _of("interest-risk", row)),
        cell(told["room"], _of("interest-room", row)),
    )


def _risk(row: InterestRisk) -> str:
    return euro(Decimal(row.assessment["redemptions"]) + Decimal(row.assessment["revisions"]))


def _recorded(row: InterestRisk) -> Of:
    return events(row.aggregate, row.assessment["version"])


def _of(figure: str, row: InterestRisk) -> Of:
    return formula(figure, year=row.year)


def key_figure(asked: Asked, found: Years) -> Figure | None:
    """The room under the norm in the year itself."""
    year = asked.period.first.year
    for row in found:
        if row.year == year:
            return Figure(
                label="report-finance-interest-room",
                kind="money",
                cell=cell(row.assessment["room"], _of("interest-room", row)),
                state="bad" if row.assessment["exceeded"] else "good",
            )
    return None


# Formulas


async def _year(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> InterestRisk:
    year = int(where["year"])
    return only(row for row in await assessed(asked, session) if row.year == year)


async def _norm(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    row = await _year(where, asked, session)
    total = row.assessment["budget_total"]
    return [
        Step("plus", "budget-total", amount=total, of=_recorded(row)),
        Step("times", "norm-percentage", number=NORM_PERCENTAGE),
        Step("divided-by", "hundred", number=100),
        Step("at-least", "least-norm", amount=LEAST_NORM),
    ]


async def _at_risk(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    row = await _year(where, asked, session)
    return [
        Step("plus", name, amount=row.assessment[name], of=_recorded(row))
        for name in ("redemptions", "revisions")
    ]


async def _room(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    row = await _year(where, asked, session)
    norm = row.assessment["norm"]
    return [
        Step("plus", "interest-norm", amount=norm, of=_of("interest-norm", row)),
        Step("minus", "interest-risk", amount=_risk(row), of=_of("interest-risk", row)),
    ]


FORMULAS: Mapping[str, Formula] = {
    "interest-norm": _norm,
    "interest-risk": _at_risk,
    "interest-room": _room,
}
