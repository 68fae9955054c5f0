"""Loans, cash against its limit, interest risk against its norm, balance sheets with ratios."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.amounts import euro, total
from services.projection.finance_models import (
    BALANCE_SHEET,
    CASH_YEAR,
    INTEREST_RISK,
    LOAN,
)
from services.projection.finance_position_rows import BalanceSheet, CashYear, InterestRisk, Loan
from services.projection.tables import ReadModel
from services.projection.views.finance.lists import load, origin, page_of, sequences
from services.projection.views.finance.loans import average_rate, balance, series
from services.projection.views.finance.params import LoansParams, YearRangeParams, YearsParams
from services.projection.views.finance.register import AMSTERDAM
from services.projection.views.finance.scope import require_position


async def loans(asked: LoansParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """Each loan with what is owed at the end of the year; `series` is of all, over the years."""
    require_position(context)
    year = asked.year or context.now.astimezone(AMSTERDAM).year
    rows = await load(session, Loan, LOAN)
    items = [
        {
            **{name: getattr(row, name) for name in _LOAN},
            "balance": euro(balance(row, year)),
            **origin(row),
        }
        for row in rows
    ]
    totals = {
        "principal": euro(total(row.principal for row in rows)),
        "balance": euro(total(item["balance"] for item in items)),
        "average_rate": average_rate(rows, year),
    }
    return {**page_of(items, asked), "year": year, "totals": totals, "series": series(rows)}


async def cash_positions(
    asked: YearsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Per year the months and quarters; `reportable` are quarters to tell the supervisor of."""
    require_position(context)
    rows = await load(session, CashYear, CASH_YEAR, *_of_year(CASH_YEAR, asked))
    places = await sequences(session, [row.aggregate for row in rows])
    items = [_cash(row, places) for row in reversed(rows)]
    reportable = [
        {"year": item["year"], "quarter": each["quarter"], "in_a_row": each["in_a_row"]}
        for item in items
        for each in item["quarters"]
        if each["reportable"]
    ]
    return {**page_of(items, asked), "reportable": reportable}


def _cash(row: CashYear, places: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    """Each month and quarter with where its event stands on the stream."""
    return {
        "year": row.year,
        **{
            f"{part}s": [
                {
                    part: number,
                    **each,
                    "stream_sequence": places[row.aggregate, each["version"]],
                }
                for number, each in _in_order(getattr(row, f"{part}s"))
            ]
            for part in ("month", "quarter")
        },
        **origin(row),
    }


def _in_order(told: Mapping[str, Any]) -> list[tuple[int, Any]]:
    return [(number, told[str(number)]) for number in sorted(map(int, told))]


async def interest_risk(
    asked: YearRangeParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Per year ahead the newest assessment, in the order of the years."""
    require_position(context)
    table = INTEREST_RISK.table.c
    wanted: list[ColumnElement[bool]] = []
    if asked.from_ is not None:
        wanted.append(table.year >= asked.from_)
    if asked.to is not None:
        wanted.append(table.year <= asked.to)
    rows = await load(session, InterestRisk, INTEREST_RISK, *wanted)
    items = [
        {"year": row.year, **row.assessment, "assessed_at": row.assessed_at, **origin(row)}
        for row in rows
    ]
    return page_of(items, asked)


async def balance_sheets(
    asked: YearsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """The end of each year with its ratios and EMU balance, the last first."""
    require_position(context)
    rows = await load(session, BalanceSheet, BALANCE_SHEET, *_of_year(BALANCE_SHEET, asked))
    items = [{"year": row.year, **row.recorded, **origin(row)} for row in reversed(rows)]
    return page_of(items, asked)


def _of_year(model: ReadModel, asked: YearsParams) -> list[ColumnElement[bool]]:
    return [] if asked.year is None else [model.table.c.year == asked.year]


_LOAN = ("loan", "lender", "principal", "rate", "first_year", "redemptions", "revisions")
