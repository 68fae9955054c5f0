"""Office time as an axis: minutes of open time, so that generating is adding and subtracting."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from holidays import country_holidays

from bodemplaat.cases.model import Calendar

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_DAY = timedelta(days=1)
_MIDNIGHT = time(0)


class Axis(Protocol):
    """Open minutes since the axis began."""

    def position(self, moment: datetime) -> float:
        """The open minutes before this moment."""

    def moment(self, position: float) -> datetime:
        """The first moment before which there were so many open minutes, in UTC."""


class AlwaysOpen:
    def __init__(self, begin: datetime) -> None:
        self._begin = begin.astimezone(UTC)

    def position(self, moment: datetime) -> float:
        return (moment - self._begin) / timedelta(minutes=1)

    def moment(self, position: float) -> datetime:
        return self._begin + timedelta(minutes=position)


class OpenHours:
    """The windows of a calendar between two days; what lies outside them is cut off there."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        windows = list(_windows(calendar, first, last))
        self._opens = [opens for opens, _ in windows]
        self._closes = [closes for _, closes in windows]
        self._before = [0.0]
        for opens, closes in windows:
            self._before.append(self._before[-1] + (closes - opens) / timedelta(minutes=1))

    def position(self, moment: datetime) -> float:
        index = bisect_right(self._opens, moment) - 1
        if index < 0:
            return 0.0
        passed = min(moment, self._closes[index]) - self._opens[index]
        return self._before[index] + passed / timedelta(minutes=1)

    def moment(self, position: float) -> datetime:
        index = bisect_left(self._before, position, lo=1, hi=len(self._opens)) - 1
        within = max(0.0, position - self._before[index])
        return self._opens[index] + timedelta(minutes=within)

    def is_open(self, moment: datetime) -> bool:
        index = bisect_right(self._opens, moment) - 1
        return index >= 0 and moment < self._closes[index]


def _windows(calendar: Calendar, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
    closed = set(calendar.closing_days)
    if calendar.public_holidays:
        closed |= _public_holidays(first, last, liberation_day=calendar.liberation_day_yearly)
    day = first
    while day <= last:
        for hours in sorted(calendar.hours, key=lambda each: each.opens):
            if hours.weekday == day.isoweekday() and day not in closed:
                yield _moment(day, hours.opens), _closing(day, hours.closes)
        day += _DAY


def _public_holidays(first: date, last: date, *, liberation_day: bool) -> set[date]:
    categories = ("public", "optional") if liberation_day else ("public",)
    years = range(first.year, last.year + 1)
    return set(country_holidays("NL", years=years, categories=categories))


def _closing(day: date, closes: time) -> datetime:
    return _moment(day + _DAY, _MIDNIGHT) if closes == _MIDNIGHT else _moment(day, closes)


def _moment(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=AMSTERDAM).astimezone(UTC)
