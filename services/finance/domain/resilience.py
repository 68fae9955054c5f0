"""Resilience: what is at hand for risks that come true, against what is needed for them.

The needed capacity is reached in two ways, and never shown without the way: a fixed percentage of
the sum of the net risk amounts, or a simulation over chance and amount at a degree of certainty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from random import Random
from typing import Literal

from services.finance.domain.money import HUNDRED, ZERO, cents, share

Class = Literal["A", "B", "C", "D", "E", "F"]

CEILING_PERCENTAGE = Decimal(5)
"""Of turnover: what a joint scheme's general reserve may be at most, by its regulation."""

_FLOORS: tuple[tuple[Class, Decimal], ...] = (
    ("B", Decimal("1.4")),
    ("C", Decimal("1.0")),
    ("D", Decimal("0.8")),
    ("E", Decimal("0.6")),
)
_A_ABOVE = Decimal("2.0")


@dataclass(frozen=True, slots=True)
class Exposure:
    """A risk as it counts: a chance (0…1), and a net amount between two bounds in euro."""

    risk: str
    chance: Decimal
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Simulation:
    """How a simulation is to be done: the same seed and runs give the same outcome."""

    runs: int = 10_000
    seed: int = 1
    certainty: Decimal = Decimal(90)


@dataclass(frozen=True, slots=True)
class Needed:
    """The needed capacity in euro, and each risk's part in it, as a percentage of it."""

    amount: Decimal
    contributions: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Resilience:
    """Capacity against risk. A ratio is null where nothing is at risk.

    `of_total` is capacity ÷ the sum of the risk amounts, `ratio` capacity ÷ what is needed.
    """

    capacity: Decimal
    total: Decimal
    needed: Needed
    of_total: Decimal | None
    ratio: Decimal | None
    grade: Class | None
    ceiling: Decimal
    above_ceiling: bool


def by_percentage(exposures: Sequence[Exposure], percentage: Decimal) -> Needed:
    """The percentage of the sum of net amounts; each risk contributes as much as it amounts to."""
    total = sum((exposure.most for exposure in exposures), ZERO)
    parts = {exposure.risk: exposure.most for exposure in exposures}
    return Needed(share(total, percentage), _percentages(parts))


def by_simulation(exposures: Sequence[Exposure], simulation: Simulation) -> Needed:
    """The smallest total that is not exceeded in `certainty` per cent of the runs.

    In each run a risk comes true with its chance, at an amount drawn evenly between its bounds. A
    risk contributes its part of the losses in the runs that reach the needed capacity.
    """
    if not exposures:
        return Needed(ZERO, {})
    losses = _losses(exposures, simulation)
    totals = sorted(sum(run) for run in losses)
    rank = (simulation.certainty * simulation.runs / HUNDRED).to_integral_value(ROUND_CEILING)
    needed = totals[int(rank) - 1]
    tail = [run for run in losses if sum(run) >= needed]
    parts = {
        exposure.risk: Decimal(sum(run[place] for run in tail))
        for place, exposure in enumerate(exposures)
    }
    return Needed(cents(Decimal(needed) / HUNDRED), _percentages(parts))


def _losses(exposures: Sequence[Exposure], simulation: Simulation) -> list[tuple[int, ...]]:
    """Whole cents per risk, per run."""
    draw = Random(simulation.seed).random  # noqa: S311  a simulation, to be repeated
    risks = [
        (float(e.chance), int(e.least * HUNDRED), int((e.most - e.least) * HUNDRED))
        for e in exposures
    ]
    return [
        tuple(
            least + round(draw() * spread) if draw() < chance else 0
            for chance, least, spread in risks
        )
        for _ in range(simulation.runs)
    ]


def _percentages(parts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    total = sum(parts.values(), Decimal(0))
    if not total:
        return dict.fromkeys(parts, ZERO)
    return {risk: cents(part * HUNDRED / total) for risk, part in parts.items()}


def assess(
    capacity: Decimal, exposures: Sequence[Exposure], needed: Needed, turnover: Decimal
) -> Resilience:
    """The capacity against what was found to be needed, with the warning about the ceiling.

    The ceiling is 5 % of turnover, or the quantified risks where they come to more.
    """
    total = sum((exposure.most for exposure in exposures), ZERO)
    ceiling = max(share(turnover, CEILING_PERCENTAGE), total)
    ratio = quotient(capacity, needed.amount)
    return Resilience(
        capacity=capacity,
        total=total,
        needed=needed,
        of_total=quotient(capacity, total),
        ratio=ratio,
        grade=None if ratio is None else grade(ratio),
        ceiling=ceiling,
        above_ceiling=capacity > ceiling,
    )


def grade(ratio: Decimal) -> Class:
    """A above 2.0, B from 1.4, C from 1.0, D from 0.8, E from 0.6, F below."""
    if ratio > _A_ABOVE:
        return "A"
    return next((letter for letter, floor in _FLOORS if ratio >= floor), "F")


def quotient(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part ÷ whole` to four decimals; `None` when there is no whole."""
    if not whole:
        return None
    return (part / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)
