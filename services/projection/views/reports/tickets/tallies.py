"""Counting tickets in one pass: the measures asked for, of every group that there is.

Groups are then added up in memory, and medians taken over single tickets, so that a report needs
one reading of the tickets however many ways it divides them.
"""
# ruff: noqa: S608  only conditions of `measures` are put together; values are bound

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.projection.amounts import percentage
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.tickets.measures import (
    DIMENSIONS,
    MEASURES,
    bounds,
    of_partner,
)
from services.projection.views.rows import fetch

Group = tuple[str, ...]
"""The value of each dimension, in the order in which they were asked for."""


@dataclass(slots=True)
class Tally:
    """What was counted of a group.

    `aimed` and `aimed_response` add up the target percentages of the tickets that were judged.
    `seconds` is the business time of each ticket that was resolved, sorted; `worked` the minutes
    logged on what came in out of the catalogue.
    """

    counts: Counter[str] = field(default_factory=Counter)
    aimed: Decimal = Decimal()
    aimed_response: Decimal = Decimal()
    worked: int = 0
    seconds: Sequence[int] = ()

    def share(self, part: str, whole: str) -> str | None:
        """The percentage that one measure is of another."""
        return percentage(self.counts[part], self.counts[whole])

    def target(self) -> Decimal | None:
        """The share that should have been resolved in time, of all of them together."""
        return self.aimed / self.counts["judged"] if self.counts["judged"] else None

    def response_target(self) -> Decimal | None:
        counted = self.counts["responded"]
        return self.aimed_response / counted if counted else None

    def rank(self, percentage: int) -> int | None:
        """The shortest time in which so many percent of the tickets were resolved."""
        if not self.seconds:
            return None
        return self.seconds[-(-percentage * len(self.seconds) // 100) - 1]


@dataclass(frozen=True, slots=True)
class Tallies:
    """The tallies of the smallest groups."""

    dimensions: Sequence[str]
    groups: Mapping[Group, Tally]

    def by(self, *dimensions: str, **having: str) -> Mapping[Group, Tally]:
        """Added up by these dimensions and in their order; of groups with the values `having`."""
        places = [self.dimensions.index(name) for name in dimensions]
        fixed = [(self.dimensions.index(name), value) for name, value in having.items()]
        found: dict[Group, list[Tally]] = {}
        for group, tally in self.groups.items():
            if all(group[place] == value for place, value in fixed):
                found.setdefault(tuple(group[place] for place in places), []).append(tally)
        return {group: _together(found[group]) for group in sorted(found)}

    def whole(self, **having: str) -> Tally:
        return self.by(**having).get((), Tally())


async def tallies(
    asked: Asked, session: AsyncSession, dimensions: Sequence[str], measures: Sequence[str]
) -> Tallies:
    """Of the tickets that any of the measures counts."""
    query = f"""
        SELECT {", ".join(f'{DIMENSIONS[name]} AS "{name}"' for name in dimensions)},
            {", ".join(_count(name) for name in measures)},
            sum(target_percentage) FILTER (WHERE {MEASURES["judged"]}) AS aimed,
            sum(target_percentage) FILTER (WHERE {MEASURES["responded"]}) AS aimed_response,
            sum(minutes) FILTER (WHERE {MEASURES["out-of-catalogue"]}) AS worked,
            array_agg(resolution_seconds) FILTER (WHERE {MEASURES["resolved"]}) AS seconds
        FROM ticket
        WHERE {of_partner(asked)} AND ({" OR ".join(f"({MEASURES[name]})" for name in measures)})
        GROUP BY {", ".join(str(place) for place in range(1, len(dimensions) + 1))}
    """
    rows = await fetch(session, text(query), bounds(asked))
    groups = {tuple(row[name] for name in dimensions): _tally(row, measures) for row in rows}
    return Tallies(tuple(dimensions), groups)


def _count(measure: str) -> str:
    return f'count(*) FILTER (WHERE {MEASURES[measure]}) AS "{measure}"'


def _tally(row: Mapping[str, Any], measures: Iterable[str]) -> Tally:
    return Tally(
        Counter({name: row[name] for name in measures}),
        row["aimed"] or Decimal(),
        row["aimed_response"] or Decimal(),
        row["worked"] or 0,
        sorted(row["seconds"] or ()),
    )


def _together(parts: Sequence[Tally]) -> Tally:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.counts)
    return Tally(
        counts,
        sum((part.aimed for part in parts), Decimal()),
        sum((part.aimed_response for part in parts), Decimal()),
        sum(part.worked for part in parts),
        sorted(chain.from_iterable(part.seconds for part in parts)),
    )
