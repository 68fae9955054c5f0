"""Business cases: the monitor of Bunschoten, Leusden, Nijkerk and Putten, and payback."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain.business_case import Amounts, payback, results

YEARS = range(2016, 2022)


def amounts(savings: tuple[int, ...], costs: tuple[int, ...]) -> dict[int, Amounts]:
    return {
        year: Amounts(Decimal(saving), Decimal(cost))
        for year, saving, cost in zip(YEARS, savings, costs, strict=True)
    }


PLANNED = amounts((50, 221, 299, 364, 409, 409), (131, 114, 70, 70, 70, 35))
MONITOR = amounts((30, 65, 286, 351, 396, 396), (176, 165, 113, 113, 113, 78))


def test_the_variance_rows_of_the_first_monitor() -> None:
    rows = results(PLANNED, MONITOR)
    assert [row.savings_variance for row in rows] == [-20, -156, -13, -13, -13, -13]
    assert [row.costs_variance for row in rows] == [45, 51, 43, 43, 43, 43]
    assert [row.net_variance for row in rows] == [-65, -207, -56, -56, -56, -56]


def test_the_cumulative_rows_of_the_first_monitor() -> None:
    rows = results(PLANNED, MONITOR)
    assert [row.cumulative_planned for row in rows] == [-81, 26, 255, 549, 888, 1262]
    assert [row.cumulative_expected for row in rows] == [-146, -246, -73, 165, 448, 766]


def test_it_pays_back_two_years_later_than_planned() -> None:
    rows = results(PLANNED, MONITOR)
    assert payback([(row.year, row.planned.net) for row in rows]) == Decimal("2017.76")
    assert payback([(row.year, row.expected.net) for row in rows]) == Decimal("2019.31")


def test_years_without_a_result_count_as_planned() -> None:
    rows = results(PLANNED, {2016: MONITOR[2016]})
    assert rows[1].savings_variance is None
    assert rows[1].expected == PLANNED[2017]
    assert rows[1].cumulative_expected == -146 + 107


def test_what_never_comes_back_has_no_payback() -> None:
    assert payback([(2020, Decimal(-10)), (2021, Decimal(9))]) is None
    assert payback([]) is None


def test_what_needs_nothing_first_is_back_at_the_start() -> None:
    assert payback([(2020, Decimal(10))]) == 2020


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=10))
def test_payback_is_where_the_cumulative_line_crosses_zero(nets: list[int]) -> None:
    years = [(2000 + place, Decimal(net)) for place, net in enumerate([-1, *nets])]
    moment = payback(years)
    cumulative = [sum(net for _, net in years[: place + 1]) for place in range(len(years))]
    if moment is None:
        assert all(sum_ < 0 for sum_ in cumulative)
        return
    whole = int(moment) - 2000
    first = next(place for place, sum_ in enumerate(cumulative) if sum_ >= 0)
    assert first <= whole <= first + 1
