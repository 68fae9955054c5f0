"""Exact decimals that travel as text."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_TENTH = Decimal("0.1")


def euro(amount: Decimal | str) -> str:
    """Euro with two decimals, rounded half up."""
    return str(cents(Decimal(amount)))


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def total(amounts: Iterable[Decimal | str]) -> Decimal:
    return sum(map(Decimal, amounts), ZERO)


def percentage(part: Decimal | int, whole: Decimal | int) -> str | None:
    """Per cent with one decimal, half up; `None` when there is no whole."""
    return str((part * HUNDRED / whole).quantize(_TENTH, ROUND_HALF_UP)) if whole else None


def difference(present: str | None, other: str | None) -> str | None:
    """How much the first is more than the second; `None` while one is not known."""
    return None if present is None or other is None else str(Decimal(present) - Decimal(other))


def added(amounts: Mapping[str, str], key: str, amount: str) -> dict[str, str]:
    """Amounts by key, with one more on the key."""
    return {**amounts, key: euro(Decimal(amounts.get(key, ZERO)) + Decimal(amount))}
