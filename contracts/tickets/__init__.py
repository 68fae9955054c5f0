"""Events of `tickets`: a ticket from opening to closing, its SLA clock, and the work on it.

Free text and who asked are personal: they travel only as `Sealed` values, encrypted per data
subject with a key that never leaves the service.
"""

from contracts.tickets.fulfilment import FulfilmentPlanned, FulfilmentTask, TaskCompleted
from contracts.tickets.lifecycle import (
    AppliedNorm,
    Channel,
    ClockName,
    ClockReading,
    Line,
    Sealed,
    SlaAtRisk,
    SlaBreached,
    Status,
    TicketAssigned,
    TicketCancelled,
    TicketClosed,
    TicketEvent,
    TicketOpened,
    TicketPaused,
    TicketPriorityChanged,
    TicketReclassified,
    TicketReopened,
    TicketResolved,
    TicketResumed,
    TicketWorkStarted,
    Value,
    WaitingOn,
)
from contracts.tickets.work import Score, TicketRated, TimeLogged, WorkedMinutes

__all__ = [
    "AppliedNorm",
    "Channel",
    "ClockName",
    "ClockReading",
    "FulfilmentPlanned",
    "FulfilmentTask",
    "Line",
    "Score",
    "Sealed",
    "SlaAtRisk",
    "SlaBreached",
    "Status",
    "TaskCompleted",
    "TicketAssigned",
    "TicketCancelled",
    "TicketClosed",
    "TicketEvent",
    "TicketOpened",
    "TicketPaused",
    "TicketPriorityChanged",
    "TicketRated",
    "TicketReclassified",
    "TicketReopened",
    "TicketResolved",
    "TicketResumed",
    "TicketWorkStarted",
    "TimeLogged",
    "Value",
    "WaitingOn",
    "WorkedMinutes",
]
