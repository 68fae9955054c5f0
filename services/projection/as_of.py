"""The past that is asked of: all up to a sequence, what had occurred by a day's end, or both.

Of a day: once an event of an aggregate occurred after it, all that follow of that aggregate are
left out too, so that its versions stay without a gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from contracts.periods import AMSTERDAM
from services.projection.recorded import Recorded


@dataclass(frozen=True, slots=True)
class AsOf:
    """`sequence` is the last of the stream that counts, `on` an Amsterdam day.

    Of what is live both are null.
    """

    sequence: int | None = None
    on: date | None = None

    def cut(self) -> "Cut":
        return Cut(None if self.on is None else _end(self.on))


@dataclass(slots=True)
class Cut:
    """Lets through, of the events in the order of the stream, those that occurred `before`."""

    before: datetime | None = None
    _beyond: set[str] = field(default_factory=set)

    def take(self, events: Iterable[Recorded]) -> list[Recorded]:
        return [event for event in events if self.before is None or self._counts(event)]

    def _counts(self, event: Recorded) -> bool:
        if self.before is not None and event.occurred_at >= self.before:
            self._beyond.add(event.aggregate)
        return event.aggregate not in self._beyond


def last_moment(day: date) -> datetime:
    """The last microsecond of the Amsterdam day, in UTC."""
    return (_end(day) - timedelta(microseconds=1)).astimezone(UTC)


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM).astimezone(UTC)
