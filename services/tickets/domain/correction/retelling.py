"""A ticket's history as it would have been told under other norms.

What people did and when stays; norms, readings, judgements, warnings and breaches follow from
it anew, by the same functions by which they were decided.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import singledispatch
from typing import Any

from contracts.tickets import (
    AppliedNorm,
    ClockCorrected,
    ClockReading,
    SlaAtRisk,
    SlaBreached,
    TicketAssigned,
    TicketCancelled,
    TicketClosed,
    TicketEvent,
    TicketOpened,
    TicketPaused,
    TicketPriorityChanged,
    TicketReclassified,
    TicketReopened,
    TicketResolved,
    TicketResumed,
    TicketWorkStarted,
)
from services.tickets.domain import clock
from services.tickets.domain.calendar import Hours
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.ticket import Ticket, evolve, opened

Norms = Mapping[int, AppliedNorm | None]
"""The norms that a ticket ran under, each by the version of the event that it came with."""

Deciding = TicketOpened | TicketPriorityChanged | TicketReclassified

DERIVED = (SlaAtRisk, SlaBreached, ClockCorrected)
"""What follows from the rest of the history, and from accepted corrections."""


def told_norms(events: Sequence[TicketEvent]) -> Norms:
    """The norms as they stand now: as the events told them, corrected where that was accepted."""
    norms: dict[int, AppliedNorm | None] = {}
    for version, decision in deciding(events):
        norms[version] = decision.norm
    for event in events:
        if isinstance(event, ClockCorrected):
            norms |= {each.version: each.norm for each in event.norms}
    return norms


def deciding(events: Sequence[TicketEvent]) -> list[tuple[int, Deciding]]:
    """The events at which it was decided which norm holds, with their versions."""
    found: list[tuple[int, Deciding]] = []
    priority = 0
    for version, event in enumerate(events, start=1):
        match event:
            case TicketOpened():
                found.append((version, event))
                priority = event.priority
            case TicketReclassified():
                found.append((version, event))
            case TicketPriorityChanged() if event.priority != priority:
                found.append((version, event))
                priority = event.priority
    return found


def retold(
    events: Sequence[TicketEvent], norms: Norms, catalogue: Catalogue
) -> tuple[TicketEvent, ...]:
    """The history under these norms. Warnings and breaches stand where they fall due."""
    first, *rest = events
    if not isinstance(first, TicketOpened):
        raise TypeError(f"a ticket begins with its opening, not with {first.event_name}")
    opening = _opening(first, norms[1], catalogue)
    ticket = opened(opening)
    told: list[TicketEvent] = [opening]
    for version, event in enumerate(rest, start=2):
        if isinstance(event, DERIVED):
            continue
        for each in clock.overdue(ticket, event.occurred_at, _hours(catalogue, ticket.norm)):
            ticket = evolve(ticket, each)
            told.append(each)
        again = _again(event, ticket, norms.get(version, ticket.norm), catalogue)
        ticket = evolve(ticket, again)
        told.append(again)
    return tuple(told)


def current(events: Sequence[TicketEvent], catalogue: Catalogue) -> tuple[TicketEvent, ...]:
    """The history as it counts now: what came before the last correction is told by its norms."""
    at = max((n for n, each in enumerate(events) if isinstance(each, ClockCorrected)), default=None)
    if at is None:
        return tuple(events)
    earlier = events[: at + 1]
    return (*retold(earlier, told_norms(earlier), catalogue), *events[at:])


def _opening(event: TicketOpened, norm: AppliedNorm | None, catalogue: Catalogue) -> TicketOpened:
    reading = clock.started(norm, event.occurred_at, _hours(catalogue, norm))
    return event.model_copy(update={"norm": norm, "clock": reading})


def _again(
    event: TicketEvent, ticket: Ticket, norm: AppliedNorm | None, catalogue: Catalogue
) -> TicketEvent:
    """The event as it would have been told of this ticket."""
    if not hasattr(event, "clock"):
        return event
    hours = _hours(catalogue, ticket.norm)
    if isinstance(event, TicketPriorityChanged | TicketReclassified):
        reading = _under(event.occurred_at, ticket, norm, catalogue)
        return event.model_copy(update={"norm": norm, "clock": reading})
    changes: dict[str, Any] = {"clock": _reading(event, ticket, hours)}
    if isinstance(event, TicketResolved | TicketClosed):
        changes["within_response"] = ticket.kept("response")
        changes["within_resolution"] = ticket.kept("resolution")
    return event.model_copy(update=changes)


def _under(
    at: datetime, ticket: Ticket, norm: AppliedNorm | None, catalogue: Catalogue
) -> ClockReading:
    reading = clock.read(ticket, at, _hours(catalogue, ticket.norm))
    if norm == ticket.norm:
        return reading
    hours = _hours(catalogue, norm)
    return clock.under(reading, norm, at, hours, waiting_on=ticket.waiting_on)


@singledispatch
def _reading(event: TicketEvent, ticket: Ticket, hours: Hours) -> ClockReading:
    """What the clock reads with the event; most events do nothing to it."""
    return clock.read(ticket, event.occurred_at, hours)


@_reading.register(TicketAssigned)
@_reading.register(TicketResumed)
@_reading.register(TicketReopened)
def _(event: TicketEvent, ticket: Ticket, hours: Hours) -> ClockReading:
    return clock.resumed(
        ticket, clock.read(ticket, event.occurred_at, hours), event.occurred_at, hours
    )


@_reading.register
def _(event: TicketWorkStarted, ticket: Ticket, hours: Hours) -> ClockReading:
    return clock.answered(clock.read(ticket, event.occurred_at, hours), event.occurred_at)


@_reading.register
def _(event: TicketPaused, ticket: Ticket, hours: Hours) -> ClockReading:
    at, waiting_on = event.occurred_at, event.waiting_on
    reading = clock.read(ticket, at, hours)
    if ticket.clock.paused and not clock.pauses(ticket.norm, waiting_on):
        reading = clock.resumed(ticket, reading, at, hours)
    return clock.paused(ticket, reading, waiting_on)


@_reading.register
def _(event: TicketResolved, ticket: Ticket, hours: Hours) -> ClockReading:
    at = event.occurred_at
    reading = clock.resumed(ticket, clock.read(ticket, at, hours), at, hours)
    return clock.answered(reading, at)


@_reading.register
def _(event: TicketClosed, ticket: Ticket, hours: Hours) -> ClockReading:  # noqa: ARG001
    return ticket.clock


@_reading.register
def _(event: TicketCancelled, ticket: Ticket, hours: Hours) -> ClockReading:
    return clock.stopped(clock.read(ticket, event.occurred_at, hours))


def _hours(catalogue: Catalogue, norm: AppliedNorm | None) -> Hours:
    if norm is None:
        return catalogue.hours_for(None, None)
    return catalogue.hours_for(norm.calendar, norm.calendar_version)
