"""The ratios of BBV art. 11 in whole per cents."""

import pytest

from services.projection.views.reports.finance.balance import whole

SHEET = {
    "fixed_debt": "900.00",
    "short_debt": "100.00",
    "accrued_liabilities": "50.00",
    "financial_assets": "30.00",
    "placements": "20.00",
    "cash": "15.00",
    "accrued_assets": "5.00",
    "lent_on": "80.00",
    "equity": "244.60",
    "balance_total": "1000.00",
    "total_income": "2000.00",
    "structural_income": "1900.00",
    "structural_cost": "1918.00",
    "structural_withdrawals": "20.00",
    "structural_additions": "10.00",
}


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        ("net_debt_quota", "49"),
        ("corrected_net_debt_quota", "45"),
        ("solvency", "24"),
        ("structural_margin", "0"),
    ],
)
def test_a_ratio_is_rounded_once(ratio: str, expected: str) -> None:
    """24.46 is 24, though 24.5 with one decimal; −8 ÷ 2,000 is nothing, and not minus nothing."""
    assert whole(ratio, {"sheet": SHEET}) == expected


def test_without_income_there_is_no_ratio() -> None:
    assert whole("net_debt_quota", {"sheet": {**SHEET, "total_income": "0.00"}}) is None
