"""The orders that `finance` takes. Each mirrors the event that it leads to.

Reserved for the roles `controller` and `operator`.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from chassis.command import Command
from contracts.finance.bills import InvoiceNumber, RunId
from contracts.finance.charging import Amount, Method, PoolCode
from contracts.finance.corrections import LineNumber
from contracts.finance.costs import BookingId, BudgetLines
from contracts.finance.objections import Ground, ObjectionId
from contracts.finance.parties import BillingDetails
from contracts.finance.plans import Code, Goal, YearAmounts
from contracts.finance.quotes import EntryAssumptions, ExitAssumptions
from contracts.finance.risks import ReserveCode, Risk, RiskCode
from contracts.finance.sheets import BalanceSheet
from contracts.finance.treasury import LoanCode, Movement, PerYear, Rate
from contracts.values import Domain, Euro, PartnerSlug, Percentage, ShortText, Year


class SetBudget(Command):
    """The original budget of a pool; it is set once per year, and amended afterwards."""

    year: Year
    pool: PoolCode
    name: ShortText
    lines: BudgetLines


class AmendBudget(Command):
    """Differences per line, below zero to take off."""

    year: Year
    pool: PoolCode
    amended_on: date
    description: ShortText
    lines: BudgetLines


class BookCost(Command):
    year: Year
    pool: PoolCode
    booking: BookingId
    booked_on: date
    description: ShortText
    amount: Amount
    partner: PartnerSlug | None = None
    structural: bool = True
    line: ShortText | None = None


class SetChargingMethod(Command):
    pool: PoolCode
    valid_from: date
    method: Method


class CountUsers(Command):
    partner: PartnerSlug
    year: Year
    users: int = Field(ge=0)


class RunCharging(Command):
    """The advance of a quarter, on the budget as it stands."""

    year: Year
    quarter: int = Field(ge=1, le=4)


class SettleYear(Command):
    """Charge the actual cost with the final counts, less the advances, and close the year."""

    year: Year


class IssueInvoice(Command):
    """The invoice of a partner's part of a run; once more gives the same invoice."""

    run: RunId
    partner: PartnerSlug
    issued_on: date
    days_to_pay: int = Field(default=30, ge=0, le=120)


class CreditInvoice(Command):
    """Take an invoice back whole, by a credit note."""

    invoice: InvoiceNumber
    issued_on: date
    reason: ShortText


Amounts = Annotated[dict[LineNumber, Amount], Field(max_length=500)]


class CorrectInvoice(Command):
    """Take an invoice back and issue it anew; `amounts` is what lines come to, by their places."""

    invoice: InvoiceNumber
    issued_on: date
    days_to_pay: int = Field(default=30, ge=0, le=120)
    reason: ShortText
    amounts: Amounts = Field(min_length=1)


class SetBillingDetails(Command):
    """How invoices name a partner, or (without one) the service centre, from a day on."""

    partner: PartnerSlug | None = None
    valid_from: date
    details: BillingDetails


class RaiseObjection(Command):
    """Dispute an invoice, or one line of it. Of the partner's role `client`."""

    invoice: InvoiceNumber
    line: LineNumber | None = None
    reason: Ground


class RejectObjection(Command):
    """The invoice stays what it is."""

    objection: ObjectionId
    reason: Ground


class UpholdObjection(Command):
    """Take the invoice back; with `amounts` it is issued anew with what its lines come to.

    An invoice that was taken back since is not taken back again.
    """

    objection: ObjectionId
    reason: Ground
    issued_on: date
    days_to_pay: int = Field(default=30, ge=0, le=120)
    amounts: Amounts = Field(default_factory=dict)


class RegisterRisk(Command):
    risk: RiskCode
    content: Risk


class UpdateRisk(Command):
    risk: RiskCode
    content: Risk


class CloseRisk(Command):
    risk: RiskCode
    closed_on: date
    reason: ShortText


class SetReserve(Command):
    reserve: ReserveCode
    name: ShortText
    valid_from: date
    amount: Euro


class ByPercentage(Command):
    way: Literal["percentage"] = "percentage"
    percentage: Percentage = Decimal(50)


class BySimulation(Command):
    way: Literal["simulation"] = "simulation"
    runs: int = Field(default=10_000, ge=100, le=50_000)
    seed: int = Field(default=1, ge=0, le=2**31)
    certainty: Literal[80, 90, 95] = 90


class AssessResilience(Command):
    """The register as it stands, as of a reference date; `turnover` is of that year."""

    on: date
    turnover: Euro
    how: Annotated[ByPercentage | BySimulation, Field(discriminator="way")]


class RegisterLoan(Command):
    loan: LoanCode
    lender: ShortText
    principal: Decimal = Field(decimal_places=2)
    rate: Rate
    first_year: Year
    redemptions: PerYear
    revisions: PerYear = Field(default_factory=dict)


class AssessInterestRisk(Command):
    """Years ahead, each against the norm of its budget total."""

    budget_totals: PerYear = Field(min_length=1, max_length=10)


class RecordCashPosition(Command):
    """Net floating debt on the first of the month; the third of a quarter assesses the quarter."""

    year: Year
    month: int = Field(ge=1, le=12)
    floating_debt: Amount
    budget_total: Euro
    scheme: Literal["joint-scheme", "municipality"] = "joint-scheme"


class RecordBalanceSheet(Command):
    year: Year
    sheet: BalanceSheet
    movements: tuple[Movement, ...] = Field(default=(), max_length=100)


class SetIndicator(Command):
    indicator: Code
    name: ShortText
    year: Year
    unit: Literal["fte", "percentage", "euro", "number"]
    value: Decimal
    benchmark: Decimal | None = None
    domain: Domain | None = None
    goal: Goal | None = None


class PlanBusinessCase(Command):
    case: Code
    name: ShortText
    themes: dict[Code, tuple[YearAmounts, ...]] = Field(min_length=1, max_length=30)


class RecordBusinessCaseResult(Command):
    case: Code
    theme: Code
    result: YearAmounts
    forecast: bool = False


class QuoteEntry(Command):
    quote: Code
    name: ShortText
    assumptions: EntryAssumptions


class QuoteExit(Command):
    quote: Code
    partner: PartnerSlug
    assumptions: ExitAssumptions
