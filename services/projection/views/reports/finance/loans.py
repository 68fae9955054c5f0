"""The loans of a year: what was owed, borrowed and redeemed, at which rate on average."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Block, Table
from services.projection.amounts import ZERO
from services.projection.views.finance.params import LoansParams
from services.projection.views.finance.treasury import loans as loans_view
from services.projection.views.params import LARGEST_PAGE
from services.projection.views.reports.asking import Asked
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
    cell,
    events,
    formula,
    nothing,
    paragraph,
    table,
    weighted,
)

PARTS = ("opening", "borrowed", "redeemed", "closing")
"""In the order in which a year passes."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The loans that ran in a year, each with what it comes to in each of `PARTS`."""

    loans: Sequence[Mapping[str, Any]]

    def sum(self, part: str) -> str:
        return added(loan[part] for loan in self.loans)

    def rate(self, part: str) -> str | None:
        return weighted((loan[part], loan["rate"]) for loan in self.loans)


async def portfolio(asked: Asked, session: AsyncSession) -> Portfolio:
    year = asked.period.first.year
    before, now = [await _at_end_of(each, asked, session) for each in (year - 1, year)]
    loans = [_in_year(loan, before[loan["loan"]]["balance"], year) for loan in now.values()]
    ran = [loan for loan in loans if any(Decimal(loan[part]) for part in PARTS)]
    return Portfolio(ran)


async def _at_end_of(
    year: int, asked: Asked, session: AsyncSession
) -> Mapping[str, Mapping[str, Any]]:
    params = LoansParams(year=year, size=LARGEST_PAGE)
    items = (await loans_view(params, asked.reader(), session))["items"]
    return {item["loan"]: item for item in sorted(items, key=lambda item: item["loan"])}


def _in_year(loan: Mapping[str, Any], opening: str, year: int) -> dict[str, Any]:
    return {
        **loan,
        "opening": opening,
        "borrowed": loan["principal"] if loan["first_year"] == year else str(ZERO),
        "redeemed": loan["redemptions"].get(str(year), str(ZERO)),
        "closing": loan["balance"],
    }


def loans(asked: Asked, found: Portfolio) -> list[Block]:
    if not found.loans:
        return [nothing("loans", asked.period.first.year)]
    return [paragraph("loans-lead"), _movements(found), _one_by_one(found)]


def _movements(found: Portfolio) -> Table:
    return table(
        "finance-loans",
        [("movement", "term"), ("amount", "money"), ("average-rate", "percentage")],
        (
            (
                cell(f"report-finance-loans-{part}"),
                cell(found.sum(part), formula("loans", part=part)),
                cell(found.rate(part), formula("loans-rate", part=part)),
            )
            for part in PARTS
        ),
    )


def _one_by_one(found: Portfolio) -> Table:
    return table(
        "finance-each-loan",
        [
            ("loan", "text"),
            ("lender", "text"),
            ("rate", "percentage"),
            *((f"loans-{part}", "money") for part in PARTS),
        ],
        (_row(loan) for loan in found.loans),
        total=(
            *(cell(None) for _ in range(3)),
            *(cell(found.sum(part), formula("loans", part=part)) for part in PARTS),
        ),
    )


def _row(loan: Mapping[str, Any]) -> Row:
    of = events(loan["aggregate"])
    parts = (cell(loan[part], of) for part in PARTS)
    return (cell(loan["loan"]), cell(loan["lender"]), cell(loan["rate"], of), *parts)


# Formulas


async def _amount(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    part = _part(where)
    return plus(
        f"loans-{part}",
        (
            (loan["loan"], loan[part], events(loan["aggregate"]))
            for loan in (await portfolio(asked, session)).loans
        ),
    )


async def _rate(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    """A year's interest on each amount, as a part of what they are together."""
    part = _part(where)
    found = await portfolio(asked, session)
    interest = (
        (
            f"{loan['loan']} ({loan['rate']} %)",
            str(Decimal(loan[part]) * Decimal(loan["rate"]) / 100),
            events(loan["aggregate"]),
        )
        for loan in found.loans
        if Decimal(loan[part])
    )
    whole = Step(
        "divided-by", f"loans-{part}", amount=found.sum(part), of=formula("loans", part=part)
    )
    return [*plus("year-interest", interest), whole, of_hundred()]


def _part(where: Mapping[str, str]) -> str:
    return only(part for part in PARTS if part == where["part"])


FORMULAS: Mapping[str, Formula] = {"loans": _amount, "loans-rate": _rate}
