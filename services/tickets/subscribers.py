"""What other services tell."""

from chassis.command import Outcome
from contracts.envelope import Envelope
from contracts.registry import DomainEvent
from services.tickets.repository import Work


async def catalogue(event: DomainEvent, envelope: Envelope, work: Work) -> Outcome:
    """Keep what `catalog` told; the next decision counts with it."""
    await work.catalogue.add(envelope.id, event)
    return Outcome()
