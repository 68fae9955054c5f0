"""Ratios that a budget and accounts must show (BBV art. 11), and the EMU balance.

A ratio is a percentage with one decimal; `None` where there is nothing to divide by.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from contracts.finance.sheets import BalanceSheet
from services.finance.domain.money import HUNDRED, ZERO


def net_debt(sheet: BalanceSheet) -> Decimal:
    """What is owed in the end: debts less what could pay them."""
    owed = sheet.fixed_debt + sheet.short_debt + sheet.accrued_liabilities
    at_hand = sheet.financial_assets + sheet.placements + sheet.cash + sheet.accrued_assets
    return owed - at_hand


def net_debt_quota(sheet: BalanceSheet) -> Decimal | None:
    """Net debt as a percentage of total income."""
    return percentage(net_debt(sheet), sheet.total_income)


def corrected_net_debt_quota(sheet: BalanceSheet) -> Decimal | None:
    """As the net debt quota, less the loans that were lent on to others."""
    return percentage(net_debt(sheet) - sheet.lent_on, sheet.total_income)


def solvency(sheet: BalanceSheet) -> Decimal | None:
    """Equity as a percentage of the balance total."""
    return percentage(sheet.equity, sheet.balance_total)


def structural_margin(sheet: BalanceSheet) -> Decimal | None:
    """What structural income is left after structural cost, as a percentage of total income."""
    result = sheet.structural_income - sheet.structural_cost
    reserves = sheet.structural_withdrawals - sheet.structural_additions
    return percentage(result + reserves, sheet.total_income)


def emu_balance(movements: Iterable[Decimal]) -> Decimal:
    """The sum of the year's movements of assets and liabilities, in euro."""
    return sum(movements, ZERO)


def emu_balance_of_result(
    result_before_reserves: Decimal,
    *,
    fixed_assets: Decimal = ZERO,
    provisions: Decimal = ZERO,
    stocks: Decimal = ZERO,
    book_profits: Decimal = ZERO,
) -> Decimal:
    """From the result before reserves and the year's changes in these balance items."""
    return result_before_reserves - fixed_assets + provisions - stocks - book_profits


def percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` as a percentage of `whole`, with one decimal; `None` when there is no whole."""
    if not whole:
        return None
    return (part * HUNDRED / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
