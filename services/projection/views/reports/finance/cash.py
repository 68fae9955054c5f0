"""The cash limit (Wet fido art. 3 and 4): net floating debt per quarter against what is allowed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Block, Figure, Of
from services.projection.views.finance.params import YearsParams
from services.projection.views.finance.treasury import cash_positions
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, only, plus
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

Quarters = Sequence[Mapping[str, Any]]
LEAST_LIMIT = "300000.00"
"""Euro that may always be borrowed short (Ufdo art. 2)."""
MONTHS = 3


async def quarters(asked: Asked, session: AsyncSession) -> Quarters:
    """The quarters of the year up to the period's end that were assessed, with their months."""
    params = YearsParams(year=asked.period.first.year)
    items = (await cash_positions(params, asked.reader(), session))["items"]
    return [
        {**each, "aggregate": item["aggregate"], "positions": _positions(item, each["quarter"])}
        for item in items
        for each in item["quarters"]
        if each["quarter"] * MONTHS <= asked.period.last.month
    ]


def _positions(item: Mapping[str, Any], quarter: int) -> list[Mapping[str, Any]]:
    months = range((quarter - 1) * MONTHS + 1, quarter * MONTHS + 1)
    return [each for each in item["months"] if each["month"] in months]


def cash_limit(asked: Asked, found: Quarters) -> list[Block]:
    if not found:
        return [nothing("cash", asked.period.first.year)]
    return [
        paragraph("cash-lead", percentage=(found[-1]["percentage"], "percentage")),
        table(
            "finance-cash-limit",
            [
                ("quarter", "term"),
                ("budget-total", "money"),
                ("limit-percentage", "percentage"),
                ("cash-limit", "money"),
                ("floating-debt", "money"),
                ("room", "money"),
                ("in-a-row", "count"),
            ],
            (_row(each) for each in found),
            bars("quarter", "floating-debt", "cash-limit"),
        ),
        *_reported(asked, found),
    ]


def _row(quarter: Mapping[str, Any]) -> Row:
    of = _assessed(quarter)
    return (
        cell(f"report-quarter-{quarter['quarter']}"),
        cell(quarter["budget_total"], of),
        cell(quarter["percentage"], of),
        cell(quarter["limit"], _of("cash-limit", quarter)),
        cell(quarter["floating_debt"], _of("cash-debt", quarter)),
        cell(quarter["room"], _of("cash-room", quarter)),
        cell(quarter["in_a_row"], of),
    )


def _assessed(quarter: Mapping[str, Any]) -> Of:
    return events(quarter["aggregate"], quarter["version"])


def _of(figure: str, quarter: Mapping[str, Any]) -> Of:
    return formula(figure, quarter=quarter["quarter"])


def _reported(asked: Asked, found: Quarters) -> list[Block]:
    """The rule of three quarters: each that must be reported, or that none is."""
    told = [each["quarter"] for each in found if each["reportable"]]
    if not told:
        return [paragraph("cash-not-reportable")]
    return [
        paragraph(
            "cash-reportable",
            quarter=(f"report-quarter-{each}", "term"),
            year=(str(asked.period.first.year), "text"),
        )
        for each in told
    ]


def key_figure(found: Quarters) -> Figure | None:
    """The room of the last quarter."""
    if not found:
        return None
    last = found[-1]
    over = "bad" if last["reportable"] else "attention"
    return Figure(
        label="report-finance-cash-room",
        kind="money",
        cell=cell(last["room"], _of("cash-room", last)),
        state=over if last["in_a_row"] else "good",
    )


# Formulas


async def _found(
    where: Mapping[str, str], asked: Asked, session: AsyncSession
) -> Mapping[str, Any]:
    number = int(where["quarter"])
    return only(e for e in await quarters(asked, session) if e["quarter"] == number)


async def _debt(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    """The mean of the first days of the quarter's months."""
    quarter = await _found(where, asked, session)
    year = asked.period.first.year
    months = (
        (
            f"{year}-{each['month']:02}",
            each["floating_debt"],
            events(quarter["aggregate"], each["version"]),
        )
        for each in quarter["positions"]
    )
    return [*plus("floating-debt", months), Step("divided-by", "months", number=MONTHS)]


async def _limit(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    quarter = await _found(where, asked, session)
    of = _assessed(quarter)
    return [
        Step("plus", "budget-total", amount=quarter["budget_total"], of=of),
        Step("times", "limit-percentage", number=quarter["percentage"], of=of),
        Step("divided-by", "hundred", number=100),
        Step("at-least", "least-limit", amount=LEAST_LIMIT),
    ]


async def _room(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    quarter = await _found(where, asked, session)
    return [
        Step("plus", "cash-limit", amount=quarter["limit"], of=_of("cash-limit", quarter)),
        Step(
            "minus", "floating-debt", amount=quarter["floating_debt"], of=_of("cash-debt", quarter)
        ),
    ]


FORMULAS: Mapping[str, Formula] = {
    "cash-debt": _debt,
    "cash-limit": _limit,
    "cash-room": _room,
}
