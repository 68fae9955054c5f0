"""The timeline of a ticket: one entry per event, without anything personal."""

from services.projection.models import TimelineEntry
from services.projection.recorded import Recorded

_TOLD: dict[str, tuple[str, ...]] = {
    "ticket-opened": ("kind", "item", "impact", "urgency", "priority", "channel"),
    "ticket-assigned": ("team", "line"),
    "ticket-paused": ("waiting_on",),
    "ticket-priority-changed": ("impact", "urgency", "priority"),
    "ticket-reclassified": ("item", "domain", "out_of_catalogue"),
    "ticket-resolved": ("within_response", "within_resolution"),
    "ticket-closed": ("automatic", "within_response", "within_resolution"),
    "time-logged": ("team", "minutes", "billable", "worked_on"),
    "ticket-rated": ("quality", "speed", "communication"),
    "fulfilment-planned": ("tasks",),
    "task-completed": ("task", "team", "within_due"),
    "change-planned": ("change_type", "risk", "starts_at", "ends_at"),
    "change-implemented": ("result",),
    "incident-linked-to-problem": ("problem",),
    "incident-unlinked-from-problem": ("problem",),
    "ticket-attached-to-major-incident": ("major_incident",),
    "ticket-detached-from-major-incident": ("major_incident",),
    "personal-data-erased": ("reason",),
    "clock-corrected": ("correction", "reason"),
    "sla-at-risk": ("clock_name", "due"),
    "sla-breached": ("clock_name", "due"),
}
"""Which of an event's fields are shown."""


def entry(event: Recorded) -> TimelineEntry:
    name = event.type.split(".")[3]
    data = event.data
    details = {field: data[field] for field in _TOLD.get(name, ())}
    return TimelineEntry(event.aggregate, event.version, name, event.occurred_at, details)
