"""Effective dating: periods of days, and the rule that what was set is never rewritten.

A version holds from its `valid_from` until the next version's.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.catalog.errors import CorrectionAhead, EndBeforeStart, NotLater

BUSINESS_ZONE = ZoneInfo("Europe/Amsterdam")


class Period(NamedTuple):
    """Whole days, both ends included; without `last` it has no end."""

    first: date
    last: date | None

    def overlaps(self, other: "Period") -> bool:
        return (self.last is None or other.first <= self.last) and (
            other.last is None or self.first <= other.last
        )


def business_date(moment: datetime) -> date:
    return moment.astimezone(BUSINESS_ZONE).date()


def require_later(valid_from: date, earlier: Iterable[date]) -> None:
    """Raises `NotLater` unless `valid_from` comes after every earlier version's."""
    previous = max(earlier, default=None)
    if previous is not None and valid_from <= previous:
        raise NotLater("valid_from", previous=previous.isoformat())


def require_not_ahead(valid_from: date, now: datetime) -> None:
    """Raises `CorrectionAhead` for a day that is still to come: then nothing is to be put right."""
    today = business_date(now)
    if valid_from > today:
        raise CorrectionAhead("valid_from", today=today.isoformat())


def require_order(field: str, start: date, end: date | None) -> None:
    """Raises `EndBeforeStart` when the last day `end` comes before `start`."""
    if end is not None and end < start:
        raise EndBeforeStart(field, start=start.isoformat(), end=end.isoformat())
