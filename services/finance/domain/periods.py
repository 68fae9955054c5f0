"""Stretches of days within a calendar year, and what of a yearly amount falls in them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from services.finance.domain.money import cents

DAY = timedelta(days=1)
QUARTERS = (1, 2, 3, 4)


class Period(NamedTuple):
    """Whole days of one calendar year, both ends included."""

    first: date
    last: date

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def within(self, first: date, last: date | None) -> "Period | None":
        """The part of it from `first` up to `last`, if there is any; `None`: without end."""
        begin = max(self.first, first)
        end = self.last if last is None else min(self.last, last)
        return Period(begin, end) if begin <= end else None

    def cut(self, starts: Iterable[date]) -> Iterator["Period"]:
        """It, in stretches that begin anew on each of the days."""
        begins = sorted({self.first, *(day for day in starts if day in self)})
        for begin, following in pairwise([*begins, self.last + DAY]):
            yield Period(begin, following - DAY)


def year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def quarter_of(year: int, quarter: int) -> Period:
    """Quarter 1…4 of the year."""
    first = date(year, 3 * quarter - 2, 1)
    following = date(year + 1, 1, 1) if quarter == QUARTERS[-1] else date(year, 3 * quarter + 1, 1)
    return Period(first, following - DAY)


def part_of_year(amount: Decimal, period: Period) -> Decimal:
    """What of a yearly amount falls in the period, by days.

    Counted from the year's beginning, so that the parts of consecutive periods add up exactly to
    the part of the whole.
    """
    year = year_of(period.year)
    before, up_to = (period.first - year.first).days, (period.last - year.first).days + 1
    return cents(amount * up_to / year.days) - cents(amount * before / year.days)
