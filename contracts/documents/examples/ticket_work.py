"""Examples of work on tickets at Zevenaar: time, a rating, the tasks of a request."""

from datetime import UTC, date, datetime

from contracts import tickets
from contracts.documents.examples.example import Example
from contracts.registry import DomainEvent

_TICKET = "INC-2026-000123"
_REQUEST = "REQ-2026-000045"
_PARTNER = "zevenaar"
_PERSON = "person-5f0c1d9a4b7e"


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


_READING = tickets.ClockReading(
    response_seconds=1200,
    resolution_seconds=28_800,
    response_due=_at(2, 9, 12),
    resolution_due=_at(6, 15),
    responded_at=_at(2, 8, 32),
)


def _example(when: str, aggregate: str, version: int, event: DomainEvent) -> Example:
    return Example(when=when, aggregate=aggregate, version=version, event=event)


WORK = (
    _example(
        "a team writes down how long it worked on a ticket",
        _TICKET,
        8,
        tickets.TimeLogged(
            occurred_at=_at(3, 9),
            ticket=_TICKET,
            partner=_PARTNER,
            team="werkplekbeheer",
            minutes=45,
            billable=False,
            out_of_catalogue=False,
            worked_on=date(2026, 3, 3),
        ),
    ),
    _example(
        "the requester says what they thought of how their ticket was handled",
        _TICKET,
        12,
        tickets.TicketRated(
            occurred_at=_at(10, 9),
            ticket=_TICKET,
            partner=_PARTNER,
            quality=8,
            speed=7,
            communication=9,
            comment=tickets.Sealed(
                subject=_PERSON, text="3q2+7wAAAAAAAAAAZm9ybiBvbiBhIGdvbGRlbiBzYW1wbGUu"
            ),
        ),
    ),
    _example(
        "a request is opened on an item that has steps, or moves to another item",
        _REQUEST,
        2,
        tickets.FulfilmentPlanned(
            occurred_at=_at(2, 8, 12),
            ticket=_REQUEST,
            partner=_PARTNER,
            tasks=(
                tickets.FulfilmentTask(
                    task=1, team="werkplekbeheer", what="Laptop inrichten", due=_at(3, 15)
                ),
                tickets.FulfilmentTask(
                    task=2, team="servicedesk", what="Laptop uitreiken", due=_at(4, 15)
                ),
            ),
        ),
    ),
    _example(
        "a task of a request is done; after the last one the request is resolved",
        _REQUEST,
        4,
        tickets.TaskCompleted(
            occurred_at=_at(3, 14),
            ticket=_REQUEST,
            partner=_PARTNER,
            task=1,
            team="werkplekbeheer",
            within_due=True,
            clock=_READING,
        ),
    ),
)
