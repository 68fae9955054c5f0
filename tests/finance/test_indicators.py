"""Policy indicators, and what ICT costs per resident."""

from decimal import Decimal

from services.finance.domain import indicators


def test_external_hire_is_a_part_of_payroll_and_hire() -> None:
    assert indicators.external_hire(Decimal(35), Decimal(65)) == Decimal("35.0")
    assert indicators.external_hire(Decimal(0), Decimal(0)) is None


def test_occupation_and_overhead() -> None:
    assert indicators.occupation(Decimal("116.3"), Decimal("116.3")) == Decimal("100.0")
    assert indicators.overhead(Decimal(9), Decimal(100)) == Decimal("9.0")


def test_de_liemers_costs_88_euro_per_resident() -> None:
    costs = {2020: Decimal(7_480_000), 2022: Decimal(8_075_000)}
    residents = {2020: 85_000, 2022: 85_000, 2023: 85_500}
    first, second = indicators.per_resident(costs, residents, {2020: Decimal(88)})
    assert (first.amount, first.difference) == (Decimal("88.00"), Decimal(0))
    assert (second.amount, second.difference) == (Decimal("95.00"), None)
