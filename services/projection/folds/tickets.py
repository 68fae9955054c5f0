"""Tickets: where each stands, and what its clock last showed."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.projection.models import Ticket
from services.projection.recorded import Recorded

_NO_NORM: dict[str, Any] = {
    "response_minutes": None,
    "resolution_minutes": None,
    "target_percentage": None,
    "norm_source": None,
    "agreement": None,
    "calendar": None,
    "calendar_version": None,
    "pauses_on_supplier": None,
}


def opened(_: None, event: Recorded) -> Ticket:
    data = event.data
    clock = data["clock"]
    return Ticket(
        ticket=event.aggregate,
        version=event.version,
        partner=data["partner"],
        kind=data["kind"],
        status="new",
        priority=data["priority"],
        impact=data["impact"],
        urgency=data["urgency"],
        item=data["item"],
        item_version=data["item_version"],
        domain=data["domain"],
        tier=data["tier"],
        out_of_catalogue=data["out_of_catalogue"],
        channel=data["channel"],
        team=None,
        line=None,
        waiting_on=None,
        requester=data["requester"],
        opened_at=event.occurred_at,
        responded_at=moment(clock["responded_at"]),
        resolved_at=None,
        closed_at=None,
        cancelled_at=None,
        response_due=moment(clock["response_due"]),
        resolution_due=moment(clock["resolution_due"]),
        **norm_of(data["norm"]),
        response_seconds=clock["response_seconds"],
        resolution_seconds=clock["resolution_seconds"],
        paused_at=event.occurred_at if clock["paused"] else None,
        response_at_risk_at=None,
        resolution_at_risk_at=None,
        response_breached_at=None,
        resolution_breached_at=None,
        within_response=None,
        within_resolution=None,
        reopened=0,
        reassignments=0,
        external=data.get("external"),
        generated=data.get("generated", False),
        minutes=0,
        billable_minutes=0,
        quality=None,
        speed=None,
        communication=None,
        tasks=[],
        change={},
        problem=None,
        major_incident=None,
        root_cause=None,
        known_error=None,
        workaround=None,
        known_since=None,
        erased_at=None,
        updated_at=event.occurred_at,
    )


def assigned(row: Ticket, event: Recorded) -> Ticket:
    """The first assignment is none that was changed."""
    return row._replace(
        **_read(row, event),
        status="assigned",
        waiting_on=None,
        team=event.data["team"],
        line=event.data["line"],
        reassignments=row.reassignments + (row.team is not None),
    )


def work_started(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_read(row, event), status="in-progress", waiting_on=None)


def paused(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_read(row, event), status="waiting", waiting_on=event.data["waiting_on"])


def resumed(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_read(row, event), status="in-progress", waiting_on=None)


def priority_changed(row: Ticket, event: Recorded) -> Ticket:
    data = event.data
    return row._replace(
        **_read(row, event),
        **_under(row, data["norm"]),
        priority=data["priority"],
        impact=data["impact"],
        urgency=data["urgency"],
    )


def reclassified(row: Ticket, event: Recorded) -> Ticket:
    data = event.data
    return row._replace(
        **_read(row, event),
        **_under(row, data["norm"]),
        item=data["item"],
        item_version=data["item_version"],
        domain=data["domain"],
        tier=data["tier"],
        out_of_catalogue=data["out_of_catalogue"],
    )


def resolved(row: Ticket, event: Recorded) -> Ticket:
    changes = _read(row, event) | _judgement(event)
    return row._replace(
        **changes, status="resolved", waiting_on=None, resolved_at=event.occurred_at
    )


def closed(row: Ticket, event: Recorded) -> Ticket:
    changes = _read(row, event) | _judgement(event)
    return row._replace(**changes, status="closed", closed_at=event.occurred_at)


def reopened(row: Ticket, event: Recorded) -> Ticket:
    """Whether it is resolved within its norm is open again; the response stays as it was."""
    return row._replace(
        **_read(row, event),
        status="reopened",
        resolved_at=None,
        closed_at=None,
        within_resolution=None,
        reopened=row.reopened + 1,
    )


def cancelled(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(
        **_read(row, event), status="cancelled", waiting_on=None, cancelled_at=event.occurred_at
    )


def time_logged(row: Ticket, event: Recorded) -> Ticket:
    minutes = event.data["minutes"]
    billable = minutes if event.data["billable"] else 0
    return row._replace(
        **_told(event),
        minutes=row.minutes + minutes,
        billable_minutes=row.billable_minutes + billable,
    )


def rated(row: Ticket, event: Recorded) -> Ticket:
    scores = {name: event.data[name] for name in ("quality", "speed", "communication")}
    return row._replace(**_told(event), **scores)


def fulfilment_planned(row: Ticket, event: Recorded) -> Ticket:
    tasks = [{**task, "done_at": None} for task in event.data["tasks"]]
    return row._replace(**_told(event), tasks=tasks)


def task_completed(row: Ticket, event: Recorded) -> Ticket:
    done = {"done_at": event.data["occurred_at"]}
    tasks = [{**task, **done} if task["task"] == event.data["task"] else task for task in row.tasks]
    return row._replace(**_read(row, event), tasks=tasks)


def change_planned(row: Ticket, event: Recorded) -> Ticket:
    """A standard change is approved beforehand."""
    data = event.data
    plan = {name: data[name] for name in ("change_type", "risk", "starts_at", "ends_at")}
    decision = "approved" if data["change_type"] == "standard" else None
    change = {**plan, "decision": decision, "decided_at": None, "result": None}
    return row._replace(**_told(event), change=change)


def change_approved(row: Ticket, event: Recorded) -> Ticket:
    return _decided(row, event, "approved")


def change_rejected(row: Ticket, event: Recorded) -> Ticket:
    return _decided(row, event, "rejected")


def change_implemented(row: Ticket, event: Recorded) -> Ticket:
    return row._replace(**_told(event), change={**row.change, "result": event.data["result"]})


def _decided(row: Ticket, event: Recorded, decision: str) -> Ticket:
    decided = {"decision": decision, "decided_at": event.data["occurred_at"]}
    return row._replace(**_told(event), change={**row.change, **decided})


def at_risk(row: Ticket, event: Recorded) -> Ticket:
    at = event.occurred_at
    told = row._replace(**_told(event))
    if event.data["clock_name"] == "response":
        return told._replace(response_at_risk_at=at)
    return told._replace(resolution_at_risk_at=at)


def breached(row: Ticket, event: Recorded) -> Ticket:
    at = event.occurred_at
    told = row._replace(**_told(event))
    if event.data["clock_name"] == "response":
        return told._replace(response_breached_at=at)
    return told._replace(resolution_breached_at=at)


def _told(event: Recorded) -> dict[str, Any]:
    """What changes with every event."""
    return {"version": event.version, "updated_at": event.occurred_at}


def _read(row: Ticket, event: Recorded) -> dict[str, Any]:
    """What changes with every event that reads the clock."""
    clock = event.data["clock"]
    changes = {
        **_told(event),
        "response_due": moment(clock["response_due"]),
        "resolution_due": moment(clock["resolution_due"]),
        "response_seconds": clock["response_seconds"],
        "resolution_seconds": clock["resolution_seconds"],
        "paused_at": (row.paused_at or event.occurred_at) if clock["paused"] else None,
    }
    if row.responded_at is None and (responded_at := moment(clock["responded_at"])):
        changes["responded_at"] = responded_at
        if changes["response_due"]:
            changes["within_response"] = row.response_breached_at is None
    return changes


def _judgement(event: Recorded) -> dict[str, Any]:
    return {
        "within_response": event.data["within_response"],
        "within_resolution": event.data["within_resolution"],
    }


def _under(row: Ticket, norm: Mapping[str, Any] | None) -> dict[str, Any]:
    """A norm that takes over is warned of and breached anew, but for a response already given."""
    changes = norm_of(norm)
    if any(getattr(row, name) != value for name, value in changes.items()):
        changes = changes | {"resolution_at_risk_at": None, "resolution_breached_at": None}
        if row.responded_at is None:
            changes |= {"response_at_risk_at": None, "response_breached_at": None}
    return changes


def norm_of(norm: Mapping[str, Any] | None) -> dict[str, Any]:
    if norm is None:
        return _NO_NORM
    return {
        "response_minutes": norm["response_minutes"],
        "resolution_minutes": norm["resolution_minutes"],
        "target_percentage": Decimal(norm["target_percentage"]),
        "norm_source": norm["source"],
        "agreement": norm.get("agreement"),
        "calendar": norm["calendar"],
        "calendar_version": norm["calendar_version"],
        "pauses_on_supplier": norm["pauses_on_supplier"],
    }


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
