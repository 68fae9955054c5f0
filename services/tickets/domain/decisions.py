"""What a command does to a ticket: the events that follow from it, or an error.

Before anything else the clock catches up: warnings and breaches whose moment has passed are told
first, at their true moments, also when nobody was there to tell them then.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from contracts.tickets import (
    AppliedNorm,
    ClockReading,
    Sealed,
    TicketAssigned,
    TicketCancelled,
    TicketPaused,
    TicketPriorityChanged,
    TicketReclassified,
    TicketReopened,
    TicketResumed,
    TicketWorkStarted,
)
from services.tickets.commands import (
    ApproveChange,
    AssignTicket,
    AttachToMajorIncident,
    CancelTicket,
    ChangePriority,
    CloseTicket,
    CompleteTask,
    DetachFromMajorIncident,
    ImplementChange,
    LinkToProblem,
    LogTime,
    PauseTicket,
    PlanChange,
    RateTicket,
    ReclassifyTicket,
    RecordKnownError,
    RecordRootCause,
    RejectChange,
    ReopenTicket,
    ResolveTicket,
    ResumeTicket,
    StartWork,
    TicketCommand,
    UnlinkFromProblem,
    WithdrawKnownError,
)
from services.tickets.domain import changes, clock, fulfilment, major_incidents, problems, work
from services.tickets.domain.calendar import business_date, whole_second
from services.tickets.domain.moves import Entry, Move, require_move
from services.tickets.domain.norms import Subject, norm_on, subject_of, subject_on
from services.tickets.domain.passing import closing
from services.tickets.domain.resolving import resolving
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve
from services.tickets.domain.turn import Events, Turn
from services.tickets.errors import MomentTooEarly, ReopenTooLate


def decide(
    ticket: Ticket,
    command: TicketCommand,
    now: datetime,
    rules: Rules,
    sealed: Sealed | None = None,
    *,
    actor: str = "",
) -> Events:
    """The events that follow from a command to a ticket; none where it asks what already is so.

    `sealed` is the command's free text, `actor` the pseudonym of who orders.
    Raises `MomentTooEarly`, `MoveIllegal` and whatever the decision itself refuses.
    """
    at = whole_second(now)
    if at < ticket.last_at:
        raise MomentTooEarly(at=at.isoformat(), last=ticket.last_at.isoformat())
    before = clock.overdue(ticket, at, rules.hours(ticket.norm))
    turn = Turn(_after(ticket, before), at, rules, sealed, actor)
    decided = _decided(turn, command)
    after: Events = ()
    if decided and isinstance(command, OTHER_NORM):
        after = _overrun(_after(turn.ticket, decided), at, rules)
    return (*before, *decided, *after)


def _decided(turn: Turn, command: TicketCommand) -> Events:
    if (entry := ENTRIES.get(type(command))) is not None:
        return entry[1](turn, command)
    move, decision = DECISIONS[type(command)]
    require_move(turn.ticket.status, move)
    return decision(turn, command)


def _assign(turn: Turn, command: AssignTicket) -> Events:
    ticket = turn.ticket
    waiting_on = ticket.waiting_on
    if (ticket.team, ticket.line) == (command.team, command.line) and ticket.status != "reopened":
        return ()
    reading = clock.resumed(ticket, turn.read(), turn.at, turn.hours)
    assigned = TicketAssigned(**turn.told(), team=command.team, line=command.line, clock=reading)
    if waiting_on is None:
        return (assigned,)
    held = clock.paused(ticket, reading, waiting_on)
    return assigned, TicketPaused(**turn.told(), waiting_on=waiting_on, clock=held)


def _start(turn: Turn, _: StartWork) -> Events:
    changes.require_startable(turn)
    return (TicketWorkStarted(**turn.told(), clock=clock.answered(turn.read(), turn.at)),)


def _pause(turn: Turn, command: PauseTicket) -> Events:
    ticket, waiting_on = turn.ticket, command.waiting_on
    if ticket.waiting_on == waiting_on:
        return ()
    reading = turn.read()
    if ticket.clock.paused and not clock.pauses(ticket.norm, waiting_on):
        reading = clock.resumed(ticket, reading, turn.at, turn.hours)
    reading = clock.paused(ticket, reading, waiting_on)
    return (TicketPaused(**turn.told(), waiting_on=waiting_on, clock=reading),)


def _resume(turn: Turn, _: ResumeTicket) -> Events:
    reading = clock.resumed(turn.ticket, turn.read(), turn.at, turn.hours)
    return (TicketResumed(**turn.told(), clock=reading),)


def _prioritise(turn: Turn, command: ChangePriority) -> Events:
    ticket = turn.ticket
    priority = turn.rules.priority(command.impact, command.urgency)
    if (ticket.impact, ticket.urgency) == (command.impact, command.urgency):
        return ()
    norm = ticket.norm
    if priority != ticket.priority:
        norm = _norm_for(turn, subject_of(ticket), priority)
    event = TicketPriorityChanged(
        **turn.told(),
        impact=command.impact,
        urgency=command.urgency,
        priority=priority,
        norm=norm,
        clock=_under(turn, norm),
    )
    return (event,)


def _reclassify(turn: Turn, command: ReclassifyTicket) -> Events:
    ticket = turn.ticket
    domain = command.domain or ticket.domain
    if command.item == ticket.item and (command.item or domain == ticket.domain):
        return ()
    subject = subject_on(turn.rules.catalogue, ticket.partner, command.item, domain, turn.day)
    norm = _norm_for(turn, subject, ticket.priority)
    event = TicketReclassified(**turn.told(), **subject.told(), norm=norm, clock=_under(turn, norm))
    return event, *fulfilment.planned_anew(evolve(ticket, event), turn.at, turn.rules)


def _resolve(turn: Turn, _: ResolveTicket) -> Events:
    fulfilment.require_done(turn.ticket)
    changes.require_implemented(turn)
    return *problems.withdrawal(turn), resolving(turn)


def _close(turn: Turn, _: CloseTicket) -> Events:
    return (closing(turn.ticket, turn.at, automatic=False),)


def _reopen(turn: Turn, _: ReopenTicket) -> Events:
    ticket = turn.ticket
    if ticket.resolved_at is not None:
        until = business_date(ticket.resolved_at) + timedelta(days=ticket.reopen_days)
        if turn.day > until:
            raise ReopenTooLate(days=ticket.reopen_days, until=until.isoformat())
    reading = clock.resumed(ticket, turn.read(), turn.at, turn.hours)
    return (TicketReopened(**turn.told(), reason=turn.reason(), clock=reading),)


def _cancel(turn: Turn, _: CancelTicket) -> Events:
    reading = clock.stopped(turn.read())
    cancelled = TicketCancelled(**turn.told(), reason=turn.reason(), clock=reading)
    return *problems.withdrawal(turn), cancelled


DECISIONS: dict[type[TicketCommand], tuple[Move, Callable[[Turn, Any], Events]]] = {
    AssignTicket: ("assign", _assign),
    StartWork: ("start", _start),
    PauseTicket: ("pause", _pause),
    ResumeTicket: ("resume", _resume),
    ChangePriority: ("prioritise", _prioritise),
    ReclassifyTicket: ("reclassify", _reclassify),
    ResolveTicket: ("resolve", _resolve),
    CloseTicket: ("close", _close),
    ReopenTicket: ("reopen", _reopen),
    CancelTicket: ("cancel", _cancel),
}


ENTRIES: dict[type[TicketCommand], tuple[Entry, Callable[[Turn, Any], Events]]] = {
    LogTime: ("log-time", work.log_time),
    RateTicket: ("rate", work.rate),
    CompleteTask: ("complete-task", fulfilment.complete),
    PlanChange: ("plan-change", changes.plan),
    ApproveChange: ("approve-change", changes.approve),
    RejectChange: ("reject-change", changes.reject),
    ImplementChange: ("implement-change", changes.implement),
    LinkToProblem: ("link-to-problem", problems.link),
    UnlinkFromProblem: ("unlink-from-problem", problems.unlink),
    RecordRootCause: ("record-root-cause", problems.record_root_cause),
    RecordKnownError: ("record-known-error", problems.record_known_error),
    WithdrawKnownError: ("withdraw-known-error", problems.withdraw_known_error),
    AttachToMajorIncident: ("attach-to-major-incident", major_incidents.attach),
    DetachFromMajorIncident: ("detach-from-major-incident", major_incidents.detach),
}
"""What may be added to a ticket without it being a move; each says itself when it may."""


OTHER_NORM = (ChangePriority, ReclassifyTicket)
"""After these another norm may hold; nothing else makes a clock later than it was."""


def move_of(command: TicketCommand) -> Move | Entry:
    """What the command does, by name."""
    return (ENTRIES.get(type(command)) or DECISIONS[type(command)])[0]


def _after(ticket: Ticket, events: Events) -> Ticket:
    return reduce(evolve, events, ticket)


def _overrun(ticket: Ticket, at: datetime, rules: Rules) -> Events:
    """A norm that took over may be at risk or breached by the time that was already used."""
    return clock.overdue(ticket, at, rules.hours(ticket.norm))


def _norm_for(turn: Turn, subject: Subject, priority: int) -> AppliedNorm | None:
    ticket = turn.ticket
    catalogue = turn.rules.catalogue
    return norm_on(catalogue, ticket.partner, subject, ticket.kind, priority, turn.day)


def _under(turn: Turn, norm: AppliedNorm | None) -> ClockReading:
    """The reading under the norm that applies from now on, which may be the present one."""
    reading = turn.read()
    if norm == turn.ticket.norm:
        return reading
    hours = turn.rules.hours(norm)
    return clock.under(reading, norm, turn.at, hours, waiting_on=turn.ticket.waiting_on)
