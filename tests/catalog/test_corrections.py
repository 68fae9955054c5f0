"""What was wrong is put right by a version of its own, with a reason; history is not rewritten."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.catalog import CalendarCorrected, ServiceLevelCorrected
from services.catalog.commands import CorrectCalendar, CorrectServiceLevel
from services.catalog.domain import calendar, norm
from services.catalog.errors import CalendarUnknown, CorrectionAhead, ItemUnknown, NotLater

REASON = {"reason": "Verkeerd ingevoerd"}


def correct_level(catalogue: Any, **other: Any) -> CorrectServiceLevel:
    return CorrectServiceLevel(**dict(catalogue.set_level(**other)), **REASON)


def correct_calendar(catalogue: Any, **other: Any) -> CorrectCalendar:
    return CorrectCalendar(**dict(catalogue.define(**other)), **REASON)


def test_a_norm_is_put_right_from_a_day_that_has_passed(catalogue: Any) -> None:
    calendars, item = {"kantooruren": catalogue.calendar()}, catalogue.item()
    (first,) = norm.decide(None, catalogue.set_level(), catalogue.now, item, calendars)
    state = norm.evolve(None, first)
    right = catalogue.norm(resolution_minutes=480)
    command = correct_level(catalogue, norm=right)
    (event,) = norm.decide(state, command, catalogue.now, item, calendars)
    assert isinstance(event, ServiceLevelCorrected)
    assert (event.norm, event.valid_from, event.reason) == (
        right,
        first.valid_from,
        "Verkeerd ingevoerd",
    )
    assert norm.evolve(state, event).version == 2


def test_a_norm_that_was_forgotten_can_be_put_right(catalogue: Any) -> None:
    command = correct_level(catalogue, item=None, norm=catalogue.norm(calendar=None))
    (event,) = norm.decide(None, command, catalogue.now, None, {})
    assert isinstance(event, ServiceLevelCorrected)


def test_after_a_correction_the_next_norm_still_begins_later_than_all(catalogue: Any) -> None:
    calendars, item = {"kantooruren": catalogue.calendar()}, catalogue.item()
    state = None
    for command in (
        catalogue.set_level(),
        catalogue.set_level(valid_from=date(2026, 1, 4)),
        correct_level(catalogue, valid_from=date(2026, 1, 2)),
    ):
        (event,) = norm.decide(state, command, catalogue.now, item, calendars)
        state = norm.evolve(state, event)
    between = catalogue.set_level(valid_from=date(2026, 1, 3))
    with pytest.raises(NotLater):
        norm.decide(state, between, catalogue.now, item, calendars)


def test_what_is_to_hold_later_is_no_correction(catalogue: Any) -> None:
    ahead = catalogue.now.date() + timedelta(days=1)
    item, calendars = catalogue.item(), {"kantooruren": catalogue.calendar()}
    with pytest.raises(CorrectionAhead):
        norm.decide(
            None, correct_level(catalogue, valid_from=ahead), catalogue.now, item, calendars
        )
    with pytest.raises(CorrectionAhead):
        calendar.decide(
            catalogue.calendar(), correct_calendar(catalogue, valid_from=ahead), catalogue.now
        )


def test_a_correction_is_held_to_the_rules_of_any_norm(catalogue: Any) -> None:
    with pytest.raises(ItemUnknown):
        norm.decide(None, correct_level(catalogue), catalogue.now, None, {})


def test_a_correction_has_a_reason(catalogue: Any) -> None:
    with pytest.raises(ValidationError):
        CorrectServiceLevel(**dict(catalogue.set_level()), reason=" ")


def test_a_calendar_gets_a_version_that_reaches_back(catalogue: Any) -> None:
    (first,) = calendar.decide(None, catalogue.define(), catalogue.now)
    state = calendar.evolve(None, first)
    command = correct_calendar(catalogue, valid_from=date(2025, 6, 1))
    (event,) = calendar.decide(state, command, catalogue.now)
    assert isinstance(event, CalendarCorrected)
    assert event.calendar_version == 2
    assert calendar.evolve(state, event).holds(date(2025, 6, 1))


def test_a_calendar_that_is_not_there_is_defined_not_corrected(catalogue: Any) -> None:
    with pytest.raises(CalendarUnknown):
        calendar.decide(None, correct_calendar(catalogue), catalogue.now)
