"""What a charging run is given: the pools with their methods, the partners with their counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from contracts.finance.charging import Driver, Method, Source
from services.finance.domain.periods import Period
from services.finance.errors import DriverCountMissing


@dataclass(frozen=True, slots=True)
class Member:
    """A partner and its days as one; `leaves_on` is the last."""

    partner: str
    joined_on: date
    leaves_on: date | None = None

    def present(self, period: Period) -> Period | None:
        return period.within(self.joined_on, self.leaves_on)


@dataclass(frozen=True, slots=True)
class Count:
    """A partner's count of a driver in the year, and where it was told."""

    value: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours that a team worked for a partner on a day."""

    team: str
    partner: str
    on: date
    hours: Decimal
    kind: Literal["hours", "out-of-catalogue-hours"]
    source: Source


@dataclass(frozen=True, slots=True)
class DatedMethod:
    """A method of charging, from a day on until the next one's."""

    valid_from: date
    method: Method
    source: Source


@dataclass(frozen=True, slots=True)
class Pool:
    """What is to be charged of a pool over the period.

    `amount` is what the partners share; `direct` was booked on a partner itself.
    """

    code: str
    amount: Decimal
    methods: Sequence[DatedMethod]
    direct: Mapping[str, Decimal] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def stretches(self, period: Period) -> Iterator[tuple[Period, DatedMethod | None]]:
        """The period, cut where another method starts to hold."""
        for stretch in period.cut(dated.valid_from for dated in self.methods):
            holding = [dated for dated in self.methods if dated.valid_from <= stretch.first]
            yield stretch, max(holding, key=lambda dated: dated.valid_from, default=None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the partners, in the order that decides who gets an odd cent."""

    members: Sequence[Member]
    counts: Mapping[tuple[str, Driver], Count] = field(default_factory=dict)
    hours: Sequence[Hours] = ()
    surcharges: Mapping[str, Count] = field(default_factory=dict)

    def count(self, partner: str, driver: Driver, year: int) -> Count:
        """Raises `DriverCountMissing` when the partner has none in the year."""
        try:
            return self.counts[partner, driver]
        except KeyError:
            raise DriverCountMissing("period", partner=partner, driver=driver, year=year) from None


def distinct(*sources: Source) -> tuple[Source, ...]:
    """Each once, in their order."""
    return tuple(dict.fromkeys(sources))
