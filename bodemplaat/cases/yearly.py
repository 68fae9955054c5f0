"""The tickets of whole years, made to their published totals, one at a time.

The same seed gives the same histories, whenever they are made. What is drawn beforehand is when
each is opened and what becomes of it; so memory stays small however many there are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from heapq import merge, nlargest
from itertools import repeat
from random import Random
from typing import Literal

from bodemplaat.cases.asking import Asking
from bodemplaat.cases.draws import divided, marked, scores, weighted
from bodemplaat.cases.generator import axes, corrections, other_urgency
from bodemplaat.cases.journey import Fate, Subject, journey, resolution_part
from bodemplaat.cases.model import Case, ServiceLevel, TicketPlan, TicketText, Volume
from bodemplaat.cases.opening import AMSTERDAM, Axis
from bodemplaat.cases.promises import Promises
from bodemplaat.imports.history import History, Step

Lot = Literal["in-time", "late", "carried-over", "cancelled"]
"""What the totals of the year are counted by."""

CLOSED: frozenset[Lot] = frozenset({"in-time", "late"})
Rating = tuple[int, int, int]
"""Quality, speed, communication."""

OUTSIDE_OFFICE_HOURS = 0.02
RATED_WITHIN = timedelta(days=3)
SECOND = timedelta(seconds=1)
HASTE = timedelta(days=45)
"""What is opened so long before the end of the year is sure to end within it."""
_MARGIN = timedelta(days=120)


def yearly(case: Case) -> Iterator[History]:
    """Every year's tickets, those of one year together in order of opening."""
    if case.tickets is None:
        return iter(())
    made = [_Year(case, case.tickets, each).histories() for each in case.volumes.volumes]
    return merge(*made, key=lambda history: history.steps[0].at)


def yearly_total(case: Case) -> int:
    """How many `yearly` makes."""
    return sum(volume.received for volume in case.volumes.volumes)


class _Year:
    def __init__(self, case: Case, plan: TicketPlan, volume: Volume) -> None:
        self._case = case
        self._reasons = plan.reasons
        self._volume = volume
        self._begin = _midnight(volume.year, 1)
        self._end = _midnight(volume.year + 1, 1)
        self._promises = Promises(case)
        self._axes = axes(case, self._begin, self._end + _MARGIN)
        self._office = next(iter(self._axes.values()))
        self._owners = {item.item: item.owner for item in case.catalogue.items}
        self._asking = Asking(case, volume, plan.texts, _people(volume), volume.domain)

    def histories(self) -> Iterator[History]:
        volume = self._volume
        name = f"{self._case.name}-{volume.name}"
        chance = Random(f"{volume.seed}-{name}")  # noqa: S311  must be repeatable
        openings = self._openings(chance)
        lots = self._lots(openings, chance)
        partners = divided(chance, volume.received, volume.shares)
        outside = marked(chance, volume.received, volume.out_of_catalogue)
        ratings = self._ratings(lots, chance)
        drawn = zip(openings, lots, partners, outside, strict=True)
        for number, (opened, lot, partner, is_outside) in enumerate(drawn, start=1):
            own = Random(f"{volume.seed}-{name}-{number}")  # noqa: S311  must be repeatable
            kind = weighted(own, volume.kinds)
            text = self._asking.text(partner, kind, own, outside=is_outside)
            subject = self._subject(opened, lot, partner, text, own)
            steps = [*journey(subject, volume.flow, self._reasons, own)]
            if rating := ratings.get(number):
                steps.append(self._rated(steps[-1].at, rating, own))
            yield History(f"{name}-{number:06d}", number, tuple(steps), generated=True)

    def _openings(self, chance: Random) -> list[datetime]:
        """Sorted; divided over the months by their weights, nearly all in office hours."""
        months = dict(enumerate(self._volume.months, start=1))
        opened: list[datetime] = []
        for month, count in sorted(Counter(divided(chance, self._volume.received, months)).items()):
            begin = _midnight(self._volume.year, month)
            end = self._end if month == len(months) else _midnight(self._volume.year, month + 1)
            opened += [self._opening(begin, end, chance) for _ in range(count)]
        return sorted(opened)

    def _opening(self, begin: datetime, end: datetime, chance: Random) -> datetime:
        if chance.random() < OUTSIDE_OFFICE_HOURS:
            return begin + (end - begin) * chance.random()
        first, last = self._office.position(begin), self._office.position(end)
        return self._office.moment(chance.uniform(first, last))

    def _lots(self, openings: Sequence[datetime], chance: Random) -> list[Lot]:
        """What becomes of each, so that the totals come out."""
        volume = self._volume
        lots: list[Lot] = list(repeat("in-time", len(openings)))
        for index in _last_ones(len(openings), volume.carried_over, chance):
            lots[index] = "carried-over"
        early = self._end - HASTE
        able = [index for index, opened in enumerate(openings) if opened < early]
        late = volume.closed - volume.within
        chosen = chance.sample(able, late + volume.cancelled)
        for position, index in enumerate(chosen):
            lots[index] = "late" if position < late else "cancelled"
        return lots

    def _ratings(self, lots: Sequence[Lot], chance: Random) -> Mapping[int, Rating]:
        """The marks of those that are rated, by their number."""
        ratings = self._volume.ratings
        if ratings is None:
            return {}
        closed = [number for number, lot in enumerate(lots, start=1) if lot in CLOSED]
        marks = (
            scores(chance, ratings.rated, mean)
            for mean in (ratings.quality, ratings.speed, ratings.communication)
        )
        return dict(
            zip(chance.sample(closed, ratings.rated), zip(*marks, strict=True), strict=True)
        )

    def _rated(self, closed: datetime, rating: Rating, chance: Random) -> Step:
        """In the days after closing, and within the year."""
        left = min(RATED_WITHIN, max(timedelta(), self._end - SECOND - closed))
        at = (closed + left * chance.random()).replace(microsecond=0)
        quality, speed, communication = rating
        marks = {"quality": quality, "speed": speed, "communication": communication}
        return Step(at, "rate", marks)

    def _subject(
        self, opened: datetime, lot: Lot, partner: str, text: TicketText, chance: Random
    ) -> Subject:
        volume = self._volume
        impact = int(weighted(chance, volume.impact))
        urgency = int(weighted(chance, volume.urgency))
        level = self._promises.norm(partner, text, impact + urgency - 1)
        fate = self._fate(opened, lot, chance)
        turned_out = {"item": text.item, "impact": impact, "urgency": urgency}
        at_first = dict(turned_out)
        if fate.reprioritised:
            at_first["urgency"] = other_urgency(urgency)
        return Subject(
            opened=opened,
            opening=self._asking.opening(partner, text, chance) | at_first,
            corrections=tuple(corrections(at_first, turned_out, volume.domain)),
            desk=volume.teams.desk,
            team=self._owners.get(text.item or "", volume.teams.second_line),
            norm=level,
            clock=self._axes[level.calendar],
            office=self._office,
            fate=fate,
            minutes=self._minutes(opened, lot, fate, level, chance),
            until=None if lot == "carried-over" else self._end,
        )

    def _fate(self, opened: datetime, lot: Lot, chance: Random) -> Fate:
        """Near the end of the year nothing holds up what must end within it."""
        if opened >= self._end - HASTE:
            return Fate()
        flow = self._volume.flow
        late = lot == "late"
        return Fate(
            breached=late,
            late_response=late and chance.random() < flow.late_response,
            waits_on_user=chance.random() < flow.waits_on_user,
            waits_on_supplier=chance.random() < flow.waits_on_supplier,
            second_line=chance.random() < flow.second_line,
            reprioritised=chance.random() < flow.reprioritised,
            reopened=chance.random() < flow.reopened,
            cancelled=lot == "cancelled",
        )

    def _minutes(
        self, opened: datetime, lot: Lot, fate: Fate, level: ServiceLevel, chance: Random
    ) -> float:
        """Of running clock, from opening to resolution."""
        clock = self._axes[level.calendar]
        minutes = level.resolution_minutes * resolution_part(fate, chance)
        left = _left(clock, opened, self._end)
        if lot == "carried-over":
            return max(minutes, left + chance.uniform(0.05, 1) * level.resolution_minutes)
        hasty = opened >= self._end - HASTE
        return min(minutes, left * chance.uniform(0.2, 0.9)) if hasty else minutes


def _left(clock: Axis, opened: datetime, end: datetime) -> float:
    return clock.position(end) - clock.position(opened)


def _last_ones(total: int, count: int, chance: Random) -> list[int]:
    """`count` of the last places: the very last ones all, those before them less and less."""
    able = range(max(0, total - 2 * count), total)
    return nlargest(count, able, key=lambda place: place + chance.uniform(0, count))


def _people(volume: Volume) -> Mapping[str, int]:
    whole = sum(volume.shares.values())
    return {
        partner: round(volume.people * share / whole) for partner, share in volume.shares.items()
    }


def _midnight(year: int, month: int) -> datetime:
    """The begin of a month, in Dutch time."""
    return datetime(year, month, 1, tzinfo=AMSTERDAM).astimezone(UTC)
