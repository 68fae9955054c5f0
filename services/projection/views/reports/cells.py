"""Values as a report holds them."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from contracts.reports import Cell

State = Literal["good", "attention", "bad"]
POINTS = Decimal(5)
"""Percentage points below its target at which a share is no longer a matter of attention."""


def moment(at: datetime | None) -> Cell:
    """RFC 3339 in UTC."""
    return Cell(value=None if at is None else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")


def term(name: str, value: object | None) -> Cell:
    """The text `<name>-<value>`."""
    return Cell(value=None if value is None else f"{name}-{value}")


def told(value: object | None) -> Cell:
    """As it was entered."""
    return Cell(value=None if value is None else str(value))


def tenth(value: Decimal | None) -> str | None:
    """With one decimal, half up."""
    return None if value is None else str(value.quantize(Decimal("0.1"), ROUND_HALF_UP))


def against(reached: str | None, target: str | None, nearly: Decimal = POINTS) -> State | None:
    """How a figure stands against its target, both as they are shown: so with one decimal.

    Less than `nearly` below it is a matter of attention.
    """
    if reached is None or target is None:
        return None
    short = Decimal(target) - Decimal(reached)
    if short <= 0:
        return "good"
    return "attention" if short < nearly else "bad"
