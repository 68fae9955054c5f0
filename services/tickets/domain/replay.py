"""Explaining a ticket's clock afterwards: interval by interval, from its events alone.

What came before a correction that was accepted is explained by the norms that it told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal

from contracts.tickets import AppliedNorm, ClockName, TicketEvent, WaitingOn
from services.tickets.domain import clock
from services.tickets.domain.calendar import Hours
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.correction.retelling import current
from services.tickets.domain.ticket import Ticket, evolve, fold

Course = Literal["running", "paused", "outside-hours", "without-norm", "stopped"]


@dataclass(frozen=True, slots=True)
class Interval:
    """What the clocks did from `starts_at` to `ends_at`, and under which norm.

    `clocks` names those that were on; `waiting_on` says why they paused, `business_seconds` how
    much they counted.
    """

    starts_at: datetime
    ends_at: datetime
    course: Course
    clocks: tuple[ClockName, ...]
    norm: AppliedNorm | None
    waiting_on: WaitingOn | None
    business_seconds: int


def replay(
    events: Sequence[TicketEvent], catalogue: Catalogue, until: datetime
) -> tuple[Interval, ...]:
    """The course of the clock from the opening to `until`, without gaps or overlaps."""
    intervals: list[Interval] = []
    told = [event for event in events if event.occurred_at <= until]
    for ticket, starts_at, ends_at in _spells(current(told, catalogue), until):
        intervals += _intervals(ticket, catalogue, starts_at, ends_at)
    return tuple(intervals)


def business_seconds(intervals: Iterable[Interval], clock_name: ClockName) -> int:
    """How much of the intervals counted for this clock."""
    return sum(each.business_seconds for each in intervals if clock_name in each.clocks)


def _spells(
    events: Sequence[TicketEvent], until: datetime
) -> Iterator[tuple[Ticket, datetime, datetime]]:
    """The ticket as it stood between each event and the next."""
    ticket = fold(events[:1])
    moments = [event.occurred_at for event in events]
    for (starts_at, ends_at), following in zip(
        pairwise([*moments, until]), [*events[1:], None], strict=True
    ):
        if starts_at < ends_at:
            yield ticket, starts_at, ends_at
        if following is not None:
            ticket = evolve(ticket, following)


def _intervals(
    ticket: Ticket, catalogue: Catalogue, starts_at: datetime, ends_at: datetime
) -> Iterator[Interval]:
    course = _course(ticket)
    if course != "running" or ticket.norm is None:
        yield _interval(ticket, course, starts_at, ends_at)
        return
    hours = catalogue.hours_for(ticket.norm.calendar, ticket.norm.calendar_version)
    yield from _running(ticket, hours, starts_at, ends_at)


def _running(
    ticket: Ticket, hours: Hours, starts_at: datetime, ends_at: datetime
) -> Iterator[Interval]:
    reached = starts_at
    for opens, closes in hours.windows(starts_at, ends_at):
        if reached < opens:
            yield _interval(ticket, "outside-hours", reached, opens)
        yield _interval(ticket, "running", opens, closes)
        reached = closes
    if reached < ends_at:
        yield _interval(ticket, "outside-hours", reached, ends_at)


def _course(ticket: Ticket) -> Course:
    if not ticket.is_open:
        return "stopped"
    if ticket.norm is None:
        return "without-norm"
    return "running" if clock.runs(ticket, "resolution") else "paused"


def _interval(ticket: Ticket, course: Course, starts_at: datetime, ends_at: datetime) -> Interval:
    counted = int((ends_at - starts_at).total_seconds()) if course == "running" else 0
    return Interval(
        starts_at=starts_at,
        ends_at=ends_at,
        course=course,
        clocks=tuple(name for name in clock.CLOCKS if clock.is_undecided(ticket, name)),
        norm=ticket.norm,
        waiting_on=ticket.waiting_on,
        business_seconds=counted,
    )
