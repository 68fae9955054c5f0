"""Periods as they are written: `2026`, `2026-Q3`, `2026-11`, `2026-11-02..2026-11-29`.

Days are those of Europe/Amsterdam, first and last included.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PeriodKind = Literal["days", "month", "quarter", "year"]
LONGEST_DAYS = 5 * 366
USUAL_DAYS = 28
"""Of a period of days that ends today."""
_YEARS = range(1991, 2200)
"""Those of which the year before and the year after are years (`contracts.values.Year`) as well."""
_YEAR = re.compile(r"(\d{4})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """Amsterdam days, both included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), AMSTERDAM)

    @property
    def end(self) -> datetime:
        """The moment at which the day after it begins."""
        return datetime.combine(self.last + timedelta(days=1), time(), AMSTERDAM)

    def __str__(self) -> str:
        match self.kind:
            case "year":
                return f"{self.first:%Y}"
            case "quarter":
                return f"{self.first:%Y}-Q{self.first.month // 3 + 1}"
            case "month":
                return f"{self.first:%Y-%m}"
            case "days":
                return f"{self.first}..{self.last}"


def period(written: str) -> Period:
    """Raises `ValueError` for what is no period, too long or too far away."""
    if found := _YEAR.fullmatch(written):
        return _months("year", int(found[1]), 1)
    if found := _QUARTER.fullmatch(written):
        return _months("quarter", int(found[1]), 3 * int(found[2]) - 2)
    if found := _MONTH.fullmatch(written):
        return _months("month", int(found[1]), int(found[2]))
    if found := _DAYS.fullmatch(written):
        return days(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    raise ValueError(f"{written!r} is no period")


def days(first: date, last: date) -> Period:
    """From `first` until and including `last`. Raises `ValueError` as `period` does."""
    if not 0 <= (last - first).days < LONGEST_DAYS:
        raise ValueError(f"{first}..{last} is no period of at most {LONGEST_DAYS} days")
    return _near(Period("days", first, last))


def current(kind: PeriodKind, today: date) -> Period:
    """The period that `today` falls in; of days, the usual number that ends today."""
    if kind == "days":
        return days(today - timedelta(days=USUAL_DAYS - 1), today)
    months = _MONTHS_OF[kind]
    return _months(kind, today.year, (today.month - 1) // months * months + 1)


def last_complete(kind: PeriodKind, today: date) -> Period:
    """The last period that was over before `today`."""
    return current(kind, current(kind, today).first - timedelta(days=1))


def previous(given: Period) -> Period:
    """The period before it, as long."""
    day = given.first - timedelta(days=1)
    if given.kind == "days":
        return days(day - (given.last - given.first), day)
    return current(given.kind, day)


def _months(kind: PeriodKind, year: int, month: int) -> Period:
    through = month + _MONTHS_OF[kind] - 1
    first = date(year, month, 1)
    return _near(Period(kind, first, date(year, through, monthrange(year, through)[1])))


def _near(found: Period) -> Period:
    if found.first.year not in _YEARS or found.last.year not in _YEARS:
        raise ValueError(f"{found} is not within {_YEARS.start} to {_YEARS.stop - 1}")
    return found
