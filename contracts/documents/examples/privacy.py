"""Examples of the end of personal data: a ticket of Zevenaar whose requester is erased."""

from datetime import UTC, datetime

from contracts import tickets
from contracts.documents.examples.example import Example

_TICKET = "INC-2026-000123"
_PARTNER = "zevenaar"

PRIVACY = (
    Example(
        when="the requester asks to be erased while the ticket has not ended yet",
        aggregate=_TICKET,
        version=13,
        event=tickets.PersonalDataErasureRequested(
            occurred_at=datetime(2026, 3, 4, 10, tzinfo=UTC), ticket=_TICKET, partner=_PARTNER
        ),
    ),
    Example(
        when="the retention period is over, or the requester asked for it and the ticket has ended",
        aggregate=_TICKET,
        version=14,
        event=tickets.PersonalDataErased(
            occurred_at=datetime(2027, 3, 10, 9, tzinfo=UTC),
            ticket=_TICKET,
            partner=_PARTNER,
            reason="retention",
        ),
    ),
)
