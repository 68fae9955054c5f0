"""A service calendar: in which hours a clock runs, version by version."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import pairwise

from contracts.catalog import CalendarCorrected, CalendarDefined, ServiceHours
from services.catalog.commands import CorrectCalendar, DefineCalendar
from services.catalog.domain.aggregate import Aggregate
from services.catalog.domain.dating import require_later, require_not_ahead
from services.catalog.errors import CalendarUnknown, HoursEndBeforeStart, HoursOverlap

END_OF_DAY = time(0)
"""As a closing time, 00:00 is the end of the day."""


class Calendar(Aggregate):
    """What decisions about a calendar rest on: the first days of its versions."""

    calendar: str
    starts: tuple[date, ...]

    def holds(self, on: date) -> bool:
        return on >= min(self.starts)


def decide(
    state: Calendar | None, command: DefineCalendar, now: datetime
) -> tuple[CalendarDefined, ...]:
    _require_sound(command.hours)
    starts = state.starts if state else ()
    told = {"occurred_at": now, "calendar_version": len(starts) + 1, **dict(command)}
    if isinstance(command, CorrectCalendar):
        _require_correctable(state, command, now)
        return (CalendarCorrected(**told),)
    require_later(command.valid_from, starts)
    return (CalendarDefined(**told),)


def evolve(state: Calendar | None, event: CalendarDefined) -> Calendar:
    starts = state.starts if state else ()
    return Calendar(
        calendar=event.calendar,
        version=event.calendar_version,
        starts=(*starts, event.valid_from),
    )


def _require_correctable(state: Calendar | None, command: CorrectCalendar, now: datetime) -> None:
    """Raises `CalendarUnknown` or `CorrectionAhead`."""
    if state is None:
        on = command.valid_from.isoformat()
        raise CalendarUnknown("calendar", calendar=command.calendar, on=on)
    require_not_ahead(command.valid_from, now)


def _require_sound(hours: Sequence[ServiceHours]) -> None:
    for stretch in hours:
        if stretch.closes != END_OF_DAY and stretch.closes <= stretch.opens:
            raise HoursEndBeforeStart("hours", weekday=stretch.weekday)
    in_order = sorted(hours, key=lambda stretch: (stretch.weekday, stretch.opens))
    for earlier, later in pairwise(in_order):
        if earlier.weekday == later.weekday and _overlap(earlier, later):
            raise HoursOverlap("hours", weekday=later.weekday)


def _overlap(earlier: ServiceHours, later: ServiceHours) -> bool:
    return earlier.closes == END_OF_DAY or later.opens < earlier.closes
