"""The balance sheet's part: EMU balance with its movements, and the ratios of BBV art. 11."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Block, Of, Section
from services.projection.amounts import ZERO
from services.projection.views.finance.params import YearsParams
from services.projection.views.finance.treasury import balance_sheets
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, of_hundred
from services.projection.views.reports.finance.shapes import (
    Row,
    cell,
    events,
    formula,
    less,
    nothing,
    paragraph,
    rounded,
    section,
    share,
    table,
)

Sheet = Mapping[str, Any]
_NET_DEBT: Sequence[tuple[Any, str]] = (
    ("plus", "fixed_debt"),
    ("plus", "short_debt"),
    ("plus", "accrued_liabilities"),
    ("minus", "financial_assets"),
    ("minus", "placements"),
    ("minus", "cash"),
    ("minus", "accrued_assets"),
)
RATIOS: Mapping[str, Sequence[tuple[Any, str]]] = {
    "net_debt_quota": (*_NET_DEBT, ("divided-by", "total_income")),
    "corrected_net_debt_quota": (
        *_NET_DEBT,
        ("minus", "lent_on"),
        ("divided-by", "total_income"),
    ),
    "solvency": (("plus", "equity"), ("divided-by", "balance_total")),
    "structural_margin": (
        ("plus", "structural_income"),
        ("minus", "structural_cost"),
        ("plus", "structural_withdrawals"),
        ("minus", "structural_additions"),
        ("divided-by", "total_income"),
    ),
}
"""How each follows from the sheet, a part of a hundred."""
_SIGNS = {"plus": 1, "minus": -1}


async def sheet(asked: Asked, session: AsyncSession, year: int) -> Sheet | None:
    items = (await balance_sheets(YearsParams(year=year), asked.reader(), session))["items"]
    return next(iter(items), None)


async def sheets(asked: Asked, session: AsyncSession) -> tuple[Sheet | None, Sheet | None]:
    """The ends of the year before and of this year."""
    year = asked.period.first.year
    return await sheet(asked, session, year - 1), await sheet(asked, session, year)


def emu_balance(asked: Asked, now: Sheet | None) -> list[Block]:
    if now is None:
        return [nothing("balance", asked.period.first.year)]
    of = events(now["aggregate"], now["version"])
    return [
        paragraph("emu-lead", balance=(now["emu_balance"], "money")),
        table(
            "finance-emu",
            [("balance-item", "text"), ("side", "term"), ("movement-amount", "money")],
            (
                (
                    cell(each["item"]),
                    cell(f"report-finance-{each['side']}"),
                    cell(each["amount"], of),
                )
                for each in now["movements"]
            ),
            total=(cell(None), cell(None), cell(now["emu_balance"], formula("emu-balance"))),
        ),
    ]


def ratios(asked: Asked, before: Sheet | None, now: Sheet | None) -> Section:
    if before is None and now is None:
        return section("finance-ratios", nothing("balance", asked.period.first.year))
    return section(
        "finance-ratios",
        paragraph("ratios-lead"),
        table(
            "finance-ratios",
            [
                ("ratio-name", "term"),
                ("year-before", "percentage"),
                ("this-year", "percentage"),
                ("change-points", "number"),
            ],
            (_row(name, before, now) for name in RATIOS),
        ),
    )


def _row(name: str, before: Sheet | None, now: Sheet | None) -> Row:
    label = name.replace("_", "-")
    then, told = (None if each is None else whole(name, each) for each in (before, now))
    return (
        cell(f"report-finance-{label}"),
        cell(then, _of(label, before)),
        cell(told, _of(label, now)),
        cell(rounded(less(told, then)), formula("ratio-change", ratio=label)),
    )


def _of(label: str, found: Sheet | None) -> Of | None:
    return None if found is None else formula(label, year=found["year"])


def whole(ratio: str, found: Sheet) -> str | None:
    """In whole per cents, as they are published; minus nothing is nothing.

    From the items themselves: to round what was recorded with one decimal would be to round twice.
    """
    *parts, (_, divisor) = RATIOS[ratio]
    held: Mapping[str, str] = found["sheet"]
    signed = (Decimal(held.get(item, ZERO)) * _SIGNS[taken] for taken, item in parts)
    percentage = share(sum(signed, ZERO), held.get(divisor, ZERO))
    return percentage and str(int(percentage))


# Formulas


async def _recorded(year: int, asked: Asked, session: AsyncSession) -> Sheet:
    found = await sheet(asked, session, year)
    if found is None:
        raise KeyError(year)
    return found


async def _emu(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    now = await _recorded(asked.period.first.year, asked, session)
    of = events(now["aggregate"], now["version"])
    return [
        Step("plus", each["side"], amount=each["amount"], about=each["item"], of=of)
        for each in now["movements"]
    ]


def _ratio(parts: Sequence[tuple[Any, str]]) -> Formula:
    async def steps(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
        found = await _recorded(int(where["year"]), asked, session)
        of = events(found["aggregate"], found["version"])
        held = found["sheet"]
        return [
            *(
                Step(taken, name.replace("_", "-"), amount=held.get(name, str(ZERO)), of=of)
                for taken, name in parts
            ),
            of_hundred(),
        ]

    return steps


async def _change(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    year, label = asked.period.first.year, where["ratio"]
    name = label.replace("-", "_")
    before, now = [await _recorded(each, asked, session) for each in (year - 1, year)]
    return [
        Step("plus", label, number=whole(name, now), of=formula(label, year=year)),
        Step("minus", label, number=whole(name, before), of=formula(label, year=year - 1)),
    ]


FORMULAS: Mapping[str, Formula] = {
    "emu-balance": _emu,
    "ratio-change": _change,
    **{name.replace("_", "-"): _ratio(parts) for name, parts in RATIOS.items()},
}
