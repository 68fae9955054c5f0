"""Dividing euro: nothing is lost, nothing is made, nobody is a cent or more off."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain.money import CENT, cents, share, split

amounts = st.decimals("-99999999.99", "99999999.99", places=2)
weights = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.decimals("0", "250000", places=2), min_size=1
).filter(lambda weights: sum(weights.values()) > 0)


@given(amounts, weights)
def test_the_parts_add_up_to_the_amount(amount: Decimal, weights: dict[str, Decimal]) -> None:
    assert sum(split(amount, weights).values()) == amount


@given(amounts, weights)
def test_every_part_is_within_a_cent_of_the_exact_one(
    amount: Decimal, weights: dict[str, Decimal]
) -> None:
    total = Fraction(sum(weights.values()))
    for party, part in split(amount, weights).items():
        exact = Fraction(amount) * Fraction(weights[party]) / total
        assert abs(Fraction(part) - exact) < Fraction(CENT)


@given(amounts, weights)
def test_who_weighs_nothing_pays_nothing(amount: Decimal, weights: dict[str, Decimal]) -> None:
    parts = split(amount, weights)
    assert all(parts[party] == 0 for party, weight in weights.items() if not weight)


@given(amounts, weights)
def test_a_credit_takes_back_exactly_what_was_charged(
    amount: Decimal, weights: dict[str, Decimal]
) -> None:
    charged, credited = split(amount, weights), split(-amount, weights)
    assert all(charged[party] + credited[party] == 0 for party in weights)


def test_the_odd_cent_goes_to_the_first_of_equals() -> None:
    thirds = {"bunschoten": Decimal(1), "leusden": Decimal(1), "putten": Decimal(1)}
    assert split(Decimal("100.00"), thirds) == {
        "bunschoten": Decimal("33.34"),
        "leusden": Decimal("33.33"),
        "putten": Decimal("33.33"),
    }


def test_the_odd_cent_goes_to_the_largest_remainder() -> None:
    parts = split(Decimal("0.01"), {"small": Decimal(1), "large": Decimal(2)})
    assert parts == {"small": Decimal(0), "large": CENT}


@pytest.mark.parametrize(
    ("amount", "weights"),
    [
        (Decimal("1.00"), {"a": Decimal(0)}),
        (Decimal("1.00"), {"a": Decimal(2), "b": Decimal(-1)}),
        (Decimal("1.005"), {"a": Decimal(1)}),
    ],
)
def test_what_cannot_be_divided_is_an_error(amount: Decimal, weights: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match="nothing to divide by"):
        split(amount, weights)


def test_halves_round_away_from_zero() -> None:
    assert cents(Decimal("0.125")) == Decimal("0.13")
    assert cents(Decimal("-0.125")) == Decimal("-0.13")
    assert share(Decimal("410000.00"), Decimal(52)) == Decimal("213200.00")
