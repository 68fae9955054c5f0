"""Resilience, by the fixed percentage and by simulation."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain.resilience import (
    Exposure,
    Simulation,
    assess,
    by_percentage,
    by_simulation,
    grade,
)

ONS = {
    "cybercrime": "375000.00",
    "scarce-staff": "100000.00",
    "purchase-prices": "60000.00",
    "key-positions": "40000.00",
    "changing-law": "25000.00",
    "other": "130000.00",
}


def exposure(risk: str, most: str, *, least: str | None = None, chance: str = "0.3") -> Exposure:
    return Exposure(risk, Decimal(chance), Decimal(least or most), Decimal(most))


def ons() -> list[Exposure]:
    return [exposure(risk, amount) for risk, amount in ONS.items()]


def test_ons_has_730_at_risk_and_354_at_hand() -> None:
    found = assess(
        Decimal("354000.00"), ons(), by_percentage(ons(), Decimal(50)), Decimal("22935000.00")
    )
    assert found.total == Decimal("730000.00")
    assert found.of_total is not None
    assert int(found.of_total * 100) == 48
    assert found.needed.amount == Decimal("365000.00")
    assert found.needed.contributions["cybercrime"] == Decimal("51.37")
    assert found.grade == "D"
    assert found.ceiling == Decimal("1146750.00")
    assert not found.above_ceiling


def test_capacity_above_the_ceiling_is_warned_about() -> None:
    needed = by_percentage(ons(), Decimal(50))
    assert assess(Decimal(800_000), ons(), needed, Decimal(15_000_000)).above_ceiling
    assert not assess(Decimal(730_000), ons(), needed, Decimal(1_000_000)).above_ceiling


def test_without_risks_there_is_no_ratio() -> None:
    found = assess(Decimal(1), [], by_percentage([], Decimal(50)), Decimal(100))
    assert (found.of_total, found.ratio, found.grade) == (None, None, None)
    assert by_simulation([], Simulation()).amount == 0


@pytest.mark.parametrize(
    ("ratio", "letter"),
    [
        ("2.01", "A"),
        ("2.0", "B"),
        ("1.4", "B"),
        ("1.39", "C"),
        ("1.0", "C"),
        ("0.99", "D"),
        ("0.8", "D"),
        ("0.6", "E"),
        ("0.59", "F"),
        ("-1", "F"),
    ],
)
def test_classes(ratio: str, letter: str) -> None:
    assert grade(Decimal(ratio)) == letter


def test_the_same_seed_gives_the_same_outcome() -> None:
    one = by_simulation(ons(), Simulation(runs=2000, seed=7))
    assert one == by_simulation(ons(), Simulation(runs=2000, seed=7))
    assert one != by_simulation(ons(), Simulation(runs=2000, seed=8))


def test_more_certainty_needs_no_less() -> None:
    amounts = [
        by_simulation(ons(), Simulation(runs=2000, certainty=Decimal(certainty))).amount
        for certainty in (80, 90, 95)
    ]
    assert amounts == sorted(amounts)


def test_a_certain_risk_of_a_fixed_amount_needs_that_amount() -> None:
    certain = [exposure("rent", "1000.00", chance="1"), exposure("never", "5.00", chance="0")]
    needed = by_simulation(certain, Simulation(runs=100))
    assert needed.amount == Decimal("1000.00")
    assert needed.contributions == {"rent": Decimal("100.00"), "never": Decimal("0.00")}


def test_two_risks_meet_as_often_as_their_chances_say() -> None:
    """Two of 100, each in half of the runs: 200 in a quarter, so 80 % certainty needs 200."""
    two = [exposure("a", "100.00", chance="0.5"), exposure("b", "100.00", chance="0.5")]
    needed = by_simulation(two, Simulation(runs=20_000, certainty=Decimal(80)))
    assert needed.amount == Decimal("200.00")
    assert by_simulation(two, Simulation(runs=20_000, certainty=Decimal(70))).amount == 100


@given(
    st.lists(
        st.builds(
            lambda number, chance, least, spread: Exposure(
                str(number), chance, least, least + spread
            ),
            st.integers(0, 10_000),
            st.decimals("0", "1", places=2),
            st.decimals("0", "50000", places=2),
            st.decimals("0", "50000", places=2),
        ),
        max_size=5,
        unique_by=lambda found: found.risk,
    ),
    st.integers(0, 1000),
)
def test_what_is_needed_lies_between_nothing_and_everything(
    exposures: list[Exposure], seed: int
) -> None:
    needed = by_simulation(exposures, Simulation(runs=50, seed=seed))
    assert 0 <= needed.amount <= sum((found.most for found in exposures), Decimal(0))
    total = sum(needed.contributions.values(), Decimal(0))
    assert total == 0 or abs(total - 100) <= Decimal("0.01") * len(exposures)
