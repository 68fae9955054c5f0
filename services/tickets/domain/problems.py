"""Problems: the incidents they are behind, their root cause, and the workaround meanwhile.

A problem with a workaround is a known error, and stays one until the workaround is withdrawn or
the problem ends. An incident has one problem behind it at most, whatever its status; only what
was cancelled is left alone.
"""

from contracts.tickets import (
    IncidentLinkedToProblem,
    IncidentUnlinkedFromProblem,
    KnownErrorRecorded,
    KnownErrorWithdrawn,
    RootCauseRecorded,
)
from services.tickets.commands import (
    LinkToProblem,
    RecordKnownError,
    RecordRootCause,
    UnlinkFromProblem,
    WithdrawKnownError,
)
from services.tickets.domain.ticket import KnownError, Ticket
from services.tickets.domain.turn import Events, Turn
from services.tickets.errors import (
    IncidentLinkedAlready,
    IncidentNotLinked,
    KnownErrorAbsent,
    NotAnIncident,
    NotAProblem,
    ProblemEnded,
    TicketNotOpen,
)

INCIDENTS = frozenset({"incident", "security-incident"})
"""Kinds behind which there may be a problem, and which may belong to a major incident."""


def link(turn: Turn, command: LinkToProblem) -> Events:
    """Raises `NotAnIncident`, `TicketNotOpen` or `IncidentLinkedAlready`."""
    incident = turn.ticket
    require_incident(incident)
    if incident.problem == command.problem:
        return ()
    if incident.problem is not None:
        raise IncidentLinkedAlready(problem=incident.problem)
    return (IncidentLinkedToProblem(**turn.told(), problem=command.problem),)


def unlink(turn: Turn, _: UnlinkFromProblem) -> Events:
    """Raises `IncidentNotLinked`."""
    problem = turn.ticket.problem
    if problem is None:
        raise IncidentNotLinked
    return (IncidentUnlinkedFromProblem(**turn.told(), problem=problem),)


def record_root_cause(turn: Turn, command: RecordRootCause) -> Events:
    """Raises `NotAProblem` or `ProblemEnded`."""
    require_open_problem(turn.ticket)
    if turn.ticket.root_cause == command.root_cause:
        return ()
    return (RootCauseRecorded(**turn.told(), root_cause=command.root_cause),)


def record_known_error(turn: Turn, command: RecordKnownError) -> Events:
    """Raises `NotAProblem` or `ProblemEnded`."""
    require_open_problem(turn.ticket)
    known = KnownError(summary=command.summary, workaround=command.workaround)
    if turn.ticket.known_error == known:
        return ()
    return (KnownErrorRecorded(**turn.told(), **known.model_dump()),)


def withdraw_known_error(turn: Turn, _: WithdrawKnownError) -> Events:
    """Raises `KnownErrorAbsent`."""
    withdrawn = withdrawal(turn)
    if not withdrawn:
        raise KnownErrorAbsent
    return withdrawn


def withdrawal(turn: Turn) -> Events:
    """What goes with the end of a problem: its workaround is no longer needed."""
    if turn.ticket.known_error is None:
        return ()
    return (KnownErrorWithdrawn(**turn.told()),)


def require_incident(ticket: Ticket) -> None:
    """Raises `NotAnIncident`, or `TicketNotOpen` for one that was cancelled."""
    if ticket.kind not in INCIDENTS:
        raise NotAnIncident(ticket_kind=ticket.kind)
    if ticket.status == "cancelled":
        raise TicketNotOpen(status=ticket.status)


def require_open_problem(problem: Ticket) -> None:
    """Raises `NotAProblem` or `ProblemEnded`."""
    if problem.kind != "problem":
        raise NotAProblem(ticket_kind=problem.kind)
    if not problem.is_open:
        raise ProblemEnded(problem=problem.ticket, status=problem.status)
