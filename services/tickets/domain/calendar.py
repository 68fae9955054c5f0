"""Business time: how many seconds a service was open between two moments, and when it will be.

Opening hours are Dutch wall-clock times. A wall-clock time stands for the first moment of its
day at which the clock shows it or has passed it; so an hour that the change to summer time skips
is not counted, and the hour that comes twice in autumn is counted twice when it lies within the
hours. Moments are whole seconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from holidays import country_holidays

from contracts.catalog import CalendarDefined, ServiceHours

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LAST_YEAR = 2100
"""The last year for which Dutch public holidays are known; business time ends with it."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_MIDNIGHT = time(0)


class Hours(Protocol):
    """The moments at which a clock may run."""

    def between(self, start: datetime, end: datetime) -> int:
        """Business seconds from `start` to `end`; 0 when `end` is not later."""

    def after(self, start: datetime, seconds: int) -> datetime | None:
        """The first moment at which `seconds` of business time have passed since `start`.

        `start` itself when nothing is to pass; so exactly at closing time stays on that day.
        `None` when that lies past `LAST_YEAR`.
        """

    def windows(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches between `start` and `end` in which it is open, in order."""

    def works_on(self, day: date) -> bool:
        """Whether it opens at all on this Dutch day."""


class RoundTheClock:
    """24×7."""

    def between(self, start: datetime, end: datetime) -> int:
        return max(0, (end - start) // _SECOND)

    def after(self, start: datetime, seconds: int) -> datetime | None:
        return start + timedelta(seconds=max(0, seconds))

    def windows(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        if start < end:
            yield start, end

    def works_on(self, day: date) -> bool:  # noqa: ARG002  every day is a working day
        return True


class OpeningHours:
    """The hours of one version of a service calendar. Each year's windows are worked out once."""

    def __init__(self, definition: CalendarDefined) -> None:
        self._definition = definition
        self._weekdays = {
            weekday: _merged(hours for hours in definition.hours if hours.weekday == weekday)
            for weekday in range(1, 8)
        }
        self._closed = frozenset(definition.closing_days)
        self._years: dict[int, _Year] = {}

    def between(self, start: datetime, end: datetime) -> int:
        if end <= start:
            return 0
        first, last = amsterdam(start).year, amsterdam(end).year
        whole_years = sum(self._year(year).total for year in range(first, last))
        return whole_years + self._passed(last, end) - self._passed(first, start)

    def after(self, start: datetime, seconds: int) -> datetime | None:
        if seconds <= 0:
            return start
        year = amsterdam(start).year
        wanted = self._passed(year, start) + seconds
        while wanted > (total := self._year(year).total):
            wanted -= total
            year += 1
            if year > LAST_YEAR:
                return None
        return moment_of(self._year(year).at(wanted))

    def windows(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        first, last = second_of(start), second_of(end)
        for year in range(amsterdam(start).year, amsterdam(end).year + 1):
            for opens, closes in self._year(year).windows_from(first):
                if opens >= last:
                    return
                yield moment_of(max(opens, first)), moment_of(min(closes, last))

    def works_on(self, day: date) -> bool:
        return bool(self._weekdays[day.isoweekday()]) and not self._is_closed(day)

    def _is_closed(self, day: date) -> bool:
        if day in self._closed:
            return True
        definition = self._definition
        return definition.public_holidays and day in public_holidays(
            day.year, liberation_day=definition.liberation_day_yearly
        )

    def _passed(self, year: int, moment: datetime) -> int:
        return self._year(year).passed(second_of(moment))

    def _year(self, year: int) -> "_Year":
        if year not in self._years:
            self._years[year] = _Year(list(self._windows_of(year)))
        return self._years[year]

    def _windows_of(self, year: int) -> Iterator[tuple[int, int]]:
        day = date(year, 1, 1)
        while day.year == year:
            if self.works_on(day):
                for opens, closes in self._weekdays[day.isoweekday()]:
                    window = _first_second(day, opens), _closing_second(day, closes)
                    if window[0] < window[1]:
                        yield window
            day += _DAY


class _Year:
    """The windows of one Dutch year, in seconds since the epoch, with running totals."""

    def __init__(self, windows: Sequence[tuple[int, int]]) -> None:
        self._opens = [opens for opens, _ in windows]
        self._closes = [closes for _, closes in windows]
        self._totals = []
        self.total = 0
        for opens, closes in windows:
            self.total += closes - opens
            self._totals.append(self.total)

    def passed(self, second: int) -> int:
        """Business seconds from the start of the year to this second."""
        index = bisect_right(self._opens, second) - 1
        if index < 0:
            return 0
        return self._totals[index] - max(0, self._closes[index] - second)

    def at(self, business_seconds: int) -> int:
        """The first second at which so much of the year's business time has passed."""
        index = bisect_left(self._totals, business_seconds)
        return self._closes[index] - (self._totals[index] - business_seconds)

    def windows_from(self, second: int) -> Iterator[tuple[int, int]]:
        """The windows that have not closed yet."""
        for index in range(bisect_right(self._closes, second), len(self._opens)):
            yield self._opens[index], self._closes[index]


def hours_of(definition: CalendarDefined | None) -> Hours:
    """The hours of a calendar's version; of none, 24×7."""
    return RoundTheClock() if definition is None else OpeningHours(definition)


@lru_cache(maxsize=512)
def public_holidays(year: int, *, liberation_day: bool) -> frozenset[date]:
    """Dutch public holidays, Good Friday included.

    Liberation Day (5 May) counts in lustrum years, and each year when `liberation_day`.
    """
    categories = ("public", "optional") if liberation_day else ("public",)
    return frozenset(country_holidays("NL", years=year, categories=categories))


def amsterdam(moment: datetime) -> datetime:
    """The moment on the Dutch clock."""
    return moment.astimezone(AMSTERDAM)


def business_date(moment: datetime) -> date:
    """The Dutch date on which a moment falls."""
    return amsterdam(moment).date()


def end_of_working_day(hours: Hours, start: datetime, days: int) -> datetime:
    """Dutch midnight at the end of the `days`-th working day after the day of `start`.

    Looks at most ten years ahead: a service that never opens again ends then.
    """
    day = business_date(start)
    last = day + 3653 * _DAY
    while days > 0 and day < last:
        day += _DAY
        days -= hours.works_on(day)
    return moment_of(_first_second(day + _DAY, _MIDNIGHT))


def whole_second(moment: datetime) -> datetime:
    """The clock counts whole seconds; a moment is taken down to its second."""
    return moment.astimezone(UTC).replace(microsecond=0)


def second_of(moment: datetime) -> int:
    """Seconds since the epoch."""
    return (moment - EPOCH) // _SECOND


def moment_of(second: int) -> datetime:
    return EPOCH + timedelta(seconds=second)


def _merged(hours: Iterator[ServiceHours]) -> tuple[tuple[time, time], ...]:
    """One weekday's stretches in order, overlapping ones joined. Midnight closes last."""
    merged: list[tuple[time, time]] = []
    for opens, closes in sorted((each.opens, each.closes) for each in hours):
        if merged and opens <= _close_key(merged[-1][1]):
            before = merged.pop()
            merged.append((before[0], max(before[1], closes, key=_close_key)))
        else:
            merged.append((opens, closes))
    return tuple(merged)


def _close_key(closes: time) -> time:
    return time.max if closes == _MIDNIGHT else closes


def _closing_second(day: date, closes: time) -> int:
    if closes == _MIDNIGHT:
        return _first_second(day + _DAY, _MIDNIGHT)
    return _first_second(day, closes)


def _first_second(day: date, wall: time) -> int:
    """The first second of the day at which the Dutch clock shows `wall` or has passed it.

    The earlier of two comes with `fold=0`. A time that is skipped reads differently when it is
    turned to UTC and back; the clock then jumped at the end of the hour before.
    """
    local = datetime.combine(day, wall, tzinfo=AMSTERDAM)
    moment = local.astimezone(UTC)
    if amsterdam(moment).time() != wall:
        return second_of(_jump(moment))
    return second_of(moment)


def _jump(skipped: datetime) -> datetime:
    """The moment at which summer time began: the full hour at or before a skipped time."""
    return skipped.replace(minute=0, second=0, microsecond=0)
