"""Examples of a change at Zevenaar, and of what the maintenance calendar holds."""

from datetime import UTC, datetime

from contracts import tickets
from contracts.documents.examples.example import Example
from contracts.registry import DomainEvent

_CHANGE = "CHG-2026-000007"
_WINDOW = "MNT-2026-000003"
_FREEZE = "FRZ-2026-000001"
_PLANNER = "person-1c8b7e6d5f40"
_APPROVER = "person-9a0b3c2d1e4f"


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def _change(when: str, version: int, event: DomainEvent) -> Example:
    return Example(when=when, aggregate=_CHANGE, version=version, event=event)


_TOLD = {"ticket": _CHANGE, "partner": "zevenaar"}

CHANGES = (
    _change(
        "somebody plans when a change is carried out, and how risky it is",
        3,
        tickets.ChangePlanned(
            occurred_at=_at(3, 9),
            change_type="normal",
            risk="medium",
            starts_at=_at(14, 7),
            ends_at=_at(14, 11),
            by=_PLANNER,
            **_TOLD,
        ),
    ),
    _change(
        "somebody else than the planner agrees to a change",
        4,
        tickets.ChangeApproved(occurred_at=_at(4, 9), by=_APPROVER, **_TOLD),
    ),
    _change(
        "somebody else than the planner does not agree to a change",
        4,
        tickets.ChangeRejected(
            occurred_at=_at(4, 9),
            by=_APPROVER,
            reason=tickets.Sealed(
                subject=_PLANNER, text="3q2+7wAAAAAAAAAAZm9ybiBvbiBhIGdvbGRlbiBzYW1wbGUu"
            ),
            **_TOLD,
        ),
    ),
    _change(
        "a change was carried out, however it went; it is resolved by it",
        6,
        tickets.ChangeImplemented(occurred_at=_at(14, 10), result="successful", **_TOLD),
    ),
    Example(
        when="a maintenance window is planned",
        aggregate=_WINDOW,
        version=1,
        event=tickets.MaintenancePlanned(
            occurred_at=_at(2, 9),
            window=_WINDOW,
            title="Patchweekend maart",
            description="Werkplekken en e-mail zijn kort niet bereikbaar.",
            partners=(),
            starts_at=_at(14, 6),
            ends_at=_at(15, 16),
        ),
    ),
    Example(
        when="the partners were told of a maintenance window",
        aggregate=_WINDOW,
        version=2,
        event=tickets.MaintenanceAnnounced(occurred_at=_at(5, 9), window=_WINDOW),
    ),
    Example(
        when="maintenance is done",
        aggregate=_WINDOW,
        version=3,
        event=tickets.MaintenanceCompleted(
            occurred_at=_at(15, 15), window=_WINDOW, as_planned=True
        ),
    ),
    Example(
        when="a maintenance window is called off",
        aggregate=_WINDOW,
        version=3,
        event=tickets.MaintenanceCancelled(occurred_at=_at(10, 9), window=_WINDOW),
    ),
    Example(
        when="nothing may change for a while but emergencies",
        aggregate=_FREEZE,
        version=1,
        event=tickets.ChangeFreezeDeclared(
            occurred_at=_at(2, 9),
            window=_FREEZE,
            title="Gemeenteraadsverkiezingen",
            partners=("zevenaar",),
            starts_at=_at(16, 6),
            ends_at=_at(20, 16),
        ),
    ),
    Example(
        when="a freeze ends before its time",
        aggregate=_FREEZE,
        version=2,
        event=tickets.ChangeFreezeLifted(occurred_at=_at(19, 9), window=_FREEZE),
    ),
)
