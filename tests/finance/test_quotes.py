"""What joining costs the one, and leaving the others."""

from datetime import date
from decimal import Decimal

from contracts.finance.quotes import EntryAssumptions, ExitAssumptions
from services.finance.domain import quotes


def test_who_joins_pays_friction_connections_and_its_part_of_investments() -> None:
    lines = quotes.entry(
        EntryAssumptions(
            joins_on=date(2027, 1, 1),
            friction=Decimal("25000.00"),
            workplaces=120,
            price_per_workplace=Decimal("350.00"),
            investments=Decimal("400000.00"),
            participation=Decimal("12.5"),
        )
    )
    assert [(line.what, line.amount) for line in lines] == [
        ("friction", Decimal("25000.00")),
        ("connecting-workplaces", Decimal("42000.00")),
        ("buying-in", Decimal("50000.00")),
    ]
    assert quotes.total(lines) == Decimal("117000.00")


def test_who_leaves_pays_what_cannot_be_wound_down_at_once() -> None:
    lines = quotes.leaving(
        ExitAssumptions(
            leaves_on=date(2026, 12, 31),
            friction=Decimal("10000.00"),
            yearly_contribution=Decimal("200000.00"),
            remaining_percentages=(Decimal(75), Decimal(50), Decimal(25)),
            taken_over=Decimal("30000.00"),
        )
    )
    assert [(line.what, line.year, line.amount) for line in lines] == [
        ("friction", None, Decimal("10000.00")),
        ("wind-down", 2027, Decimal("150000.00")),
        ("wind-down", 2028, Decimal("100000.00")),
        ("wind-down", 2029, Decimal("50000.00")),
        ("taken-over", None, Decimal("-30000.00")),
    ]
    assert quotes.total(lines) == Decimal("280000.00")


def test_what_is_nothing_is_left_out() -> None:
    nothing = EntryAssumptions(
        joins_on=date(2027, 1, 1), friction=Decimal(0), workplaces=0, price_per_workplace=Decimal(9)
    )
    assert quotes.entry(nothing) == ()
