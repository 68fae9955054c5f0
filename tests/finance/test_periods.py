"""Stretches of days, and what of a yearly amount falls in them."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain.periods import Period, part_of_year, quarter_of, year_of

years = st.integers(2000, 2100)
amounts = st.decimals("-9999999.99", "9999999.99", places=2)


@given(years, amounts)
def test_the_quarters_of_an_amount_add_up_to_it(year: int, amount: Decimal) -> None:
    parts = [part_of_year(amount, quarter_of(year, quarter)) for quarter in (1, 2, 3, 4)]
    assert sum(parts) == part_of_year(amount, year_of(year)) == amount


@given(years, st.lists(st.dates(date(1999, 1, 1), date(2101, 12, 31)), max_size=6))
def test_a_year_that_is_cut_keeps_every_day_once(year: int, starts: list[date]) -> None:
    stretches = list(year_of(year).cut(starts))
    assert sum(stretch.days for stretch in stretches) == year_of(year).days
    assert [stretch.first for stretch in stretches] == sorted(
        {date(year, 1, 1), *(day for day in starts if day.year == year)}
    )


def test_quarters_are_calendar_quarters() -> None:
    assert quarter_of(2024, 1) == Period(date(2024, 1, 1), date(2024, 3, 31))
    assert quarter_of(2024, 4) == Period(date(2024, 10, 1), date(2024, 12, 31))


def test_the_part_within_other_days() -> None:
    year = year_of(2026)
    assert year.within(date(2026, 7, 1), None) == Period(date(2026, 7, 1), date(2026, 12, 31))
    assert year.within(date(2020, 1, 1), date(2026, 3, 31)) == quarter_of(2026, 1)
    assert year.within(date(2027, 1, 1), None) is None
