from datetime import UTC, datetime
from decimal import Decimal

from contracts.documents.examples.example import Example
from contracts.finance import treasury
from contracts.finance.sheets import BalanceSheet

_RECORDED = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

TREASURY = (
    Example(
        when="a loan is taken up in the books",
        aggregate="loan/BNG-40117",
        version=1,
        event=treasury.LoanRegistered(
            occurred_at=_RECORDED,
            loan="BNG-40117",
            lender="Bank voor de overheid",
            principal=Decimal("1000000.00"),
            rate=Decimal("1.25"),
            first_year=2026,
            redemptions={2027: Decimal("500000.00"), 2028: Decimal("500000.00")},
        ),
    ),
    Example(
        when="the net floating debt on the first of a month is known",
        aggregate="cash/2026",
        version=1,
        event=treasury.CashPositionRecorded(
            occurred_at=_RECORDED, year=2026, month=3, floating_debt=Decimal("462000.00")
        ),
    ),
    Example(
        when="all months of a quarter are known",
        aggregate="cash/2026",
        version=2,
        event=treasury.CashLimitAssessed(
            occurred_at=_RECORDED,
            year=2026,
            quarter=1,
            budget_total=Decimal("22935000.00"),
            percentage=Decimal("8.2"),
            limit=Decimal("1880670.00"),
            floating_debt=Decimal("462000.00"),
            room=Decimal("1418670.00"),
            in_a_row=0,
            reportable=False,
        ),
    ),
    Example(
        when="a year ahead is held against the interest-risk norm",
        aggregate="interest-risk/2027",
        version=1,
        event=treasury.InterestRiskAssessed(
            occurred_at=_RECORDED,
            year=2027,
            budget_total=Decimal("22935000.00"),
            norm=Decimal("4587000.00"),
            redemptions=Decimal("500000.00"),
            revisions=Decimal("0.00"),
            room=Decimal("4087000.00"),
            exceeded=False,
        ),
    ),
    Example(
        when="the balance at the end of a year is known",
        aggregate="balance/2026",
        version=1,
        event=treasury.BalanceSheetRecorded(
            occurred_at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
            year=2026,
            sheet=BalanceSheet(
                fixed_debt=Decimal("1000000.00"),
                cash=Decimal("250000.00"),
                equity=Decimal("500000.00"),
                balance_total=Decimal("2000000.00"),
                total_income=Decimal("7500000.00"),
                structural_income=Decimal("7400000.00"),
                structural_cost=Decimal("7250000.00"),
            ),
            movements=(
                treasury.Movement(
                    item="Vaste schuld", side="liabilities", amount=Decimal("1000000.00")
                ),
            ),
            net_debt_quota=Decimal("10.0"),
            corrected_net_debt_quota=Decimal("10.0"),
            solvency=Decimal("25.0"),
            structural_margin=Decimal("2.0"),
            emu_balance=Decimal("1000000.00"),
        ),
    ),
)
