"""Loans, cash positions, interest risk and balance sheets, as they are recorded."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from pydantic import Field

from contracts.finance.treasury import (
    BalanceSheetRecorded,
    CashLimitAssessed,
    CashPositionRecorded,
    InterestRiskAssessed,
    LoanRegistered,
)
from services.finance.commands import (
    AssessInterestRisk,
    RecordBalanceSheet,
    RecordCashPosition,
    RegisterLoan,
)
from services.finance.domain import ratios, treasury
from services.finance.domain.aggregate import Aggregate
from services.finance.domain.money import ZERO
from services.finance.errors import (
    LoanExists,
    LoanNegative,
    QuarterIncomplete,
    RedemptionsExceedLoan,
    YearClosed,
)

PERCENTAGES = {"joint-scheme": treasury.JOINT_SCHEME, "municipality": treasury.MUNICIPALITY}

CashEvent = CashPositionRecorded | CashLimitAssessed


class LoanEntry(Aggregate):
    loan: str
    principal: Decimal
    rate: Decimal
    first_year: int
    redemptions: dict[int, Decimal]
    revisions: dict[int, Decimal]

    def terms(self) -> treasury.Loan:
        return treasury.Loan(
            self.principal, self.rate, self.first_year, self.redemptions, self.revisions
        )


class CashYear(Aggregate):
    """Positions per month, and how many quarters in a row each quarter's was over the limit."""

    year: int
    positions: dict[int, Decimal] = Field(default_factory=dict)
    in_a_row: dict[int, int] = Field(default_factory=dict)


class InterestRiskYear(Aggregate):
    year: int


class BalanceYear(Aggregate):
    year: int


def register_loan(
    state: LoanEntry | None, command: RegisterLoan, now: datetime
) -> tuple[LoanRegistered, ...]:
    if command.principal <= 0:
        raise LoanNegative("principal", principal=str(command.principal))
    if state is not None:
        raise LoanExists("loan", loan=command.loan)
    redeemed = sum(command.redemptions.values(), ZERO)
    if redeemed > command.principal:
        raise RedemptionsExceedLoan(
            "redemptions", principal=str(command.principal), redeemed=str(redeemed)
        )
    return (LoanRegistered(occurred_at=now, **dict(command)),)


def evolve_loan(_: LoanEntry | None, event: LoanRegistered) -> LoanEntry:
    return LoanEntry(version=1, **event.model_dump(exclude={"occurred_at", "lender"}))


def record_cash(
    state: CashYear | None,
    before: CashYear | None,
    command: RecordCashPosition,
    now: datetime,
    *,
    closed: bool,
) -> tuple[CashEvent, ...]:
    """The position, and with the quarter's third month the quarter against the limit.

    `before` is the year before, whose last quarter may begin a row; `closed`: the year is settled.
    """
    if closed:
        raise YearClosed("year", year=command.year)
    recorded = CashPositionRecorded(
        occurred_at=now,
        year=command.year,
        month=command.month,
        floating_debt=command.floating_debt,
    )
    if command.month % treasury.MONTHS:
        return (recorded,)
    quarter = command.month // treasury.MONTHS
    debt = _quarter_debt(evolve_cash(state, recorded), quarter)
    limit = treasury.cash_limit(command.budget_total, PERCENTAGES[command.scheme])
    in_a_row = _row_before(state, before, quarter) + 1 if debt > limit else 0
    assessed = CashLimitAssessed(
        occurred_at=now,
        year=command.year,
        quarter=quarter,
        budget_total=command.budget_total,
        percentage=PERCENTAGES[command.scheme],
        limit=limit,
        floating_debt=debt,
        room=limit - debt,
        in_a_row=in_a_row,
        reportable=in_a_row >= treasury.QUARTERS_IN_A_ROW,
    )
    return recorded, assessed


def _quarter_debt(state: CashYear, quarter: int) -> Decimal:
    """Raises `QuarterIncomplete` when an earlier month of the quarter has no position."""
    last = quarter * treasury.MONTHS
    months = range(last - treasury.MONTHS + 1, last + 1)
    missing = [month for month in months if month not in state.positions]
    if missing:
        raise QuarterIncomplete("month", year=state.year, month=missing[0])
    return treasury.mean([state.positions[month] for month in months])


def _row_before(state: CashYear | None, before: CashYear | None, quarter: int) -> int:
    """How many quarters in a row were over the limit when this one began."""
    if quarter > 1:
        return state.in_a_row.get(quarter - 1, 0) if state else 0
    return before.in_a_row.get(4, 0) if before else 0


def evolve_cash(state: CashYear | None, event: CashEvent) -> CashYear:
    present = state or CashYear(version=0, year=event.year)
    change: dict[str, object]
    if isinstance(event, CashPositionRecorded):
        change = {"positions": {**present.positions, event.month: event.floating_debt}}
    else:
        change = {"in_a_row": {**present.in_a_row, event.quarter: event.in_a_row}}
    return present.model_copy(update={"version": present.version + 1, **change})


def assess_interest_risk(
    command: AssessInterestRisk, loans: Iterable[LoanEntry], now: datetime
) -> Iterator[InterestRiskAssessed]:
    """Each year ahead against the norm of its own budget total."""
    terms = [loan.terms() for loan in loans]
    totals: Mapping[int, Decimal] = command.budget_totals
    for year, total in sorted(totals.items()):
        found = treasury.interest_risk_of(terms, year, total)
        yield InterestRiskAssessed(
            occurred_at=now,
            year=year,
            budget_total=total,
            norm=found.norm,
            redemptions=found.redemptions,
            revisions=found.revisions,
            room=found.room,
            exceeded=found.exceeded,
        )


def evolve_interest_risk(
    state: InterestRiskYear | None, event: InterestRiskAssessed
) -> InterestRiskYear:
    return InterestRiskYear(version=state.version + 1 if state else 1, year=event.year)


def record_balance(
    command: RecordBalanceSheet, now: datetime, *, closed: bool
) -> tuple[BalanceSheetRecorded, ...]:
    """The sheet with the ratios that follow from it. `closed`: the year is settled."""
    if closed:
        raise YearClosed("year", year=command.year)
    recorded = BalanceSheetRecorded(
        occurred_at=now,
        **dict(command),
        net_debt_quota=ratios.net_debt_quota(command.sheet),
        corrected_net_debt_quota=ratios.corrected_net_debt_quota(command.sheet),
        solvency=ratios.solvency(command.sheet),
        structural_margin=ratios.structural_margin(command.sheet),
        emu_balance=ratios.emu_balance(movement.amount for movement in command.movements),
    )
    return (recorded,)


def evolve_balance(state: BalanceYear | None, event: BalanceSheetRecorded) -> BalanceYear:
    return BalanceYear(version=state.version + 1 if state else 1, year=event.year)
