"""What is asked of tickets: clear text, how clocks ran, what became of people's data."""

from services.tickets.views.corrections import (
    CorrectionOf,
    CorrectionsOf,
    CorrectionTicketsOf,
    correction,
    correction_tickets,
    corrections,
)
from services.tickets.views.privacy import (
    ErasureOf,
    ErasurePage,
    PersonOf,
    erasure,
    erasures,
    person,
)
from services.tickets.views.processing import ProcessingLogOf, processing_log
from services.tickets.views.tickets import ClockOf, TextsOf, clock, texts

__all__ = [
    "ClockOf",
    "CorrectionOf",
    "CorrectionTicketsOf",
    "CorrectionsOf",
    "ErasureOf",
    "ErasurePage",
    "PersonOf",
    "ProcessingLogOf",
    "TextsOf",
    "clock",
    "correction",
    "correction_tickets",
    "corrections",
    "erasure",
    "erasures",
    "person",
    "processing_log",
    "texts",
]
