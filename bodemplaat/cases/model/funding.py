"""Risks against reserves, and treasury: loans, cash positions, interest risk, balance sheets."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from bodemplaat.cases.model.row import STRICT, Basis, Dated, Row
from contracts.finance.charging import Amount
from contracts.finance.risks import ChanceClass, ReserveCode, RiskCode
from contracts.finance.sheets import BalanceSheet
from contracts.finance.treasury import LoanCode, Movement, PerYear, Rate
from contracts.values import Euro, LongText, Percentage, ShortText, Year


class RiskState(Dated):
    """A risk's amounts from a day on. Without a net amount it is pro memoria."""

    gross: Euro | None = None
    net: Euro | None = None
    net_least: Euro | None = None
    chance: ChanceClass
    review_on: date


class RiskHistory(Row):
    """A risk of the register, from its first state on; `closed_on` when it left the register."""

    risk: RiskCode
    name: ShortText
    category: ShortText
    cause: ShortText
    measures: tuple[ShortText, ...] = ()
    structural: bool = False
    insured: bool = False
    owner: ShortText
    states: tuple[RiskState, ...] = Field(min_length=1)
    closed_on: date | None = None
    closing_reason: ShortText = "Geen risico meer"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [state.on for state in self.states]
        if days != sorted(set(days)):
            raise ValueError("states are not in the order of their days")
        return self


class Reserve(Dated):
    reserve: ReserveCode
    name: ShortText
    amount: Euro


class Assessment(Dated):
    """The register as of `on`; `basis` is that of the turnover."""

    turnover: Euro
    way: Literal["percentage", "simulation"] = "percentage"
    percentage: Percentage = Decimal(50)
    runs: int = 10_000
    seed: int = 1
    certainty: Literal[80, 90, 95] = 90

    @property
    def how(self) -> dict[str, object]:
        names = ("percentage",) if self.way == "percentage" else ("runs", "seed", "certainty")
        return {"way": self.way, **self.model_dump(mode="json", include=set(names))}


class Risks(Row):
    """risks.toml, which a case may leave out."""

    risks: tuple[RiskHistory, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    assessments: tuple[Assessment, ...] = ()


class Loan(Dated):
    loan: LoanCode
    lender: ShortText
    principal: Euro
    rate: Rate
    first_year: Year
    redemptions: PerYear
    revisions: PerYear = Field(default_factory=dict)


class CashQuarter(Row):
    """Net floating debt on the first of each of its months."""

    year: Year
    quarter: int = Field(ge=1, le=4)
    months: tuple[Amount, Amount, Amount]
    budget_total: Euro
    scheme: Literal["joint-scheme", "municipality"] = "joint-scheme"
    basis: Basis
    note: LongText = ""


class InterestRisk(Dated):
    budget_totals: PerYear = Field(min_length=1)


class Sheet(BalanceSheet):
    model_config = STRICT


class SheetMovement(Movement):
    model_config = STRICT


class Balance(Dated):
    """The end of a year; `movements_basis` where that of the movements is another."""

    year: Year
    sheet: Sheet
    movements: tuple[SheetMovement, ...] = ()
    movements_basis: Basis | None = None


class Treasury(Row):
    """treasury.toml, which a case may leave out."""

    loans: tuple[Loan, ...] = ()
    quarters: tuple[CashQuarter, ...] = ()
    interest_risks: tuple[InterestRisk, ...] = ()
    balances: tuple[Balance, ...] = ()
