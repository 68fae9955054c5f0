"""Major incidents: one disruption, shared with the partners that it hits.

A ticket that belongs to it says so in an event of its own, which lies with its own partner only.
The texts are the service centre's own and tell of no person.
"""

from typing import Annotated

from pydantic import Field

from contracts.registry import DomainEvent, published
from contracts.tickets.lifecycle import TicketEvent
from contracts.tickets.problems import PublicText
from contracts.values import PartnerSlug, ShortText

MajorIncidentNumber = Annotated[
    str, Field(description="Number of the major incident, e.g. MAJ-2026-000001")
]
SharedWith = Annotated[
    tuple[PartnerSlug, ...],
    Field(min_length=1, description="Partners that it is shared with from now on"),
]


class MajorIncidentEvent(DomainEvent):
    major_incident: MajorIncidentNumber


@published("tickets")
class MajorIncidentDeclared(MajorIncidentEvent):
    incident: str = Field(description="Number of the incident that it grew from")
    title: ShortText = Field(description="As partners read it")
    partners: SharedWith


@published("tickets")
class MajorIncidentShared(MajorIncidentEvent):
    """With more partners; who is told once, stays told."""

    partners: SharedWith


@published("tickets")
class MajorIncidentUpdatePosted(MajorIncidentEvent):
    message: PublicText
    partners: tuple[PartnerSlug, ...] = Field(
        description="Partners that it is meant for; empty is all that the incident is shared with"
    )


@published("tickets")
class MajorIncidentEnded(MajorIncidentEvent):
    """The disruption is over. Its tickets go their own ways."""


@published("tickets")
class TicketAttachedToMajorIncident(TicketEvent):
    major_incident: MajorIncidentNumber


@published("tickets")
class TicketDetachedFromMajorIncident(TicketEvent):
    major_incident: MajorIncidentNumber
