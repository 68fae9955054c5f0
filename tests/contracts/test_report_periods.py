"""Periods as they are written: what they span in Amsterdam, and what is none."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import PeriodKind, current, last_complete, period, previous

KINDS = st.sampled_from(["days", "month", "quarter", "year"])
DAYS = st.dates(date(1993, 1, 1), date(2198, 12, 31))


@given(KINDS, DAYS)
def test_a_period_is_read_as_it_is_written(kind: PeriodKind, today: date) -> None:
    found = current(kind, today)
    assert found.first <= today <= found.last
    assert period(str(found)) == found


@given(KINDS, DAYS)
def test_periods_follow_each_other(kind: PeriodKind, today: date) -> None:
    found = current(kind, today)
    before = previous(found)
    assert before.last + timedelta(days=1) == found.first
    assert before.end == found.start
    assert last_complete(kind, today).last < today


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-28..2024-03-01", date(2024, 2, 28), date(2024, 3, 1)),
    ],
)
def test_its_days_are_the_first_and_the_last_included(
    written: str, first: date, last: date
) -> None:
    assert (period(written).first, period(written).last) == (first, last)


def test_a_day_begins_at_midnight_in_amsterdam() -> None:
    """The day on which the clocks go forward has 23 hours."""
    day = period("2024-03-31..2024-03-31")
    assert day.start == datetime(2024, 3, 30, 23, tzinfo=UTC)
    assert day.end == datetime(2024, 3, 31, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "24",
        "2024-Q5",
        "2024-13",
        "2024-00",
        "2024-q1",
        "2023-02-29..2023-03-01",
        "2024-02-02..2024-02-01",
        "2019-01-01..2024-12-31",
        "0001",
        "1990",
        "9999",
        "9999-12-31..9999-12-31",
    ],
)
def test_what_is_no_period_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        period(written)
