"""What a joining partner pays once, and what a leaving partner costs the others."""

from collections.abc import Sequence
from decimal import Decimal

from contracts.finance.quotes import EntryAssumptions, ExitAssumptions, QuoteLine
from services.finance.domain.money import ZERO, cents, share


def entry(assumptions: EntryAssumptions) -> tuple[QuoteLine, ...]:
    """Once: friction, connecting each workplace, buying into what the others paid for."""
    connecting = cents(assumptions.workplaces * assumptions.price_per_workplace)
    buying_in = share(assumptions.investments, assumptions.participation)
    return _told(
        QuoteLine(what="friction", amount=assumptions.friction),
        QuoteLine(what="connecting-workplaces", amount=connecting),
        QuoteLine(what="buying-in", amount=buying_in),
    )


def leaving(assumptions: ExitAssumptions) -> tuple[QuoteLine, ...]:
    """Friction at once, then what cannot be wound down of its contribution, year by year."""
    return _told(
        QuoteLine(what="friction", amount=assumptions.friction),
        *(
            QuoteLine(
                what="wind-down",
                year=assumptions.leaves_on.year + 1 + after,
                amount=share(assumptions.yearly_contribution, remaining),
            )
            for after, remaining in enumerate(assumptions.remaining_percentages)
        ),
        QuoteLine(what="taken-over", amount=-assumptions.taken_over),
    )


def total(lines: Sequence[QuoteLine]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def _told(*lines: QuoteLine) -> tuple[QuoteLine, ...]:
    return tuple(line for line in lines if line.amount)
