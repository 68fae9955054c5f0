"""Treasury: the published tables of the service centre of the Zwolle region, year 2022."""

from decimal import Decimal

import pytest

from contracts.finance.sheets import BalanceSheet
from services.finance.domain import ratios
from services.finance.domain.treasury import (
    MUNICIPALITY,
    Loan,
    average_rate,
    balance,
    cash_limit,
    cash_quarters,
    interest_risk,
    interest_risk_of,
    mean,
    weighted_rate,
)

THOUSAND = 1000
BUDGET = Decimal(22_935 * THOUSAND)


def test_the_room_under_the_cash_limit_is_as_published() -> None:
    """Source amounts are in thousands and rounded, so each may be one off."""
    debts = {(2022, quarter): Decimal(debt * THOUSAND) for quarter, debt in enumerate(
        (462, -3_679, -1_292, -1_835), start=1
    )}  # fmt: skip
    quarters = list(cash_quarters(debts, {2022: cash_limit(BUDGET)}))
    assert quarters[0].limit == Decimal("1880670.00")
    for found, published in zip(quarters, (1_418, 5_560, 3_172, 3_715), strict=True):
        assert abs(found.room / THOUSAND - published) <= 1
    assert not any(found.reportable for found in quarters)


def test_the_third_quarter_in_a_row_over_the_limit_is_reported() -> None:
    over, under = Decimal(400_000), Decimal(0)
    debts = {
        (2022, 3): over,
        (2022, 4): over,
        (2023, 1): over,
        (2023, 2): under,
        (2023, 3): over,
    }
    limits = dict.fromkeys((2022, 2023), cash_limit(Decimal(0)))
    quarters = list(cash_quarters(debts, limits))
    assert [found.in_a_row for found in quarters] == [1, 2, 3, 0, 1]
    assert [found.reportable for found in quarters] == [False, False, True, False, False]


def test_a_quarter_without_a_figure_ends_the_row() -> None:
    debts = dict.fromkeys([(2022, 1), (2022, 2), (2022, 4)], Decimal(400_000))
    found = list(cash_quarters(debts, {2022: Decimal(300_000)}))
    assert [quarter.in_a_row for quarter in found] == [1, 2, 1]


def test_the_limits_have_a_floor_and_municipalities_another_percentage() -> None:
    assert cash_limit(Decimal(1_000_000)) == 300_000
    assert cash_limit(Decimal(10_000_000), MUNICIPALITY) == 850_000
    assert mean([Decimal(1), Decimal(2), Decimal(2)]) == Decimal("1.67")


@pytest.mark.parametrize(
    ("budget", "redemptions", "norm", "room"),
    [
        (22_935, 2_040, "4587.00", "2547.00"),
        (29_287, 2_040, "5857.40", "3817.40"),
        (29_287, 1_800, "5857.40", "4057.40"),
        (29_287, 1_300, "5857.40", "4557.40"),
    ],
)
def test_the_interest_risk_norm_is_kept(
    budget: int, redemptions: int, norm: str, room: str
) -> None:
    found = interest_risk(Decimal(budget * THOUSAND), Decimal(redemptions * THOUSAND))
    assert (found.norm / THOUSAND, found.room / THOUSAND) == (Decimal(norm), Decimal(room))
    assert not found.exceeded


def test_the_interest_risk_norm_has_a_floor() -> None:
    assert interest_risk(Decimal(1), Decimal("2500000.01")).exceeded


def test_the_loans_at_the_end_of_the_year() -> None:
    """7,180 at −0.27 % on average, of which 2,040 at −0.25 % was redeemed."""
    assert weighted_rate(
        [(Decimal(7_180), Decimal("-0.27")), (Decimal(-2_040), Decimal("-0.25"))]
    ) == Decimal("-0.28")


def test_a_loan_is_owed_until_it_is_redeemed() -> None:
    loans = [
        Loan(Decimal(100), Decimal(2), 2020, {2021: Decimal(40), 2022: Decimal(60)}, {}),
        Loan(Decimal(100), Decimal(4), 2021, {2023: Decimal(100)}, {2022: Decimal(100)}),
    ]
    assert [balance(loans, year) for year in range(2019, 2024)] == [0, 100, 160, 100, 0]
    assert average_rate(loans, 2021) == Decimal("3.25")
    assert average_rate(loans, 2023) is None
    found = interest_risk_of(loans, 2022, Decimal(0))
    assert (found.redemptions, found.revisions) == (60, 100)


def test_the_emu_balance_is_the_sum_of_the_movements() -> None:
    movements = (-1_386_709, -67_275, -474_030, 2_040_000, -15_287, 2_000_000, 17_554)
    assert ratios.emu_balance(map(Decimal, movements)) == 2_114_253


def test_the_emu_balance_from_the_result() -> None:
    found = ratios.emu_balance_of_result(
        Decimal(100),
        fixed_assets=Decimal(30),
        provisions=Decimal(5),
        stocks=Decimal(2),
        book_profits=Decimal(3),
    )
    assert found == 70


def test_ratios_as_published_for_2022() -> None:
    """The quota of 12 % and the solvency of 25 % on a balance that was chosen to yield them."""
    sheet = BalanceSheet(
        fixed_debt=Decimal(5_140_000),
        short_debt=Decimal(1_000_000),
        accrued_liabilities=Decimal(900_000),
        financial_assets=Decimal(280_000),
        cash=Decimal(1_500_000),
        accrued_assets=Decimal(2_500_000),
        lent_on=Decimal(230_000),
        equity=Decimal(2_250_000),
        balance_total=Decimal(9_000_000),
        total_income=Decimal(23_000_000),
        structural_income=Decimal(22_000_000),
        structural_cost=Decimal(22_000_000),
    )
    assert ratios.net_debt_quota(sheet) == Decimal("12.0")
    assert ratios.corrected_net_debt_quota(sheet) == Decimal("11.0")
    assert ratios.solvency(sheet) == Decimal("25.0")
    assert ratios.structural_margin(sheet) == 0
    assert ratios.solvency(BalanceSheet()) is None
