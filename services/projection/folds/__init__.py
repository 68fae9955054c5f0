"""Folds: what one event makes of one row. Pure.

A fold is `(row or None, event) → row`. It trusts that the event is the aggregate's next
(`services.projection.plan` sees to that). An added field that older events lack is read with the
default that the contract gives it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contracts import catalog as facts
from contracts import tickets as happenings
from contracts.registry import DomainEvent, events
from services.projection.folds import (
    agreements,
    corrections,
    finance,
    items,
    major_incidents,
    partners,
    privacy,
    problems,
    service_levels,
    signals,
    tickets,
    windows,
)
from services.projection.models import (
    AGREEMENT,
    CALENDAR,
    EXPERIENCE_TARGET,
    ITEM,
    MAJOR_INCIDENT,
    PARTNER,
    SECURITY_SIGNALS,
    SERVICE_LEVEL,
    TICKET,
    WINDOW,
    ReadModel,
)
from services.projection.recorded import Recorded


@dataclass(frozen=True, slots=True)
class Fold:
    """The function that folds events of one type, and the read model that it belongs to."""

    model: ReadModel
    apply: Callable[[Any, Recorded], Any]


_FOLDS: dict[type[DomainEvent], Fold] = {
    facts.PartnerJoined: Fold(PARTNER, partners.joined),
    facts.PartnerStatisticsUpdated: Fold(PARTNER, partners.statistics_updated),
    facts.PartnerWithdrawalAnnounced: Fold(PARTNER, partners.withdrawal_announced),
    facts.CalendarDefined: Fold(CALENDAR, service_levels.calendar_defined),
    facts.CalendarCorrected: Fold(CALENDAR, service_levels.calendar_defined),
    facts.CatalogueItemDrafted: Fold(ITEM, items.drafted),
    facts.CatalogueItemPublished: Fold(ITEM, items.version_added),
    facts.CatalogueItemRevised: Fold(ITEM, items.version_added),
    facts.CatalogueItemRetired: Fold(ITEM, items.retired),
    facts.ServiceLevelSet: Fold(SERVICE_LEVEL, service_levels.level_set),
    facts.ServiceLevelCorrected: Fold(SERVICE_LEVEL, service_levels.level_set),
    facts.ExperienceTargetSet: Fold(EXPERIENCE_TARGET, service_levels.experience_set),
    facts.AgreementSigned: Fold(AGREEMENT, agreements.signed),
    facts.AgreementAmended: Fold(AGREEMENT, agreements.amended),
    facts.AgreementEnded: Fold(AGREEMENT, agreements.ended),
    **{event: Fold(*each) for event, each in finance.FOLDS.items()},
    happenings.TicketOpened: Fold(TICKET, tickets.opened),
    happenings.TicketAssigned: Fold(TICKET, tickets.assigned),
    happenings.TicketWorkStarted: Fold(TICKET, tickets.work_started),
    happenings.TicketPaused: Fold(TICKET, tickets.paused),
    happenings.TicketResumed: Fold(TICKET, tickets.resumed),
    happenings.TicketPriorityChanged: Fold(TICKET, tickets.priority_changed),
    happenings.TicketReclassified: Fold(TICKET, tickets.reclassified),
    happenings.TicketResolved: Fold(TICKET, tickets.resolved),
    happenings.TicketClosed: Fold(TICKET, tickets.closed),
    happenings.TicketReopened: Fold(TICKET, tickets.reopened),
    happenings.TicketCancelled: Fold(TICKET, tickets.cancelled),
    happenings.TimeLogged: Fold(TICKET, tickets.time_logged),
    happenings.TicketRated: Fold(TICKET, tickets.rated),
    happenings.FulfilmentPlanned: Fold(TICKET, tickets.fulfilment_planned),
    happenings.TaskCompleted: Fold(TICKET, tickets.task_completed),
    happenings.ChangePlanned: Fold(TICKET, tickets.change_planned),
    happenings.ChangeApproved: Fold(TICKET, tickets.change_approved),
    happenings.ChangeRejected: Fold(TICKET, tickets.change_rejected),
    happenings.ChangeImplemented: Fold(TICKET, tickets.change_implemented),
    happenings.IncidentLinkedToProblem: Fold(TICKET, problems.linked),
    happenings.IncidentUnlinkedFromProblem: Fold(TICKET, problems.unlinked),
    happenings.RootCauseRecorded: Fold(TICKET, problems.root_cause_recorded),
    happenings.KnownErrorRecorded: Fold(TICKET, problems.known_error_recorded),
    happenings.KnownErrorWithdrawn: Fold(TICKET, problems.known_error_withdrawn),
    happenings.TicketAttachedToMajorIncident: Fold(TICKET, problems.attached),
    happenings.TicketDetachedFromMajorIncident: Fold(TICKET, problems.detached),
    happenings.MajorIncidentDeclared: Fold(MAJOR_INCIDENT, major_incidents.declared),
    happenings.MajorIncidentShared: Fold(MAJOR_INCIDENT, major_incidents.shared),
    happenings.MajorIncidentUpdatePosted: Fold(MAJOR_INCIDENT, major_incidents.update_posted),
    happenings.MajorIncidentEnded: Fold(MAJOR_INCIDENT, major_incidents.ended),
    happenings.SecuritySignalsCounted: Fold(SECURITY_SIGNALS, signals.counted),
    happenings.MaintenancePlanned: Fold(WINDOW, windows.maintenance_planned),
    happenings.MaintenanceAnnounced: Fold(WINDOW, windows.announced),
    happenings.MaintenanceCompleted: Fold(WINDOW, windows.completed),
    happenings.MaintenanceCancelled: Fold(WINDOW, windows.cancelled),
    happenings.ChangeFreezeDeclared: Fold(WINDOW, windows.freeze_declared),
    happenings.ChangeFreezeLifted: Fold(WINDOW, windows.lifted),
    happenings.PersonalDataErasureRequested: Fold(TICKET, privacy.erasure_requested),
    happenings.PersonalDataErased: Fold(TICKET, privacy.erased),
    happenings.ClockCorrected: Fold(TICKET, corrections.clock_corrected),
    happenings.SlaAtRisk: Fold(TICKET, tickets.at_risk),
    happenings.SlaBreached: Fold(TICKET, tickets.breached),
}
FOLDS: dict[str, Fold] = {event.type(): fold for event, fold in _FOLDS.items()}
"""By type string, in its newest version."""

PASSED_OVER = frozenset(event.type() for event in events()) - FOLDS.keys()
"""Types that no read model shows."""
