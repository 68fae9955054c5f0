"""The end of personal data on the rows of tickets: the pseudonym goes, the figures stay."""

from services.projection.models import Ticket
from services.projection.recorded import Recorded


def erasure_requested(row: Ticket, event: Recorded) -> Ticket:
    """It says nothing of the ticket's course, so it does not count as an update."""
    return row._replace(version=event.version)


def erased(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(version=event.version, requester=None, erased_at=event.occurred_at)
