"""What other services tell."""

from chassis.command import Outcome
from contracts.catalog import CalendarCorrected, ServiceLevelCorrected
from contracts.envelope import Envelope
from contracts.registry import DomainEvent
from contracts.tickets import CorrectedSubject
from services.tickets.handlers import propose_correction
from services.tickets.repository import Work


async def catalogue(event: DomainEvent, envelope: Envelope, work: Work) -> Outcome:
    """Keep what `catalog` told; the next decision counts with it. Putting right is proposed."""
    await work.catalogue.add(envelope.id, event)
    if isinstance(event, ServiceLevelCorrected | CalendarCorrected):
        return await propose_correction(_subject(event), event.reason, envelope.time, work)
    return Outcome()


def _subject(event: ServiceLevelCorrected | CalendarCorrected) -> CorrectedSubject:
    """What was put right."""
    corrects = "calendar" if isinstance(event, CalendarCorrected) else "service-level"
    return CorrectedSubject.model_validate({"corrects": corrects, **event.model_dump()})
