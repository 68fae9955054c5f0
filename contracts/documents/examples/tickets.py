"""Examples of what `tickets` publishes: moments from the life of two incidents at Zevenaar."""

from datetime import UTC, datetime
from decimal import Decimal

from contracts import tickets
from contracts.documents.examples.example import Example
from contracts.registry import DomainEvent

_TICKET = "INC-2026-000123"
_PARTNER = "zevenaar"
_PERSON = "person-5f0c1d9a4b7e"
_REASON = tickets.Sealed(subject=_PERSON, text="3q2+7wAAAAAAAAAAq1Zr0sG1k2zQ8yv0x4p3u6n9JYwE")


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


_NORM = tickets.AppliedNorm(
    source="item",
    response_minutes=60,
    resolution_minutes=480,
    calendar="office-hours",
    calendar_version=1,
    target_percentage=Decimal("90.00"),
    pauses_on_supplier=False,
)
_QUICKER = _NORM.model_copy(
    update={"source": "agreement", "agreement": "DVO-2026-ZEVENAAR", "resolution_minutes": 240}
)
_FRESH = tickets.ClockReading(
    response_seconds=0,
    resolution_seconds=0,
    response_due=_at(2, 9, 12),
    resolution_due=_at(3, 7, 12),
)
_RESPONDED = tickets.ClockReading(
    response_seconds=1800,
    resolution_seconds=1800,
    response_due=_at(2, 9, 12),
    resolution_due=_at(3, 7, 12),
    responded_at=_at(2, 8, 42),
)
_PAUSED = _RESPONDED.model_copy(update={"resolution_seconds": 3600, "paused": True})
_RESUMED = _RESPONDED.model_copy(
    update={"resolution_seconds": 3600, "resolution_due": _at(3, 8, 12)}
)
_TIGHTER = _RESUMED.model_copy(
    update={"resolution_seconds": 5400, "resolution_due": _at(2, 13, 12)}
)
_FINAL = _RESUMED.model_copy(update={"resolution_seconds": 12_600})


def _example(when: str, version: int, event: DomainEvent) -> Example:
    return Example(when=when, aggregate=_TICKET, version=version, event=event)


TICKETS = (
    _example(
        "someone reports an incident or asks for something",
        1,
        tickets.TicketOpened(
            occurred_at=_at(2, 8, 12),
            ticket=_TICKET,
            partner=_PARTNER,
            kind="incident",
            requester=_PERSON,
            item="ICT-WP-01",
            item_version=1,
            domain="ict",
            tier="basic",
            out_of_catalogue=False,
            impact=2,
            urgency=2,
            priority=3,
            channel="portal",
            personal=tickets.Sealed(
                subject=_PERSON, text="3q2+7wAAAAAAAAAAZm9ybiBvbiBhIGdvbGRlbiBzYW1wbGUu"
            ),
            norm=_NORM,
            reopen_days=10,
            clock=_FRESH,
        ),
    ),
    _example(
        "a ticket is handed to a team",
        2,
        tickets.TicketAssigned(
            occurred_at=_at(2, 8, 20),
            ticket=_TICKET,
            partner=_PARTNER,
            team="servicedesk",
            line="first",
            clock=_FRESH.model_copy(update={"response_seconds": 480, "resolution_seconds": 480}),
        ),
    ),
    _example(
        "an agent takes a ticket in hand",
        3,
        tickets.TicketWorkStarted(
            occurred_at=_at(2, 8, 42), ticket=_TICKET, partner=_PARTNER, clock=_RESPONDED
        ),
    ),
    _example(
        "work waits for somebody else",
        4,
        tickets.TicketPaused(
            occurred_at=_at(2, 9, 12),
            ticket=_TICKET,
            partner=_PARTNER,
            waiting_on="user",
            clock=_PAUSED,
        ),
    ),
    _example(
        "waiting is over",
        5,
        tickets.TicketResumed(
            occurred_at=_at(2, 10, 12), ticket=_TICKET, partner=_PARTNER, clock=_RESUMED
        ),
    ),
    _example(
        "impact or urgency turn out different, and with them the priority",
        6,
        tickets.TicketPriorityChanged(
            occurred_at=_at(2, 10, 42),
            ticket=_TICKET,
            partner=_PARTNER,
            impact=1,
            urgency=2,
            priority=2,
            norm=_QUICKER,
            clock=_TIGHTER,
        ),
    ),
    _example(
        "a ticket turns out to be about another catalogue item, or about none",
        7,
        tickets.TicketReclassified(
            occurred_at=_at(2, 10, 42),
            ticket=_TICKET,
            partner=_PARTNER,
            item=None,
            item_version=None,
            domain="ict",
            tier=None,
            out_of_catalogue=True,
            norm=_NORM.model_copy(update={"source": "domain"}),
            clock=_RESUMED.model_copy(update={"resolution_seconds": 5400}),
        ),
    ),
    _example(
        "the incident is solved or the request fulfilled",
        8,
        tickets.TicketResolved(
            occurred_at=_at(2, 12, 42),
            ticket=_TICKET,
            partner=_PARTNER,
            within_response=True,
            within_resolution=True,
            clock=_FINAL,
        ),
    ),
    _example(
        "a resolved ticket is closed, by someone or by itself",
        9,
        tickets.TicketClosed(
            occurred_at=_at(9, 12, 42),
            ticket=_TICKET,
            partner=_PARTNER,
            automatic=True,
            within_response=True,
            within_resolution=True,
            clock=_FINAL,
        ),
    ),
    _example(
        "a resolved or closed ticket turns out not to be solved",
        10,
        tickets.TicketReopened(
            occurred_at=_at(11, 8, 0),
            ticket=_TICKET,
            partner=_PARTNER,
            reason=_REASON,
            clock=_FINAL.model_copy(update={"resolution_due": _at(11, 12, 30)}),
        ),
    ),
    _example(
        "a ticket is withdrawn",
        11,
        tickets.TicketCancelled(
            occurred_at=_at(11, 9, 0),
            ticket=_TICKET,
            partner=_PARTNER,
            reason=_REASON,
            clock=_FINAL.model_copy(
                update={"resolution_seconds": 16_200, "resolution_due": _at(11, 12, 30)}
            ),
        ),
    ),
    Example(
        when="three quarters of the time that a norm gives has been used",
        aggregate="INC-2026-000124",
        version=2,
        event=tickets.SlaAtRisk(
            occurred_at=_at(2, 14, 12),
            ticket="INC-2026-000124",
            partner=_PARTNER,
            clock_name="resolution",
            due=_at(3, 7, 12),
        ),
    ),
    Example(
        when="a due moment passes",
        aggregate="INC-2026-000124",
        version=3,
        event=tickets.SlaBreached(
            occurred_at=_at(3, 7, 12),
            ticket="INC-2026-000124",
            partner=_PARTNER,
            clock_name="resolution",
            due=_at(3, 7, 12),
        ),
    ),
)
