"""Loans, cash positions against the cash limit, the interest-risk norm, balance sheets."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.finance.charging import Amount, Value
from contracts.finance.sheets import BalanceSheet
from contracts.registry import DomainEvent, published
from contracts.values import Euro, ShortText, Year

LoanCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$"),
    Field(description="Number of a loan"),
]
Rate = Annotated[
    Decimal, Field(ge=-20, le=100, decimal_places=4, description="Per cent; may be below zero")
]
PerYear = Annotated[dict[Year, Euro], Field(description="Euro per year")]
Percent = Annotated[Decimal, Field(description="Per cent with one decimal; null: nothing to count")]


@published("finance")
class LoanRegistered(DomainEvent):
    """A loan with everything that is known ahead: what is redeemed when, and revised when."""

    loan: LoanCode
    lender: ShortText = Field(description="Who lent it")
    principal: Annotated[Euro, Field(description="Euro borrowed")]
    rate: Rate
    first_year: Year
    redemptions: PerYear
    revisions: PerYear = Field(default_factory=dict, description="Euro that get another rate")


@published("finance")
class CashPositionRecorded(DomainEvent):
    """Net floating debt on the first of a month; below zero there was cash."""

    year: Year
    month: int = Field(ge=1, le=12, description="1 is January")
    floating_debt: Amount


@published("finance")
class CashLimitAssessed(DomainEvent):
    """A whole quarter against the cash limit (Wet fido art. 3 and 4)."""

    year: Year
    quarter: int = Field(ge=1, le=4, description="1 is January up to March")
    budget_total: Amount
    percentage: Decimal = Field(description="Per cent of the budget total")
    limit: Amount
    floating_debt: Amount
    room: Amount
    in_a_row: int = Field(ge=0, description="Quarters in a row over the limit, up to this one")
    reportable: bool = Field(description="To the supervisor: the third in a row")


@published("finance")
class InterestRiskAssessed(DomainEvent):
    """A year against the interest-risk norm (Wet fido art. 6)."""

    year: Year
    budget_total: Amount
    norm: Amount
    redemptions: Amount
    revisions: Amount
    room: Amount
    exceeded: bool = Field(description="More debt gets another rate than the norm allows")


class Movement(Value):
    """What a balance item moved in the year, as it counts in the EMU balance."""

    item: ShortText = Field(description="Balance item")
    side: Literal["assets", "liabilities"] = Field(description="Of the balance")
    amount: Amount


@published("finance")
class BalanceSheetRecorded(DomainEvent):
    """The end of a year, with the ratios that follow from it."""

    year: Year
    sheet: BalanceSheet
    movements: tuple[Movement, ...] = ()
    net_debt_quota: Percent | None
    corrected_net_debt_quota: Percent | None
    solvency: Percent | None
    structural_margin: Percent | None
    emu_balance: Amount
