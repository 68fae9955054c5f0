"""Policy indicators of a service centre (BBV art. 25), and its cost against a benchmark."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.finance.domain.money import cents
from services.finance.domain.ratios import percentage


def occupation(establishment_fte: Decimal, occupied_fte: Decimal) -> Decimal | None:
    """Filled posts as a percentage of those established."""
    return percentage(occupied_fte, establishment_fte)


def external_hire(hired: Decimal, payroll: Decimal) -> Decimal | None:
    """Cost of external hire as a percentage of payroll and external hire together."""
    return percentage(hired, payroll + hired)


def overhead(cost: Decimal, total_cost: Decimal) -> Decimal | None:
    """Overhead as a percentage of total cost."""
    return percentage(cost, total_cost)


@dataclass(frozen=True, slots=True)
class PerResident:
    """A year's cost per resident in euro, against the benchmark where it has that year."""

    year: int
    amount: Decimal
    benchmark: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.benchmark is None else self.amount - self.benchmark


def per_resident(
    costs: Mapping[int, Decimal], residents: Mapping[int, int], benchmark: Mapping[int, Decimal]
) -> list[PerResident]:
    """Cost per resident, year by year; years without residents are left out."""
    return [
        PerResident(year, cents(cost / residents[year]), benchmark.get(year))
        for year, cost in sorted(costs.items())
        if residents.get(year)
    ]
