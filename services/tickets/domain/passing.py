"""What the passing of time alone brings: warnings, breaches, the closing by itself."""

from datetime import datetime

from contracts.tickets import TicketClosed, TicketEvent
from services.tickets.domain import clock
from services.tickets.domain.calendar import end_of_working_day, whole_second
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket


def catch_up(ticket: Ticket, now: datetime, rules: Rules) -> tuple[TicketEvent, ...]:
    """The events that are due by now, at their true moments."""
    at = whole_second(now)
    closes_at = auto_close_at(ticket, rules)
    if closes_at is not None and closes_at <= at:
        return (closing(ticket, closes_at, automatic=True),)
    return clock.overdue(ticket, at, rules.hours(ticket.norm))


def next_moment(ticket: Ticket, rules: Rules) -> datetime | None:
    """When `catch_up` will next bring something; `None` when it will not."""
    closes_at = auto_close_at(ticket, rules)
    return closes_at or clock.next_moment(ticket, rules.hours(ticket.norm))


def auto_close_at(ticket: Ticket, rules: Rules) -> datetime | None:
    """When a resolved ticket closes itself: as the last of the working days ends.

    What was done to it after that, before it closed, comes before its closing.
    """
    if ticket.status != "resolved" or ticket.resolved_at is None:
        return None
    hours = rules.hours(ticket.norm)
    end = end_of_working_day(hours, ticket.resolved_at, rules.policy.close_after)
    return max(end, ticket.last_at)


def closing(ticket: Ticket, at: datetime, *, automatic: bool) -> TicketClosed:
    return TicketClosed(
        occurred_at=at,
        ticket=ticket.ticket,
        partner=ticket.partner,
        automatic=automatic,
        within_response=ticket.kept("response"),
        within_resolution=ticket.kept("resolution"),
        clock=ticket.clock,
    )
