"""What each event makes of a ticket."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce, singledispatch
from typing import Any

from contracts.tickets import (
    AppliedNorm,
    ChangeApproved,
    ChangeImplemented,
    ChangePlanned,
    ChangeRejected,
    ClockCorrected,
    ClockName,
    FulfilmentPlanned,
    IncidentLinkedToProblem,
    IncidentUnlinkedFromProblem,
    KnownErrorRecorded,
    KnownErrorWithdrawn,
    PersonalDataErased,
    PersonalDataErasureRequested,
    RootCauseRecorded,
    SlaAtRisk,
    SlaBreached,
    TaskCompleted,
    TicketAssigned,
    TicketAttachedToMajorIncident,
    TicketCancelled,
    TicketClosed,
    TicketDetachedFromMajorIncident,
    TicketEvent,
    TicketOpened,
    TicketPaused,
    TicketPriorityChanged,
    TicketRated,
    TicketReclassified,
    TicketReopened,
    TicketResolved,
    TicketResumed,
    TicketWorkStarted,
    TimeLogged,
)
from services.tickets.domain.ticket.state import NOBODY, Change, KnownError, Ticket


def fold(events: Iterable[TicketEvent]) -> Ticket:
    """The ticket that these events, from its opening, have made."""
    first, *rest = events
    if not isinstance(first, TicketOpened):
        raise TypeError(f"a ticket begins with its opening, not with {first.event_name}")
    return reduce(evolve, rest, opened(first))


def opened(event: TicketOpened) -> Ticket:
    return Ticket(
        ticket=event.ticket,
        partner=event.partner,
        kind=event.kind,
        requester=event.requester,
        item=event.item,
        item_version=event.item_version,
        domain=event.domain,
        tier=event.tier,
        out_of_catalogue=event.out_of_catalogue,
        impact=event.impact,
        urgency=event.urgency,
        priority=event.priority,
        norm=event.norm,
        reopen_days=event.reopen_days,
        clock=event.clock,
        clock_at=event.occurred_at,
        opened_at=event.occurred_at,
        last_at=event.occurred_at,
    )


def evolve(ticket: Ticket, event: TicketEvent) -> Ticket:
    """The ticket after one more event."""
    changes = _changes(event, ticket)
    if (clock := getattr(event, "clock", None)) is not None:
        changes |= {"clock": clock, "clock_at": event.occurred_at}
    changes |= {"last_at": event.occurred_at, "version": ticket.version + 1}
    return ticket.model_copy(update=changes)


@singledispatch
def _changes(event: TicketEvent, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001  dispatched on
    raise TypeError(f"a ticket has no event {event.event_name}")


@_changes.register
def _(event: TicketAssigned, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"status": "assigned", "waiting_on": None, "team": event.team, "line": event.line}


@_changes.register(TicketWorkStarted)
@_changes.register(TicketResumed)
def _(event: TicketEvent, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"status": "in-progress", "waiting_on": None}


@_changes.register
def _(event: TicketPaused, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"status": "waiting", "waiting_on": event.waiting_on}


@_changes.register
def _(event: TicketPriorityChanged, ticket: Ticket) -> dict[str, Any]:
    return {
        "impact": event.impact,
        "urgency": event.urgency,
        "priority": event.priority,
        **_under(event.norm, ticket),
    }


@_changes.register
def _(event: TicketReclassified, ticket: Ticket) -> dict[str, Any]:
    return {
        "item": event.item,
        "item_version": event.item_version,
        "domain": event.domain,
        "tier": event.tier,
        "out_of_catalogue": event.out_of_catalogue,
        **_under(event.norm, ticket),
    }


@_changes.register
def _(event: TicketResolved, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"status": "resolved", "waiting_on": None, "resolved_at": event.occurred_at}


@_changes.register
def _(event: TicketClosed, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"status": "closed", "ended_at": event.occurred_at}


@_changes.register
def _(event: TicketReopened, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"status": "reopened", "resolved_at": None, "ended_at": None}


@_changes.register
def _(event: TicketCancelled, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"status": "cancelled", "waiting_on": None, "ended_at": event.occurred_at}


@_changes.register
def _(event: TimeLogged, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {}


@_changes.register
def _(event: TicketRated, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"rated": True, "comment": event.comment}


@_changes.register
def _(event: FulfilmentPlanned, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"tasks": event.tasks, "tasks_done": frozenset()}


@_changes.register
def _(event: TaskCompleted, ticket: Ticket) -> dict[str, Any]:
    return {"tasks_done": ticket.tasks_done | {event.task}}


@_changes.register
def _(event: ChangePlanned, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    decision = "approved" if event.change_type == "standard" else None
    return {"change": Change(change_type=event.change_type, by=event.by, decision=decision)}


@_changes.register(ChangeApproved)
@_changes.register(ChangeRejected)
def _(event: ChangeApproved | ChangeRejected, ticket: Ticket) -> dict[str, Any]:
    if ticket.change is None:
        return {}
    decision = "approved" if isinstance(event, ChangeApproved) else "rejected"
    return {"change": ticket.change.model_copy(update={"decision": decision})}


@_changes.register
def _(event: ChangeImplemented, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {}


@_changes.register
def _(event: IncidentLinkedToProblem, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"problem": event.problem}


@_changes.register
def _(event: IncidentUnlinkedFromProblem, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"problem": None}


@_changes.register
def _(event: RootCauseRecorded, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"root_cause": event.root_cause}


@_changes.register
def _(event: KnownErrorRecorded, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"known_error": KnownError(summary=event.summary, workaround=event.workaround)}


@_changes.register
def _(event: KnownErrorWithdrawn, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"known_error": None}


@_changes.register
def _(event: TicketAttachedToMajorIncident, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"major_incident": event.major_incident}


@_changes.register
def _(event: TicketDetachedFromMajorIncident, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"major_incident": None}


@_changes.register
def _(event: PersonalDataErasureRequested, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"erasure_requested": True}


@_changes.register
def _(event: PersonalDataErased, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    return {"requester": NOBODY, "comment": None, "erased": True}


@_changes.register
def _(event: ClockCorrected, ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001
    after = event.after
    warned = (after.response_at_risk_at, after.resolution_at_risk_at)
    breached = (after.response_breached_at, after.resolution_breached_at)
    return {"norm": after.norm, "at_risk": _said(*warned), "breached": _said(*breached)}


def _said(response: datetime | None, resolution: datetime | None) -> frozenset[ClockName]:
    """The clocks of which something was said, by the moments at which it was."""
    told: dict[ClockName, datetime | None] = {"response": response, "resolution": resolution}
    return frozenset(name for name, moment in told.items() if moment is not None)


@_changes.register
def _(event: SlaAtRisk, ticket: Ticket) -> dict[str, Any]:
    return {"at_risk": ticket.at_risk | {event.clock_name}}


@_changes.register
def _(event: SlaBreached, ticket: Ticket) -> dict[str, Any]:
    return {"breached": ticket.breached | {event.clock_name}}


def _under(norm: AppliedNorm | None, ticket: Ticket) -> dict[str, Any]:
    """A norm that takes over is warned of and breached anew, but for a response already given."""
    if norm == ticket.norm:
        return {}
    settled = frozenset[ClockName]() if ticket.clock.responded_at is None else {"response"}
    return {
        "norm": norm,
        "at_risk": ticket.at_risk & settled,
        "breached": ticket.breached & settled,
    }
