"""Problems on the rows of tickets: of an incident what is behind it, of a problem what is known."""

from typing import Any

from services.projection.models import Ticket
from services.projection.recorded import Recorded


def linked(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_told(event), problem=event.data["problem"])


def unlinked(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_told(event), problem=None)


def root_cause_recorded(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_told(event), root_cause=event.data["root_cause"])


def known_error_recorded(row: Ticket, event: Recorded) -> Ticket:
    """A workaround that replaces another is known since the first."""
    return row._replace(
        **_told(event),
        known_error=event.data["summary"],
        workaround=event.data["workaround"],
        known_since=row.known_since or event.occurred_at,
    )


def known_error_withdrawn(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_told(event), known_error=None, workaround=None, known_since=None)


def attached(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_told(event), major_incident=event.data["major_incident"])


def detached(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_told(event), major_incident=None)


def _told(event: Recorded) -> dict[str, Any]:
    return {"version": event.version, "updated_at": event.occurred_at}
