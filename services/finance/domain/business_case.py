"""A business case, planned against realised: variance, cumulative net, payback."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.finance.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Amounts:
    """Euro of one year."""

    savings: Decimal = ZERO
    costs: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        return self.savings - self.costs

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.savings + other.savings, self.costs + other.costs)


@dataclass(frozen=True, slots=True)
class YearResult:
    """A year of the case; variances are realised less planned, null while nothing is realised.

    `expected` is realised where there is a result and planned where there is none yet.
    """

    year: int
    planned: Amounts
    realised: Amounts | None
    cumulative_planned: Decimal
    cumulative_expected: Decimal

    @property
    def expected(self) -> Amounts:
        return self.planned if self.realised is None else self.realised

    @property
    def savings_variance(self) -> Decimal | None:
        return None if self.realised is None else self.realised.savings - self.planned.savings

    @property
    def costs_variance(self) -> Decimal | None:
        return None if self.realised is None else self.realised.costs - self.planned.costs

    @property
    def net_variance(self) -> Decimal | None:
        return None if self.realised is None else self.realised.net - self.planned.net


def results(
    planned: Mapping[int, Amounts], realised: Mapping[int, Amounts]
) -> tuple[YearResult, ...]:
    """Every year of which something was planned or realised, in order."""
    rows: list[YearResult] = []
    cumulative_planned = cumulative_expected = ZERO
    for year in sorted(planned.keys() | realised.keys()):
        plan = planned.get(year, Amounts())
        result = realised.get(year)
        cumulative_planned += plan.net
        cumulative_expected += (plan if result is None else result).net
        rows.append(YearResult(year, plan, result, cumulative_planned, cumulative_expected))
    return tuple(rows)


def payback(nets: Sequence[tuple[int, Decimal]]) -> Decimal | None:
    """The first moment at which the cumulative net is not below zero, as a year with two decimals.

    `nets` are consecutive years with their net, which counts as coming in evenly over the year:
    2018.50 is halfway through 2018. The start of the first year when nothing had to go in first;
    `None` when it is still below zero at the end.
    """
    cumulative = ZERO
    for place, (year, net) in enumerate(nets):
        before, cumulative = cumulative, cumulative + net
        if cumulative >= 0:
            within = -before / net if place else Decimal(0)
            return (year + within).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return None
