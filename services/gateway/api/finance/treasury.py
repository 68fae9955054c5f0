"""`/v1/loans`, cash positions, interest risk and balance sheets: how the centre is funded."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from contracts.finance import sheets, treasury
from contracts.finance.charging import Amount
from contracts.finance.treasury import LoanCode, PerYear, Rate
from contracts.values import Euro, ShortText, Year
from services.gateway.access import guarded_router
from services.gateway.api.finance.books import At, Origin, Reading, YearPath
from services.gateway.api.paging import Page, Paging
from services.gateway.api.sending import Ordering, Receipt
from services.gateway.wire import Body, Shape

TAGS = ["Treasury"]
LOANS = "/v1/loans"
CASH = "/v1/cash-positions"
INTEREST_RISK = "/v1/interest-risk-assessments"
SHEETS = "/v1/balance-sheets"


class LoanBody(Body):
    """A loan with everything that is known ahead: what is redeemed when, and revised when."""

    loan: LoanCode
    lender: ShortText
    principal: Annotated[Decimal, Field(decimal_places=2, description="Euro, more than nothing")]
    rate: Rate
    first_year: Year
    redemptions: PerYear
    revisions: PerYear = Field(default_factory=dict)


class CashBody(Body):
    """Net floating debt on the first of the month; the third of a quarter assesses the quarter."""

    year: Year
    month: int = Field(ge=1, le=12)
    floating_debt: Amount
    budget_total: Euro
    scheme: Literal["joint-scheme", "municipality"] = "joint-scheme"


class InterestRiskBody(Body):
    """Years ahead, each against the norm of its budget total."""

    budget_totals: PerYear = Field(min_length=1, max_length=10)


class SheetBody(sheets.BalanceSheet, Body):
    """The end of a year, in euro, with what the year brought in and cost structurally."""


class MovementBody(treasury.Movement, Body):
    """What a balance item moved in the year, as it counts in the EMU balance."""


class BalanceSheetBody(Body):
    year: Year
    sheet: SheetBody
    movements: tuple[MovementBody, ...] = Field(default=(), max_length=100)


class Loan(Origin):
    loan: LoanCode
    lender: str
    principal: Decimal
    rate: Decimal = Field(description="Per cent")
    first_year: Year
    redemptions: dict[int, Decimal]
    revisions: dict[int, Decimal] = Field(description="Euro that get another rate, per year")
    balance: Decimal = Field(description="Euro owed at the end of the year that was asked for")


class LoanTotals(Shape):
    principal: Decimal
    balance: Decimal
    average_rate: Decimal | None = Field(description="Per cent, weighted by what is owed")


class LoanYear(Shape):
    year: Year
    borrowed: Decimal
    redemptions: Decimal
    revisions: Decimal
    balance: Decimal
    average_rate: Decimal | None


class Loans(Page[Loan]):
    """Loans with what is owed at the end of `year`; `totals` and `series` are of all of them."""

    year: Year
    totals: LoanTotals
    series: list[LoanYear]


class YearFilter(Paging):
    year: Year | None = None


class Month(Shape):
    month: int
    floating_debt: Decimal = Field(description="Net, on the first; below zero there was cash")
    version: int
    stream_sequence: int


class Quarter(Shape):
    """A quarter against the cash limit (Wet fido art. 3 and 4)."""

    quarter: int
    budget_total: Decimal
    percentage: Decimal
    limit: Decimal
    floating_debt: Decimal
    room: Decimal
    in_a_row: int
    reportable: bool = Field(description="To the supervisor: the third in a row")
    version: int
    stream_sequence: int


class CashYear(Origin):
    year: Year
    months: list[Month]
    quarters: list[Quarter]


class ReportableQuarter(Shape):
    year: Year
    quarter: int
    in_a_row: int


class CashPositions(Page[CashYear]):
    """Per year, with the quarters that the supervisor must hear of."""

    reportable: list[ReportableQuarter]


class InterestRisk(Origin):
    """A year ahead against the interest-risk norm (Wet fido art. 6)."""

    year: Year
    budget_total: Decimal
    norm: Decimal
    redemptions: Decimal
    revisions: Decimal
    room: Decimal
    exceeded: bool
    assessed_at: datetime


class InterestRisks(Page[InterestRisk]):
    """Per year ahead the newest assessment."""


class YearRange(Paging):
    from_: Year | None = Field(default=None, alias="from")
    to: Year | None = None

    def asked(self, **more: Any) -> dict[str, Any]:
        params = super().asked(**more)
        return {**params, "from": params.pop("from_")}


class Sheet(sheets.BalanceSheet, Shape):
    pass


class Movement(treasury.Movement, Shape):
    pass


class Balance(Origin):
    """Ratios are per cent with one decimal; null where there is nothing to divide by."""

    year: Year
    sheet: Sheet
    movements: list[Movement]
    net_debt_quota: Decimal | None
    corrected_net_debt_quota: Decimal | None
    solvency: Decimal | None
    structural_margin: Decimal | None
    emu_balance: Decimal


class OneBalance(Balance, At):
    pass


class Balances(Page[Balance]):
    """The end of each year, the last first."""


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get(LOANS, summary="Loans")(list_loans)
    routes.post(LOANS, status_code=201, summary="Register a loan")(register_loan)
    routes.get(CASH, summary="Cash against its limit")(list_cash)
    routes.post(CASH, summary="Record a cash position")(record_cash)
    routes.get(INTEREST_RISK, summary="Interest risk against its norm")(list_interest_risk)
    routes.post(INTEREST_RISK, summary="Assess interest risk")(assess_interest_risk)
    routes.get(SHEETS, summary="Balance sheets with ratios")(list_sheets)
    routes.get(f"{SHEETS}/{{year}}", summary="One balance sheet")(show_sheet)
    routes.post(SHEETS, summary="Record a balance sheet")(record_sheet)
    return routes


async def list_loans(reading: Reading, wanted: Annotated[YearFilter, Query()]) -> Loans:
    return await reading.page("loans", Loans, wanted)


async def register_loan(body: LoanBody, order: Ordering) -> Receipt:
    return await order.created("finance", "register-loan", body.command(), None)


async def list_cash(reading: Reading, wanted: Annotated[YearFilter, Query()]) -> CashPositions:
    return await reading.page("cash-positions", CashPositions, wanted)


async def record_cash(body: CashBody, order: Ordering) -> Receipt:
    return await order.changed("finance", "record-cash-position", body.command(), CASH)


async def list_interest_risk(
    reading: Reading, wanted: Annotated[YearRange, Query()]
) -> InterestRisks:
    return await reading.page("interest-risk", InterestRisks, wanted)


async def assess_interest_risk(body: InterestRiskBody, order: Ordering) -> Receipt:
    """The receipt is of the first year."""
    return await order.changed("finance", "assess-interest-risk", body.command(), INTEREST_RISK)


async def list_sheets(reading: Reading, wanted: Annotated[YearFilter, Query()]) -> Balances:
    return await reading.page("balance-sheets", Balances, wanted)


async def show_sheet(year: YearPath, reading: Reading) -> OneBalance:
    return await reading.one("balance-sheets", OneBalance, year=year)


async def record_sheet(body: BalanceSheetBody, order: Ordering) -> Receipt:
    href = f"{SHEETS}/{body.year}"
    return await order.changed("finance", "record-balance-sheet", body.command(), href)
