"""Office time as an axis agrees with the business time of the SLA clock, to the second."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bodemplaat.cases.model import Case
from bodemplaat.cases.opening import AlwaysOpen, OpenHours
from contracts.catalog import CalendarDefined
from services.tickets.domain.calendar import hours_of

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
moments = st.integers(0, 700 * 86_400).map(
    lambda seconds: datetime(2025, 1, 10, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(start=moments, end=moments)
def test_minutes_between_two_moments_are_the_clock_s(
    case: Case, start: datetime, end: datetime
) -> None:
    (calendar,) = case.calendars.calendars
    defined = CalendarDefined.model_validate(
        {**calendar.model_dump(), "calendar_version": 1, "occurred_at": case.set_up_at}
    )
    axis = OpenHours(calendar, FIRST, LAST)
    start, end = min(start, end), max(start, end)
    minutes = axis.position(end) - axis.position(start)
    assert round(minutes * 60) == hours_of(defined).between(start, end)


@given(moment=moments)
def test_a_moment_in_office_time_is_found_back(case: Case, moment: datetime) -> None:
    (calendar,) = case.calendars.calendars
    axis = OpenHours(calendar, FIRST, LAST)
    found = axis.moment(axis.position(moment))
    if axis.is_open(moment) and axis.is_open(moment - timedelta(seconds=1)):
        assert abs(found - moment) < timedelta(milliseconds=1)
    else:
        assert found <= moment


@given(moment=moments)
def test_what_is_always_open_counts_every_minute(moment: datetime) -> None:
    axis = AlwaysOpen(datetime(2025, 1, 1, tzinfo=UTC))
    assert abs(axis.moment(axis.position(moment)) - moment) < timedelta(milliseconds=1)
