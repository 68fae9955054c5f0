"""What other services tell."""

from chassis.command import Outcome
from chassis.definition import Delivered
from contracts.registry import DomainEvent
from contracts.tickets import TicketReclassified, TimeLogged
from services.finance.domain.catalogue import Told
from services.finance.repository import Work
from services.finance.repository.copies import Entry


async def catalogue(event: DomainEvent, envelope: Delivered, work: Work) -> Outcome:
    """Keep what `catalog` told; the next charging run counts with it."""
    told = Told(envelope.subject, envelope.aggregate_version, event)
    await work.catalogue.add(envelope.id, envelope.stream_sequence, told)
    return Outcome()


async def time(event: DomainEvent, envelope: Delivered, work: Work) -> Outcome:
    """Keep time that is charged, and which tickets lie outside the catalogue."""
    match event:
        case TimeLogged(billable=True):
            entry = Entry(
                ticket=event.ticket,
                partner=event.partner,
                team=event.team,
                minutes=event.minutes,
                worked_on=event.worked_on,
            )
            await work.time.add(envelope.id, envelope.stream_sequence, entry)
            await _set_scope(event, envelope, work)
        case TicketReclassified():
            await _set_scope(event, envelope, work)
        case _:
            pass
    return Outcome()


async def _set_scope(
    event: TimeLogged | TicketReclassified, envelope: Delivered, work: Work
) -> None:
    await work.time.set_scope(
        event.ticket, envelope.aggregate_version, out_of_catalogue=event.out_of_catalogue
    )
