"""Service calendars follow each other in versions, with hours that make sense."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.catalog.domain.calendar import decide, evolve
from services.catalog.errors import HoursEndBeforeStart, HoursOverlap, NotLater


def stretch(opens: str, closes: str, weekday: int = 1) -> dict[str, Any]:
    return {"weekday": weekday, "opens": opens, "closes": closes}


def test_versions_are_numbered_in_order(catalogue: Any) -> None:
    (first,) = decide(None, catalogue.define(), catalogue.now)
    state = evolve(None, first)
    (second,) = decide(state, catalogue.define(valid_from=date(2027, 1, 1)), catalogue.now)
    assert (first.calendar_version, second.calendar_version) == (1, 2)
    assert evolve(state, second).version == 2


def test_a_version_never_reaches_back(catalogue: Any) -> None:
    with pytest.raises(NotLater):
        decide(catalogue.calendar(), catalogue.define(), catalogue.now)


@pytest.mark.parametrize(("opens", "closes"), [("17:00", "08:00"), ("08:00", "08:00")])
def test_hours_end_after_they_start(opens: str, closes: str, catalogue: Any) -> None:
    with pytest.raises(HoursEndBeforeStart):
        decide(None, catalogue.define(hours=[stretch(opens, closes)]), catalogue.now)


def test_midnight_closes_at_the_end_of_the_day(catalogue: Any) -> None:
    hours = [stretch("20:00", "00:00"), stretch("00:00", "06:00", weekday=2)]
    assert decide(None, catalogue.define(hours=hours), catalogue.now)


def test_a_lunch_break_is_no_overlap(catalogue: Any) -> None:
    hours = [stretch("12:30", "17:00"), stretch("08:00", "12:00")]
    assert decide(None, catalogue.define(hours=hours), catalogue.now)


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(0, 23), st.integers(1, 24)).filter(
            lambda hours: hours[1] < hours[2]
        ),
        min_size=1,
        max_size=6,
    )
)
def test_hours_overlap_exactly_when_an_hour_is_open_twice(
    catalogue: Any, stretches: list[tuple[int, int, int]]
) -> None:
    hours = [
        stretch(f"{opens:02}:00", f"{closes % 24:02}:00", weekday)
        for weekday, opens, closes in stretches
    ]
    open_hours = [
        (weekday, hour) for weekday, opens, closes in stretches for hour in range(opens, closes)
    ]
    command = catalogue.define(hours=hours)
    if len(open_hours) == len(set(open_hours)):
        assert decide(None, command, catalogue.now)
    else:
        with pytest.raises(HoursOverlap):
            decide(None, command, catalogue.now)
