"""What other services tell."""

from chassis.command import Outcome
from contracts.catalog import CalendarCorrected, ServiceLevelCorrected
from contracts.envelope import Envelope
from contracts.registry import DomainEvent
from services.tickets.handlers import propose_correction
from services.tickets.repository import Work


async def catalogue(event: DomainEvent, envelope: Envelope, work: Work) -> Outcome:
    """Keep what `catalog` told; the next decision counts with it. Putting right is proposed."""
    await work.catalogue.add(envelope.id, event)
    if isinstance(event, ServiceLevelCorrected | CalendarCorrected):
        return await propose_correction(event, envelope, work)
    return Outcome()
