"""Examples of a correction: a norm of eight hours should have been sixteen."""

from datetime import UTC, date, datetime
from decimal import Decimal

from contracts import tickets
from contracts.documents.examples.example import Example
from contracts.registry import DomainEvent

_CORRECTION = "COR-2026-000001"
_TICKET = "INC-2026-000123"
_DECIDER = "person-7d2e4f6a8b0c"
_REASON = "Ingevoerd als acht uur, afgesproken is zestien uur"


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 4, day, hour, minute, tzinfo=UTC)


def _example(when: str, version: int, event: DomainEvent) -> Example:
    return Example(when=when, aggregate=_CORRECTION, version=version, event=event)


_TOTALS = tickets.CorrectionTotals(
    concerned=318,
    changed=318,
    response_before=tickets.Kept(counted=310, within=287),
    response_after=tickets.Kept(counted=310, within=287),
    resolution_before=tickets.Kept(counted=291, within=238),
    resolution_after=tickets.Kept(counted=291, within=266),
)
_WRONG = tickets.AppliedNorm(
    source="item",
    response_minutes=60,
    resolution_minutes=480,
    calendar="office-hours",
    calendar_version=1,
    target_percentage=Decimal("90.00"),
    pauses_on_supplier=False,
)
_RIGHT = _WRONG.model_copy(update={"resolution_minutes": 960})
_READ = tickets.ClockReading(
    response_seconds=1800,
    resolution_seconds=32_400,
    response_due=_at(2, 9, 12),
    resolution_due=_at(3, 8, 12),
    responded_at=_at(2, 8, 42),
)
_BEFORE = tickets.Standing(
    norm=_WRONG,
    clock=_READ,
    paused_at=None,
    response_at_risk_at=None,
    resolution_at_risk_at=_at(2, 14, 12),
    response_breached_at=None,
    resolution_breached_at=_at(3, 8, 12),
    within_response=True,
    within_resolution=False,
)
_AFTER = tickets.Standing(
    norm=_RIGHT,
    clock=_READ.model_copy(update={"resolution_due": _at(6, 7, 12)}),
    paused_at=None,
    response_at_risk_at=None,
    resolution_at_risk_at=None,
    response_breached_at=None,
    resolution_breached_at=None,
    within_response=True,
    within_resolution=True,
)

CORRECTIONS = (
    _example(
        "the catalogue was put right with effect in the past",
        1,
        tickets.CorrectionProposed(
            occurred_at=_at(28, 9),
            correction=_CORRECTION,
            corrects="service-level",
            domain="ict",
            item="ICT-WP-01",
            kind="incident",
            priority=3,
            valid_from=date(2026, 1, 1),
            reason=_REASON,
        ),
    ),
    _example(
        "it was worked out, ticket by ticket, what a correction changes",
        2,
        tickets.CorrectionPreviewed(
            occurred_at=_at(28, 9, 2), correction=_CORRECTION, totals=_TOTALS
        ),
    ),
    _example(
        "somebody decides that clocks are put right",
        3,
        tickets.CorrectionAccepted(
            occurred_at=_at(29, 8),
            correction=_CORRECTION,
            reason="Besproken met de deelnemers in het contractoverleg",
            by=_DECIDER,
            totals=_TOTALS,
        ),
    ),
    Example(
        when="a correction was accepted, for each ticket whose norm it replaces",
        aggregate=_TICKET,
        version=9,
        event=tickets.ClockCorrected(
            occurred_at=_at(29, 8),
            ticket=_TICKET,
            partner="zevenaar",
            correction=_CORRECTION,
            reason=_REASON,
            before=_BEFORE,
            after=_AFTER,
            norms=(tickets.NormSince(version=1, norm=_RIGHT),),
        ),
    ),
    _example(
        "the clock of every ticket that a correction concerns was put right",
        4,
        tickets.CorrectionCompleted(
            occurred_at=_at(29, 8, 1), correction=_CORRECTION, corrected=318
        ),
    ),
    _example(
        "somebody decides that tickets keep the clocks that they have",
        3,
        tickets.CorrectionDropped(
            occurred_at=_at(29, 8),
            correction=_CORRECTION,
            reason="Het verschil is met de deelnemers verrekend",
            by=_DECIDER,
        ),
    ),
)
