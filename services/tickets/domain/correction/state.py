"""A correction from the moment it is proposed until it is carried out or dropped."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce, singledispatch
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from contracts.tickets import (
    CorrectedSubject,
    CorrectionAccepted,
    CorrectionCompleted,
    CorrectionDropped,
    CorrectionEvent,
    CorrectionPreviewed,
    CorrectionProposed,
    CorrectionTotals,
)
from services.tickets.commands import AcceptCorrection, DropCorrection
from services.tickets.domain.calendar import whole_second
from services.tickets.errors import CorrectionNotReady, CorrectionSettled, CorrectionStale

CorrectionStatus = Literal["proposed", "previewed", "accepted", "completed", "dropped"]
UNDECIDED: frozenset[CorrectionStatus] = frozenset({"proposed", "previewed"})


class Correction(BaseModel):
    """The state. `totals` are those of the last preview, or of what was accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    correction: str
    subject: CorrectedSubject
    reason: str
    proposed_at: datetime
    status: CorrectionStatus = "proposed"
    totals: CorrectionTotals | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision_reason: str | None = None
    corrected: int | None = None
    version: int = 1


def propose(
    subject: CorrectedSubject, reason: str, number: str, now: datetime
) -> CorrectionProposed:
    """What was put right in the catalogue, to be worked out for the tickets."""
    return CorrectionProposed(
        occurred_at=whole_second(now), correction=number, **subject.model_dump(), reason=reason
    )


def preview(
    correction: Correction, totals: CorrectionTotals, now: datetime
) -> tuple[CorrectionPreviewed, ...]:
    """Also when nothing in the totals differs: single tickets may."""
    at = whole_second(now)
    told = CorrectionPreviewed(occurred_at=at, correction=correction.correction, totals=totals)
    return (told,)


def require_ready(correction: Correction) -> None:
    """Raises `CorrectionSettled` or `CorrectionNotReady` where there is no preview to act on."""
    require_undecided(correction)
    if correction.status != "previewed":
        raise CorrectionNotReady(status=correction.status)


def require_undecided(correction: Correction) -> None:
    """Raises `CorrectionSettled`."""
    if correction.status not in UNDECIDED:
        raise CorrectionSettled(status=correction.status)


def accept(
    correction: Correction, command: AcceptCorrection, moved: int, now: datetime, by: str
) -> tuple[CorrectionAccepted, ...]:
    """`moved`: tickets that have gone on since the preview. Raises `CorrectionStale` for any."""
    require_ready(correction)
    if moved or correction.totals is None:
        raise CorrectionStale(moved=moved)
    accepted = CorrectionAccepted(
        occurred_at=whole_second(now),
        correction=correction.correction,
        reason=command.reason,
        by=by,
        totals=correction.totals,
    )
    return (accepted,)


def drop(
    correction: Correction, command: DropCorrection, now: datetime, by: str
) -> tuple[CorrectionDropped, ...]:
    require_undecided(correction)
    dropped = CorrectionDropped(
        occurred_at=whole_second(now),
        correction=correction.correction,
        reason=command.reason,
        by=by,
    )
    return (dropped,)


def complete(
    correction: Correction, corrected: int, now: datetime
) -> tuple[CorrectionCompleted, ...]:
    done = CorrectionCompleted(
        occurred_at=whole_second(now), correction=correction.correction, corrected=corrected
    )
    return (done,)


def fold(events: Iterable[CorrectionEvent]) -> Correction:
    """The correction that these events, from its proposal, have made."""
    first, *rest = events
    if not isinstance(first, CorrectionProposed):
        raise TypeError(f"a correction begins with its proposal, not with {first.event_name}")
    return reduce(evolve, rest, proposed(first))


def proposed(event: CorrectionProposed) -> Correction:
    return Correction(
        correction=event.correction,
        subject=CorrectedSubject.model_validate(event.model_dump()),
        reason=event.reason,
        proposed_at=event.occurred_at,
    )


def evolve(correction: Correction, event: CorrectionEvent) -> Correction:
    """The correction after one more event."""
    changes = _changes(event) | {"version": correction.version + 1}
    return correction.model_copy(update=changes)


@singledispatch
def _changes(event: CorrectionEvent) -> dict[str, Any]:
    raise TypeError(f"a correction has no event {event.event_name}")


@_changes.register
def _(event: CorrectionPreviewed) -> dict[str, Any]:
    return {"status": "previewed", "totals": event.totals}


@_changes.register
def _(event: CorrectionAccepted) -> dict[str, Any]:
    return {"status": "accepted", "totals": event.totals, **_decided(event)}


@_changes.register
def _(event: CorrectionDropped) -> dict[str, Any]:
    return {"status": "dropped", **_decided(event)}


@_changes.register
def _(event: CorrectionCompleted) -> dict[str, Any]:
    return {"status": "completed", "corrected": event.corrected}


def _decided(event: CorrectionAccepted | CorrectionDropped) -> dict[str, Any]:
    return {
        "decided_at": event.occurred_at,
        "decided_by": event.by,
        "decision_reason": event.reason,
    }
