"""Major incidents, and the tickets that belong to them. A ticket is locked before either."""

from collections.abc import Sequence
from functools import reduce

from chassis.command import Change, Context, Outcome
from contracts.tickets import MajorIncidentEvent
from services.tickets.access import require_centre
from services.tickets.commands import (
    AttachToMajorIncident,
    DeclareMajorIncident,
    DetachFromMajorIncident,
    MajorIncidentCommand,
)
from services.tickets.domain import major_incidents
from services.tickets.domain.calendar import amsterdam, whole_second
from services.tickets.domain.decisions import move_of
from services.tickets.domain.major_incidents import MajorIncident
from services.tickets.errors import MajorIncidentUnknown
from services.tickets.handlers.tickets import change_ticket, seen_ticket
from services.tickets.repository import Work


async def declare_major_incident(
    command: DeclareMajorIncident, context: Context, work: Work
) -> Outcome:
    """The incident that it grew from is the first that belongs to it."""
    require_centre(context, "declare-major-incident")
    parent = await seen_ticket(command.ticket, context, work)
    (number,) = await work.tickets.numbers("MAJ", amsterdam(context.now).year, 1)
    catalogue = await work.catalogue.catalogue()
    events = major_incidents.declare(command, number, parent, context.now, catalogue)
    attach = AttachToMajorIncident(ticket=parent.ticket, major_incident=number)
    attached = await change_ticket(attach, context, work)
    major = major_incidents.fold(events)
    await work.major_incidents.add(major)
    return Outcome(
        changes=[*attached.changes, Change(number, 0, events)],
        reply={**_reply(major), "ticket": parent.ticket},
        timers=attached.timers,
    )


async def attach_to_major_incident(
    command: AttachToMajorIncident, context: Context, work: Work
) -> Outcome:
    """The partner of the ticket is told of the major incident from then on."""
    require_centre(context, move_of(command))
    attached = await change_ticket(command, context, work)
    ticket = await seen_ticket(command.ticket, context, work)
    major = await _major_incident(command.major_incident, work)
    major_incidents.require_ongoing(major)
    events = major.shared([ticket.partner], whole_second(context.now))
    shared = await _save(major, events, work)
    return Outcome(
        changes=[*attached.changes, *shared.changes],
        reply=attached.reply,
        timers=attached.timers,
    )


async def detach_from_major_incident(
    command: DetachFromMajorIncident, context: Context, work: Work
) -> Outcome:
    require_centre(context, move_of(command))
    ticket = await seen_ticket(command.ticket, context, work)
    if ticket.major_incident is not None:
        major = await _major_incident(ticket.major_incident, work)
        major_incidents.require_detachable(major, ticket.ticket)
    return await change_ticket(command, context, work)


async def change_major_incident(
    command: MajorIncidentCommand, context: Context, work: Work
) -> Outcome:
    """Any command to a major incident that is there."""
    require_centre(context, "change-major-incident")
    major = await _major_incident(command.major_incident, work)
    context.require_version(major.version)
    catalogue = await work.catalogue.catalogue()
    events = major_incidents.decide(major, command, context.now, catalogue)
    return await _save(major, events, work)


async def _major_incident(number: str, work: Work) -> MajorIncident:
    major = await work.major_incidents.get(number)
    if major is None:
        raise MajorIncidentUnknown("major_incident", major_incident=number)
    return major


async def _save(major: MajorIncident, events: Sequence[MajorIncidentEvent], work: Work) -> Outcome:
    after = reduce(major_incidents.evolve, events, major)
    if events:
        await work.major_incidents.save(after)
    changes = [Change(major.major_incident, major.version, events)] if events else []
    return Outcome(changes=changes, reply=_reply(after))


def _reply(major: MajorIncident) -> dict[str, object]:
    return {
        "major_incident": major.major_incident,
        "version": major.version,
        "status": "ended" if major.ended else "ongoing",
    }
