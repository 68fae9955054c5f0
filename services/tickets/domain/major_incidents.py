"""Major incidents, as their events have made them.

A major incident knows with whom it is shared; which tickets belong to it, the tickets know.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce

from pydantic import BaseModel, ConfigDict

from contracts.tickets import (
    MajorIncidentDeclared,
    MajorIncidentEnded,
    MajorIncidentEvent,
    MajorIncidentShared,
    MajorIncidentUpdatePosted,
    TicketAttachedToMajorIncident,
    TicketDetachedFromMajorIncident,
)
from services.tickets.commands import (
    AttachToMajorIncident,
    DeclareMajorIncident,
    DetachFromMajorIncident,
    EndMajorIncident,
    MajorIncidentCommand,
    PostMajorIncidentUpdate,
    ShareMajorIncident,
)
from services.tickets.domain.calendar import whole_second
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.problems import require_incident
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.turn import Events, Turn
from services.tickets.errors import (
    MajorIncidentNotShared,
    MajorIncidentOver,
    MajorIncidentParent,
    PartnerUnknown,
    TicketAttachedAlready,
    TicketNotAttached,
    TicketNotOpen,
)


class MajorIncident(BaseModel):
    """The state. `incident` is the one that it grew from, `partners` those who know of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    major_incident: str
    incident: str
    partners: frozenset[str]
    ended: bool = False
    version: int = 1

    def shared(self, partners: Iterable[str], at: datetime) -> Sequence[MajorIncidentEvent]:
        """Sharing with those of the partners that do not know of it yet."""
        more = tuple(sorted(set(partners) - self.partners))
        if not more:
            return ()
        told = MajorIncidentShared(
            occurred_at=at, major_incident=self.major_incident, partners=more
        )
        return (told,)


def declare(
    command: DeclareMajorIncident, number: str, parent: Ticket, now: datetime, catalogue: Catalogue
) -> Sequence[MajorIncidentEvent]:
    """Raises `NotAnIncident`, `TicketNotOpen` or `PartnerUnknown`."""
    require_incident(parent)
    if not parent.is_open:
        raise TicketNotOpen(status=parent.status)
    _require_partners(catalogue, command.partners)
    at = whole_second(now)
    declared = MajorIncidentDeclared(
        occurred_at=at,
        major_incident=number,
        incident=parent.ticket,
        title=command.title,
        partners=tuple(sorted({parent.partner, *command.partners})),
    )
    return declared, _update(number, command.message, (), at)


def decide(
    major: MajorIncident, command: MajorIncidentCommand, now: datetime, catalogue: Catalogue
) -> Sequence[MajorIncidentEvent]:
    """Raises `MajorIncidentOver`, `PartnerUnknown` or `MajorIncidentNotShared`."""
    require_ongoing(major)
    at = whole_second(now)
    match command:
        case ShareMajorIncident():
            _require_partners(catalogue, command.partners)
            return major.shared(command.partners, at)
        case PostMajorIncidentUpdate():
            _require_shared(major, command.partners)
            return (_update(major.major_incident, command.message, command.partners, at),)
        case EndMajorIncident():
            ended = MajorIncidentEnded(occurred_at=at, major_incident=major.major_incident)
            return _update(major.major_incident, command.message, (), at), ended
        case _:
            raise TypeError(f"no decision is made on {type(command).__name__}")


def attach(turn: Turn, command: AttachToMajorIncident) -> Events:
    """The ticket's side. Raises `NotAnIncident`, `TicketNotOpen` or `TicketAttachedAlready`."""
    ticket, number = turn.ticket, command.major_incident
    require_incident(ticket)
    if ticket.major_incident == number:
        return ()
    if ticket.major_incident is not None:
        raise TicketAttachedAlready(major_incident=ticket.major_incident)
    return (TicketAttachedToMajorIncident(**turn.told(), major_incident=number),)


def detach(turn: Turn, _: DetachFromMajorIncident) -> Events:
    """The ticket's side. Raises `TicketNotAttached`."""
    number = turn.ticket.major_incident
    if number is None:
        raise TicketNotAttached
    return (TicketDetachedFromMajorIncident(**turn.told(), major_incident=number),)


def require_ongoing(major: MajorIncident) -> None:
    """Raises `MajorIncidentOver`."""
    if major.ended:
        raise MajorIncidentOver(major_incident=major.major_incident)


def require_detachable(major: MajorIncident, ticket: str) -> None:
    """Raises `MajorIncidentOver` or `MajorIncidentParent`."""
    require_ongoing(major)
    if ticket == major.incident:
        raise MajorIncidentParent(major_incident=major.major_incident)


def fold(events: Iterable[MajorIncidentEvent]) -> MajorIncident:
    """The major incident that these events, from its declaration, have made."""
    first, *rest = events
    if not isinstance(first, MajorIncidentDeclared):
        raise TypeError(f"a major incident begins by being declared, not by {first.event_name}")
    declared = MajorIncident(
        major_incident=first.major_incident,
        incident=first.incident,
        partners=frozenset(first.partners),
    )
    return reduce(evolve, rest, declared)


def evolve(major: MajorIncident, event: MajorIncidentEvent) -> MajorIncident:
    """The major incident after one more event."""
    more = frozenset(event.partners) if isinstance(event, MajorIncidentShared) else frozenset()
    return major.model_copy(
        update={
            "partners": major.partners | more,
            "ended": isinstance(event, MajorIncidentEnded),
            "version": major.version + 1,
        }
    )


def _update(
    number: str, message: str, partners: Iterable[str], at: datetime
) -> MajorIncidentUpdatePosted:
    return MajorIncidentUpdatePosted(
        occurred_at=at,
        major_incident=number,
        message=message,
        partners=tuple(sorted(set(partners))),
    )


def _require_partners(catalogue: Catalogue, partners: Iterable[str]) -> None:
    for partner in partners:
        if partner not in catalogue.partners:
            raise PartnerUnknown("partners", partner=partner)


def _require_shared(major: MajorIncident, partners: Iterable[str]) -> None:
    for partner in partners:
        if partner not in major.partners:
            raise MajorIncidentNotShared("partners", partner=partner)
