"""Writing what a ticket became, with its events and the timer of its clock."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

import orjson

from chassis.command import Change, Outcome, Timer
from contracts.tickets import TicketEvent
from contracts.values import TicketKind
from services.tickets.commands import OpenTicket
from services.tickets.domain import retention
from services.tickets.domain.passing import next_moment
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve
from services.tickets.repository import Work

PREFIX: Mapping[TicketKind, str] = {
    "incident": "INC",
    "service-request": "REQ",
    "change": "CHG",
    "problem": "PRB",
    "security-incident": "SEC",
    "complaint": "CMP",
    "question": "QST",
}
CLOCK = "clock"
"""The kind of timer that wakes a ticket at the next moment of its clock."""
RETENTION = "retention"
"""The kind of timer that wakes an ended ticket when its personal data must go."""


async def save(ticket: Ticket, events: Sequence[TicketEvent], rules: Rules, work: Work) -> Outcome:
    """Write what a ticket became. Without events only its timer is set again."""
    after = reduce(evolve, events, ticket)
    if events:
        await work.tickets.save(after)
    return outcome(after, ticket.version, events, rules)


def personal_text(command: OpenTicket) -> str:
    """What the opening says of persons, as the JSON that is sealed."""
    return orjson.dumps(
        {
            "title": command.title,
            "description": command.description,
            "requester": command.requester.model_dump(),
        }
    ).decode()


def outcome(ticket: Ticket, before: int, events: Sequence[TicketEvent], rules: Rules) -> Outcome:
    return Outcome(
        changes=[Change(ticket.ticket, before, events)] if events else (),
        reply={"ticket": ticket.ticket, "version": ticket.version, "status": ticket.status},
        timers=list(_timers(ticket, events, rules)),
    )


def _timers(ticket: Ticket, events: Sequence[TicketEvent], rules: Rules) -> Iterator[Timer]:
    yield Timer(CLOCK, ticket.ticket, next_moment(ticket, rules))
    if any(isinstance(event, retention.MOVES) for event in events):
        yield Timer(RETENTION, ticket.ticket, retention.due_at(ticket, rules.policy.retention))
