"""What is owed at the end of each year, and at which rate. Pure."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.projection.amounts import ZERO, euro, total
from services.projection.finance_position_rows import Loan

_HUNDREDTH = Decimal("0.01")


def balance(loan: Loan, end_of: int) -> Decimal:
    """What is still owed at the end of the year."""
    if end_of < loan.first_year:
        return ZERO
    redeemed = [amount for year, amount in loan.redemptions.items() if int(year) <= end_of]
    return Decimal(loan.principal) - total(redeemed)


def average_rate(loans: Sequence[Loan], end_of: int) -> str | None:
    """Per cent, weighted by what is still owed at the end of the year; `None` without debt."""
    owed = [(balance(loan, end_of), Decimal(loan.rate)) for loan in loans]
    debt = sum((amount for amount, _ in owed), ZERO)
    if not debt:
        return None
    interest = sum((amount * rate for amount, rate in owed), ZERO)
    return str((interest / debt).quantize(_HUNDREDTH, ROUND_HALF_UP))


def series(loans: Sequence[Loan]) -> list[dict[str, Any]]:
    """Year by year, from the first that was borrowed in up to the last in which a loan runs."""
    if not loans:
        return []
    first = min(loan.first_year for loan in loans)
    last = max(max((loan.first_year, *map(int, loan.redemptions))) for loan in loans)
    return [_year(loans, year) for year in range(first, last + 1)]


def _year(loans: Sequence[Loan], year: int) -> dict[str, Any]:
    borrowed = total(loan.principal for loan in loans if loan.first_year == year)
    return {
        "year": year,
        "borrowed": euro(borrowed),
        "redemptions": euro(total(loan.redemptions.get(str(year), ZERO) for loan in loans)),
        "revisions": euro(total(loan.revisions.get(str(year), ZERO) for loan in loans)),
        "balance": euro(sum((balance(loan, year) for loan in loans), ZERO)),
        "average_rate": average_rate(loans, year),
    }
