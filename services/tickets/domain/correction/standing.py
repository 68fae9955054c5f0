"""How the clocks of a ticket stand at a moment, as a history tells it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from contracts.tickets import (
    ClockCorrected,
    ClockName,
    SlaAtRisk,
    SlaBreached,
    Standing,
    TicketEvent,
)
from services.tickets.domain import clock
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import evolve, fold

Moments = dict[ClockName, datetime]
_JUDGED = ("resolved", "closed")


def standing(events: Sequence[TicketEvent], at: datetime, rules: Rules) -> Standing:
    """At a moment not before the last event: what is due by then counts, told or not."""
    ticket = fold(events)
    warned, breached, paused_at = _moments(events)
    for each in clock.overdue(ticket, at, rules.hours(ticket.norm)):
        ticket = evolve(ticket, each)
        (warned if isinstance(each, SlaAtRisk) else breached)[each.clock_name] = each.occurred_at
    answered = ticket.clock.responded_at is not None
    return Standing(
        norm=ticket.norm,
        clock=clock.read(ticket, at, rules.hours(ticket.norm)),
        paused_at=paused_at,
        response_at_risk_at=warned.get("response"),
        resolution_at_risk_at=warned.get("resolution"),
        response_breached_at=breached.get("response"),
        resolution_breached_at=breached.get("resolution"),
        within_response=ticket.kept("response") if answered else None,
        within_resolution=ticket.kept("resolution") if ticket.status in _JUDGED else None,
    )


def _moments(events: Sequence[TicketEvent]) -> tuple[Moments, Moments, datetime | None]:
    """When the clocks were warned of and breached, under the norm that holds at the end.

    And since when they stand still, if they do.
    """
    ticket = fold(events[:1])
    warned: Moments = {}
    breached: Moments = {}
    paused_at: datetime | None = None
    for event in events[1:]:
        ticket = evolve(ticket, event)
        match event:
            case SlaAtRisk():
                warned[event.clock_name] = event.occurred_at
            case SlaBreached():
                breached[event.clock_name] = event.occurred_at
            case ClockCorrected():
                warned, breached = _told(event.after)
                paused_at = event.after.paused_at
        warned = _still(warned, ticket.at_risk)
        breached = _still(breached, ticket.breached)
        paused_at = (paused_at or event.occurred_at) if ticket.clock.paused else None
    return warned, breached, paused_at


def _told(after: Standing) -> tuple[Moments, Moments]:
    return (
        _known(response=after.response_at_risk_at, resolution=after.resolution_at_risk_at),
        _known(response=after.response_breached_at, resolution=after.resolution_breached_at),
    )


def _known(*, response: datetime | None, resolution: datetime | None) -> Moments:
    found: Moments = {}
    if response is not None:
        found["response"] = response
    if resolution is not None:
        found["resolution"] = resolution
    return found


def _still(moments: Moments, said: Iterable[ClockName]) -> Moments:
    return {name: moments[name] for name in said if name in moments}
