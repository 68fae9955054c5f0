"""The events that figures of finance come from, kept so that each figure can be opened."""

from collections.abc import Mapping
from typing import Any

from contracts import catalog
from contracts.finance import bills, costs
from contracts.registry import events
from contracts.tickets import TimeLogged
from services.projection.finance_rows import SourceEvent
from services.projection.recorded import Recorded

LOGGED_TIME = TimeLogged.type()
LOGGED_SUBJECT = TimeLogged.subject()
"""In the place of an aggregate: a source of logged time names sequences on the stream."""
COST_BOOKED = costs.CostBooked.type()
_LOGGED = (
    "ticket",
    "partner",
    "team",
    "minutes",
    "billable",
    "out_of_catalogue",
    "worked_on",
)
"""What is told of logged time; the rest is the ticket's own."""

SOURCES = frozenset(
    {
        LOGGED_TIME,
        catalog.PartnerJoined.type(),
        catalog.PartnerStatisticsUpdated.type(),
        catalog.PartnerWithdrawalAnnounced.type(),
        catalog.AgreementSigned.type(),
        catalog.AgreementAmended.type(),
        catalog.AgreementEnded.type(),
        *(event.type() for event in events(bills.YearSettled.context)),
    }
)


def source(event: Recorded) -> SourceEvent:
    return SourceEvent(
        aggregate=event.aggregate,
        version=event.version,
        event_id=event.id,
        stream_sequence=event.sequence,
        type=event.type,
        occurred_at=event.occurred_at,
        partner=event.data.get("partner"),
        data=_told(event),
    )


def _told(event: Recorded) -> Mapping[str, Any]:
    if event.type != LOGGED_TIME:
        return event.data
    return {name: event.data.get(name) for name in _LOGGED}
