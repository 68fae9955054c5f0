"""How long a ticket's personal data is kept after it ended, and what erases it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from contracts.tickets import (
    ErasureReason,
    PersonalDataErased,
    PersonalDataErasureRequested,
    TicketCancelled,
    TicketClosed,
    TicketReopened,
)
from contracts.values import TicketKind
from services.tickets.domain.calendar import whole_second
from services.tickets.domain.ticket import Ticket

RETENTION_DAYS: Mapping[TicketKind, int] = MappingProxyType(
    {
        "incident": 365,
        "service-request": 365,
        "question": 365,
        "change": 1095,
        "problem": 1095,
        "complaint": 1825,
        "security-incident": 1825,
    }
)
"""Days after the end, where the settings say nothing else."""
MOVES = (TicketClosed, TicketCancelled, TicketReopened)
"""After these the moment of erasure is another."""


def due_at(ticket: Ticket, days: Mapping[TicketKind, int]) -> datetime | None:
    """When the personal data must go: at once where that was asked, else after its days.

    `None` while the ticket has not ended, and once the data is gone.
    """
    if ticket.ended_at is None or ticket.erased:
        return None
    if ticket.erasure_requested:
        return ticket.ended_at
    return ticket.ended_at + timedelta(days=days[ticket.kind])


def erasing(ticket: Ticket, now: datetime, reason: ErasureReason) -> PersonalDataErased:
    return PersonalDataErased(**_told(ticket, now), reason=reason)


def requesting(ticket: Ticket, now: datetime) -> PersonalDataErasureRequested:
    return PersonalDataErasureRequested(**_told(ticket, now))


def _told(ticket: Ticket, now: datetime) -> dict[str, Any]:
    """Never before what happened to the ticket last."""
    at = max(whole_second(now), ticket.last_at)
    return {"occurred_at": at, "ticket": ticket.ticket, "partner": ticket.partner}
