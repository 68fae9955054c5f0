"""Euro, exact to the cent: rounding, and dividing without losing or making any."""

from collections.abc import Hashable, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TypeVar

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)

PartyT = TypeVar("PartyT", bound=Hashable)


def cents(amount: Decimal) -> Decimal:
    """Rounded to the cent, halves away from zero."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def share(amount: Decimal, percentage: Decimal) -> Decimal:
    """A percentage of the amount, to the cent."""
    return cents(amount * percentage / HUNDRED)


def split(amount: Decimal, weights: Mapping[PartyT, Decimal]) -> dict[PartyT, Decimal]:
    """The amount divided by weight; the parts add up to it exactly.

    Largest remainder: each gets its part rounded down, and the cents that are left go to the
    largest remainders; equal ones in the order of `weights`. A credit is divided as the bill that
    it takes back. Raises `ValueError` for an amount that is not whole cents, a weight below zero,
    or no weight at all.
    """
    total = sum(weights.values(), Decimal(0))
    if total <= 0 or min(weights.values()) < 0 or amount != cents(amount):
        raise ValueError("nothing to divide by, or not whole cents")
    if amount < 0:
        return {party: -part for party, part in split(-amount, weights).items()}
    whole = int(amount / CENT)
    exact = {party: whole * weight / total for party, weight in weights.items()}
    parts = {party: int(part.to_integral_value(ROUND_FLOOR)) for party, part in exact.items()}
    by_remainder = sorted(weights, key=lambda party: parts[party] - exact[party])
    for party in by_remainder[: whole - sum(parts.values())]:
        parts[party] += 1
    return {party: part * CENT for party, part in parts.items()}
