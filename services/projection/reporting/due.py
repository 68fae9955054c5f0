"""Which reports are due by themselves: pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from contracts.periods import Period
from contracts.reports import REPORTS, ReportName


@dataclass(frozen=True, slots=True)
class Member:
    """A partner and its days as one; `leaves_on` is the last."""

    partner: str
    joined_on: date
    leaves_on: date | None = None

    def was_there(self, period: Period) -> bool:
        """On at least one day of the period."""
        left = self.leaves_on is not None and self.leaves_on < period.first
        return self.joined_on <= period.last and not left


@dataclass(frozen=True, slots=True)
class Due:
    """A report over a period that is over; of the centre where `partner` is null."""

    report: ReportName
    partner: str | None
    period: Period

    @property
    def key(self) -> tuple[str, str | None, str]:
        return self.report, self.partner, str(self.period)


def due(
    today: date, members: Collection[Member], made: Collection[tuple[str, str | None, str]]
) -> list[Due]:
    """What is over on this Amsterdam day and not `made`: of each report its last whole period.

    Earlier ones that were missed are not made any more: whoever wants one asks for it.
    """
    return [each for each in _all_due(today, members) if each.key not in made]


def _all_due(today: date, members: Iterable[Member]) -> Iterator[Due]:
    for report, kind in REPORTS.items():
        if not kind.scheduled:
            continue
        period = kind.usual_period(today)
        there = sorted(each.partner for each in members if each.was_there(period))
        if there and kind.about != "partner":
            yield Due(report, None, period)
        if kind.about != "centre":
            yield from (Due(report, partner, period) for partner in there)
