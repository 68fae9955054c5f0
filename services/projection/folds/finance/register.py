"""The risk register with all that it was, reserves, and resilience as it was assessed."""

from datetime import UTC, date

from services.projection.finance_position_rows import Reserve, Resilience, Risk
from services.projection.recorded import Recorded


def risk_told(row: Risk | None, event: Recorded) -> Risk:
    """Registered, or changed."""
    entry = {
        "version": event.version,
        "occurred_at": _utc(event),
        "content": event.data["content"],
        "closed_on": None,
        "reason": None,
    }
    return Risk(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        risk=event.data["risk"],
        history=[*(row.history if row else ()), entry],
    )


def risk_closed(row: Risk, event: Recorded) -> Risk:
    entry = {
        **row.history[-1],
        "version": event.version,
        "occurred_at": _utc(event),
        "closed_on": event.data["closed_on"],
        "reason": event.data["reason"],
    }
    return row._replace(
        version=event.version, stream_sequence=event.sequence, history=[*row.history, entry]
    )


def reserve_set(row: Reserve | None, event: Recorded) -> Reserve:
    data = event.data
    added = {
        "version": event.version,
        **{name: data[name] for name in ("valid_from", "name", "amount")},
    }
    return Reserve(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        reserve=data["reserve"],
        amounts=[*(row.amounts if row else ()), added],
    )


def assessed(row: Resilience | None, event: Recorded) -> Resilience:
    told = {name: value for name, value in event.data.items() if name not in ("on", "occurred_at")}
    added = {
        **told,
        "assessed_at": _utc(event),
        "version": event.version,
    }
    return Resilience(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        reference_date=date.fromisoformat(event.data["on"]),
        assessments=[*(row.assessments if row else ()), added],
    )


def _utc(event: Recorded) -> str:
    """When it happened, as text; a history that was played in tells it in Dutch time."""
    return event.occurred_at.astimezone(UTC).isoformat()
