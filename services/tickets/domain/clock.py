"""The SLA clock: business time used, due moments, warnings and breaches.

Two clocks run from the opening. `response` stops for good when work first starts, or at the
resolution; `resolution` runs while the ticket is open. Both pause while waiting on the user or
on a change window, and on a supplier when the norm says so. Without a norm neither counts.

A due moment itself is still in time: a norm is breached once the moment has passed. Under a norm
that takes over, the business time already used counts; where it is more than the new norm
allows, the norm is breached at the moment it took over.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from contracts.tickets import (
    AppliedNorm,
    ClockName,
    ClockReading,
    SlaAtRisk,
    SlaBreached,
    WaitingOn,
)
from services.tickets.domain.calendar import Hours
from services.tickets.domain.ticket import Ticket

CLOCKS: tuple[ClockName, ...] = ("response", "resolution")
AT_RISK_PERCENTAGE = 75
_SECOND = timedelta(seconds=1)
STOPPED = ClockReading(response_seconds=0, resolution_seconds=0)
"""A clock that has not run."""

ClockEvent = SlaAtRisk | SlaBreached


def allowed_seconds(norm: AppliedNorm, clock: ClockName) -> int:
    """The business seconds that the norm allows."""
    return 60 * (norm.response_minutes if clock == "response" else norm.resolution_minutes)


def pauses(norm: AppliedNorm | None, waiting_on: WaitingOn | None) -> bool:
    """Whether the clocks pause while waiting on this."""
    if waiting_on is None or norm is None:
        return False
    return waiting_on != "supplier" or norm.pauses_on_supplier


def is_undecided(ticket: Ticket, clock: ClockName) -> bool:
    """Whether this clock's norm can still be kept or breached."""
    if clock == "response" and ticket.clock.responded_at is not None:
        return False
    return ticket.is_open and ticket.norm is not None


def runs(ticket: Ticket, clock: ClockName) -> bool:
    """Whether the clock runs, whenever the service is open."""
    return is_undecided(ticket, clock) and not pauses(ticket.norm, ticket.waiting_on)


def read(ticket: Ticket, at: datetime, hours: Hours) -> ClockReading:
    """The clock at a moment not before the last reading."""
    if not runs(ticket, "resolution"):
        return ticket.clock
    passed = hours.between(ticket.clock_at, at)
    answered = ticket.clock.responded_at is not None
    return _changed(
        ticket.clock,
        response_seconds=ticket.clock.response_seconds + (0 if answered else passed),
        resolution_seconds=ticket.clock.resolution_seconds + passed,
    )


def started(norm: AppliedNorm | None, at: datetime, hours: Hours) -> ClockReading:
    """The clock at the opening."""
    return under(STOPPED, norm, at, hours)


def under(
    reading: ClockReading,
    norm: AppliedNorm | None,
    at: datetime,
    hours: Hours,
    *,
    waiting_on: WaitingOn | None = None,
) -> ClockReading:
    """The reading when a norm takes over: the time used stays, the due moments are new."""
    if norm is None:
        response_due = reading.response_due if reading.responded_at else None
        return _changed(reading, response_due=response_due, resolution_due=None, paused=False)
    dues = {"resolution_due": _due(reading, norm, "resolution", at, hours)}
    if reading.responded_at is None:
        dues["response_due"] = _due(reading, norm, "response", at, hours)
    return _changed(reading, **dues, paused=pauses(norm, waiting_on))


def resumed(ticket: Ticket, reading: ClockReading, at: datetime, hours: Hours) -> ClockReading:
    """The reading when the clock runs again: due moments move, but for those already passed."""
    dues = {
        f"{clock}_due": _due(reading, ticket.norm, clock, at, hours)
        for clock in CLOCKS
        if ticket.norm is not None
        and clock not in ticket.breached
        and (clock == "resolution" or reading.responded_at is None)
    }
    return _changed(reading, **dues, paused=False)


def paused(ticket: Ticket, reading: ClockReading, waiting_on: WaitingOn) -> ClockReading:
    """The reading when waiting begins; due moments stay as they are."""
    return _changed(reading, paused=pauses(ticket.norm, waiting_on))


def answered(reading: ClockReading, at: datetime) -> ClockReading:
    """The reading with the response given, if it was not given before."""
    return _changed(reading, responded_at=at) if reading.responded_at is None else reading


def stopped(reading: ClockReading) -> ClockReading:
    """The reading of a ticket that is done with."""
    return _changed(reading, paused=False) if reading.paused else reading


def overdue(ticket: Ticket, now: datetime, hours: Hours) -> tuple[ClockEvent, ...]:
    """The warnings and breaches that are to be told by `now`, in order, at their true moments."""
    events = [event for clock in CLOCKS for event in _events(ticket, clock, now, hours)]
    return tuple(sorted(events, key=lambda event: event.occurred_at))


def next_moment(ticket: Ticket, hours: Hours) -> datetime | None:
    """When `overdue` will next have something to tell; `None` when it will not."""
    moments = [
        moment
        for clock in CLOCKS
        if runs(ticket, clock)
        for moment in (_next_warning(ticket, clock, hours), _next_breach(ticket, clock))
        if moment is not None
    ]
    return min(moments, default=None)


def _events(ticket: Ticket, clock: ClockName, now: datetime, hours: Hours) -> Iterator[ClockEvent]:
    due = due_of(ticket.clock, clock)
    if due is None or ticket.norm is None or not is_undecided(ticket, clock):
        return
    told = {"ticket": ticket.ticket, "partner": ticket.partner, "clock_name": clock, "due": due}
    if clock not in ticket.at_risk and _may_warn(ticket, ticket.norm, clock, now):
        warning = _warning(ticket, ticket.norm, clock, hours)
        if warning is not None and warning <= now:
            yield SlaAtRisk(occurred_at=warning, **told)
    if clock not in ticket.breached and _is_breached(ticket, ticket.norm, clock, now):
        yield SlaBreached(occurred_at=due, **told)


def _may_warn(ticket: Ticket, norm: AppliedNorm, clock: ClockName, now: datetime) -> bool:
    """Business time never outruns the wall clock: mostly there is nothing to work out."""
    return now - ticket.clock_at >= timedelta(seconds=_ahead(ticket, norm, clock))


def _ahead(ticket: Ticket, norm: AppliedNorm, clock: ClockName) -> int:
    """Business seconds from the last reading to the warning."""
    threshold = allowed_seconds(norm, clock) * AT_RISK_PERCENTAGE // 100
    return threshold - seconds_of(ticket.clock, clock)


def _warning(ticket: Ticket, norm: AppliedNorm, clock: ClockName, hours: Hours) -> datetime | None:
    """The moment of the warning, if the clock reaches it by running on."""
    ahead = _ahead(ticket, norm, clock)
    if ahead <= 0:
        return ticket.clock_at
    return hours.after(ticket.clock_at, ahead) if runs(ticket, clock) else None


def _is_breached(ticket: Ticket, norm: AppliedNorm, clock: ClockName, now: datetime) -> bool:
    if seconds_of(ticket.clock, clock) > allowed_seconds(norm, clock):
        return True
    due = due_of(ticket.clock, clock)
    return due is not None and runs(ticket, clock) and due < now


def _next_warning(ticket: Ticket, clock: ClockName, hours: Hours) -> datetime | None:
    if clock in ticket.at_risk or ticket.norm is None or due_of(ticket.clock, clock) is None:
        return None
    return _warning(ticket, ticket.norm, clock, hours)


def _next_breach(ticket: Ticket, clock: ClockName) -> datetime | None:
    due = due_of(ticket.clock, clock)
    return None if due is None or clock in ticket.breached else due + _SECOND


def due_of(reading: ClockReading, clock: ClockName) -> datetime | None:
    return reading.response_due if clock == "response" else reading.resolution_due


def seconds_of(reading: ClockReading, clock: ClockName) -> int:
    return reading.response_seconds if clock == "response" else reading.resolution_seconds


def _due(
    reading: ClockReading, norm: AppliedNorm | None, clock: ClockName, at: datetime, hours: Hours
) -> datetime | None:
    if norm is None:
        return None
    return hours.after(at, allowed_seconds(norm, clock) - seconds_of(reading, clock))


def _changed(reading: ClockReading, **changes: Any) -> ClockReading:
    return reading.model_copy(update=changes)
