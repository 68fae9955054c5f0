"""Business time, against a reference that looks at every minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.catalog import CalendarDefined, ServiceHours
from services.tickets.domain.calendar import (
    OpeningHours,
    RoundTheClock,
    end_of_working_day,
    public_holidays,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE = timedelta(minutes=1)


def calendar(*hours: tuple[int, str, str], **changes: object) -> CalendarDefined:
    return CalendarDefined.model_validate(
        {
            "occurred_at": datetime(2020, 1, 1, tzinfo=UTC),
            "calendar": "kantoor",
            "calendar_version": 1,
            "name": "Kantooruren",
            "valid_from": date(2020, 1, 1),
            "hours": [
                {"weekday": weekday, "opens": opens, "closes": closes}
                for weekday, opens, closes in hours
            ],
            **changes,
        }
    )


def office(**changes: object) -> OpeningHours:
    return OpeningHours(calendar(*((day, "08:00", "17:00") for day in range(1, 6)), **changes))


def local(text: str) -> datetime:
    """A Dutch wall-clock moment, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


# The reference: which minutes of a day are open, by looking at each.


def minutes_of(day: date) -> Iterator[datetime]:
    minute = datetime.combine(day, time(0), tzinfo=AMSTERDAM).astimezone(UTC)
    while minute.astimezone(AMSTERDAM).date() == day:
        yield minute
        minute += MINUTE


def is_holiday(day: date, definition: CalendarDefined) -> bool:
    if not definition.public_holidays:
        return False
    if (day.month, day.day) == (5, 5):
        return definition.liberation_day_yearly or day.year % 5 == 0
    return day in country_holidays("NL", years=day.year)


def open_minutes(definition: CalendarDefined, first: date, days: int) -> set[datetime]:
    found: set[datetime] = set()
    for day in (first + timedelta(days=number) for number in range(days)):
        if day in definition.closing_days or is_holiday(day, definition):
            continue
        for hours in definition.hours:
            if hours.weekday == day.isoweekday():
                found.update(open_on(day, hours.opens, hours.closes))
    return found


@lru_cache(maxsize=4096)
def open_on(day: date, opens: time, closes: time) -> tuple[datetime, ...]:
    """From the first minute that shows `opens` or later, before the first that shows `closes`."""
    found = []
    opened = False
    for minute in minutes_of(day):
        wall = minute.astimezone(AMSTERDAM).time()
        if closes != time(0) and wall >= closes:
            break
        opened = opened or wall >= opens
        if opened:
            found.append(minute)
    return tuple(found)


@st.composite
def stretches(draw: st.DrawFn) -> ServiceHours:
    opens = draw(st.integers(0, 95))
    closes = draw(st.integers(opens + 1, 96)) % 96
    return ServiceHours(
        weekday=draw(st.integers(1, 7)),
        opens=time(opens // 4, opens % 4 * 15),
        closes=time(closes // 4, closes % 4 * 15),
    )


STARTS = [date(2026, 3, 26), date(2026, 10, 22), date(2025, 5, 2), date(2026, 4, 1)]
"""Both changes of the clock, Liberation Day in a lustrum year, Easter."""
DAYS = 9


@st.composite
def calendars(draw: st.DrawFn) -> tuple[CalendarDefined, date]:
    first = draw(st.sampled_from([*STARTS, date(2025, 12, 23), date(2026, 5, 3)]))
    closing = draw(st.lists(st.integers(0, DAYS - 1), max_size=2))
    definition = calendar(
        hours=draw(st.lists(stretches(), min_size=1, max_size=9)),
        public_holidays=draw(st.booleans()),
        liberation_day_yearly=draw(st.booleans()),
        closing_days=[first + timedelta(days=number) for number in closing],
    )
    return definition, first


@settings(max_examples=120, deadline=None)
@given(calendars(), st.integers(0, 24 * 60 * 8), st.integers(0, 24 * 60 * 8))
def test_between_counts_the_open_minutes(
    case: tuple[CalendarDefined, date], start: int, length: int
) -> None:
    definition, first = case
    opening = datetime.combine(first, time(0), tzinfo=AMSTERDAM).astimezone(UTC)
    begin = opening + start * MINUTE
    end = min(begin + length * MINUTE, opening + timedelta(days=DAYS - 1))
    open_ = open_minutes(definition, first, DAYS)
    counted = sum(1 for minute in open_ if begin <= minute < end)
    hours = OpeningHours(definition)
    assert hours.between(begin, end) == counted * 60
    assert sum((b - a).total_seconds() for a, b in hours.windows(begin, end)) == counted * 60


@settings(max_examples=120, deadline=None)
@given(calendars(), st.integers(0, 24 * 60 * 4), st.integers(0, 1500))
def test_after_is_the_first_moment_by_which_so_many_minutes_were_open(
    case: tuple[CalendarDefined, date], start: int, minutes: int
) -> None:
    definition, first = case
    begin = datetime.combine(first, time(0), tzinfo=AMSTERDAM).astimezone(UTC) + start * MINUTE
    later = sorted(minute for minute in open_minutes(definition, first, DAYS) if minute >= begin)
    if minutes > len(later):
        return
    expected = later[minutes - 1] + MINUTE if minutes else begin
    assert OpeningHours(definition).after(begin, minutes * 60) == expected


@settings(deadline=None)
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1)),  # noqa: DTZ001  made aware below
    st.integers(0, 3_000_000),
)
def test_between_undoes_after_across_years(naive: datetime, seconds: int) -> None:
    start = naive.replace(tzinfo=UTC, microsecond=0)
    hours = office()
    due = hours.after(start, seconds)
    assert due is not None
    assert hours.between(start, due) == seconds
    if seconds:
        assert hours.between(start, due - timedelta(seconds=1)) == seconds - 1


def test_exactly_at_closing_time_stays_on_that_day() -> None:
    assert office().after(local("2026-02-06T09:00"), 8 * 3600) == local("2026-02-06T17:00")


def test_a_second_more_is_the_next_working_day() -> None:
    due = office().after(local("2026-02-06T09:00"), 8 * 3600 + 1)
    assert due == local("2026-02-09T08:00:01")


def test_time_outside_hours_is_not_counted() -> None:
    hours = office()
    assert hours.between(local("2026-02-06T17:00"), local("2026-02-09T08:00")) == 0
    assert hours.after(local("2026-02-07T12:00"), 60) == local("2026-02-09T08:01")


def test_the_hour_that_summer_time_skips_is_not_counted() -> None:
    night = OpeningHours(calendar((7, "01:00", "05:00"), public_holidays=False))
    assert night.between(local("2026-03-29T00:00"), local("2026-03-29T12:00")) == 3 * 3600


def test_the_hour_that_comes_twice_in_autumn_is_counted_twice() -> None:
    night = OpeningHours(calendar((7, "01:00", "05:00")))
    assert night.between(local("2026-10-25T00:00"), local("2026-10-25T12:00")) == 5 * 3600


def test_hours_that_open_in_the_skipped_hour_open_when_the_clock_has_jumped() -> None:
    night = OpeningHours(calendar((7, "02:30", "05:00"), public_holidays=False))
    assert night.between(local("2026-03-29T00:00"), local("2026-03-29T12:00")) == 2 * 3600


def test_round_the_clock_counts_real_time_across_summer_time() -> None:
    always = RoundTheClock()
    start, end = local("2026-03-28T12:00"), local("2026-03-29T12:00")
    assert always.between(start, end) == 23 * 3600
    assert always.after(start, 24 * 3600) == local("2026-03-29T13:00")


def test_midnight_to_midnight_is_a_whole_day_also_when_it_has_25_hours() -> None:
    sunday = OpeningHours(calendar((7, "00:00", "00:00")))
    assert sunday.between(local("2026-10-24T00:00"), local("2026-10-27T00:00")) == 25 * 3600


def test_overlapping_hours_are_counted_once() -> None:
    hours = OpeningHours(calendar((1, "08:00", "13:00"), (1, "12:00", "17:00")))
    assert hours.between(local("2026-02-02T00:00"), local("2026-02-03T00:00")) == 9 * 3600


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-04-03",  # Good Friday
        "2026-04-06",
        "2026-04-27",
        "2026-05-14",
        "2026-05-25",
        "2026-12-25",
        "2025-05-05",  # Liberation Day in a lustrum year
        "2025-04-26",  # King's Day is a day earlier when it would be a Sunday
    ],
)
def test_public_holidays(day: str) -> None:
    assert date.fromisoformat(day) in public_holidays(int(day[:4]), liberation_day=False)


def test_liberation_day_in_other_years_is_for_the_calendar_to_say() -> None:
    day = date(2026, 5, 5)
    assert office().works_on(day)
    assert not office(liberation_day_yearly=True).works_on(day)
    assert office(public_holidays=False).works_on(date(2026, 4, 6))


def test_closing_days() -> None:
    hours = office(closing_days=[date(2026, 5, 15)])
    assert hours.after(local("2026-05-13T16:00"), 2 * 3600) == local("2026-05-18T09:00")


def test_working_days_skip_weekends_and_holidays() -> None:
    end = end_of_working_day(office(), local("2026-04-02T15:00"), 2)
    assert end == local("2026-04-09T00:00")  # Good Friday, Easter; Tuesday and Wednesday


def test_past_the_years_of_known_holidays_there_is_no_due_moment() -> None:
    assert office().after(local("2099-12-30T08:00"), 10**8) is None
