"""Changes: planned with a risk and a window, approved by a second person, told how they went.

A standard change is approved beforehand; only an emergency is planned into, or started in, a
freeze. What was played in from elsewhere was planned and approved there.
"""

from datetime import datetime

from contracts.tickets import ChangeApproved, ChangeImplemented, ChangePlanned, ChangeRejected
from services.tickets.commands import ApproveChange, ImplementChange, PlanChange, RejectChange
from services.tickets.domain.calendar import whole_second
from services.tickets.domain.resolving import resolving
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.turn import Events, Turn
from services.tickets.domain.windows import require_ahead
from services.tickets.errors import (
    ChangeApproverPlanner,
    ChangeDecided,
    ChangeFrozen,
    ChangeNotApproved,
    ChangeNotImplemented,
    ChangeNotPlanned,
    NotAChange,
    TicketNotOpen,
)


def plan(turn: Turn, command: PlanChange) -> Events:
    """Raises `WindowInvalid`, or `ChangeFrozen` for a window that touches a freeze."""
    _require_open_change(turn.ticket)
    starts_at, ends_at = whole_second(command.starts_at), whole_second(command.ends_at)
    require_ahead(starts_at, ends_at, turn.at)
    if command.change_type != "emergency":
        _require_no_freeze(turn, starts_at, ends_at)
    planned = ChangePlanned(
        **turn.told(),
        change_type=command.change_type,
        risk=command.risk,
        starts_at=starts_at,
        ends_at=ends_at,
        by=turn.actor,
    )
    return (planned,)


def approve(turn: Turn, _: ApproveChange) -> Events:
    """Raises `ChangeNotPlanned`, `ChangeDecided` or `ChangeApproverPlanner`."""
    _require_undecided(turn)
    return (ChangeApproved(**turn.told(), by=turn.actor),)


def reject(turn: Turn, _: RejectChange) -> Events:
    """Raises what `approve` raises."""
    _require_undecided(turn)
    return (ChangeRejected(**turn.told(), by=turn.actor, reason=turn.reason()),)


def implement(turn: Turn, command: ImplementChange) -> Events:
    """Raises `ChangeNotApproved`. Carrying it out resolves it."""
    _require_open_change(turn.ticket)
    require_approved(turn)
    done = ChangeImplemented(**turn.told(), result=command.result)
    return done, resolving(turn)


def require_startable(turn: Turn) -> None:
    """Raises `ChangeNotApproved`, or `ChangeFrozen` for what is no emergency."""
    if turn.ticket.kind != "change" or not turn.rules.plans:
        return
    require_approved(turn)
    if turn.ticket.change is not None and turn.ticket.change.change_type != "emergency":
        _require_no_freeze(turn, turn.at, turn.at)


def require_approved(turn: Turn) -> None:
    """Raises `ChangeNotApproved`."""
    change = turn.ticket.change
    if change is None or change.decision != "approved":
        raise ChangeNotApproved


def require_implemented(turn: Turn) -> None:
    """Raises `ChangeNotImplemented`: a change is resolved by its result."""
    if turn.ticket.kind == "change" and turn.rules.plans:
        raise ChangeNotImplemented


def _require_open_change(ticket: Ticket) -> None:
    if ticket.kind != "change":
        raise NotAChange(ticket_kind=ticket.kind)
    if not ticket.is_open:
        raise TicketNotOpen(status=ticket.status)


def _require_undecided(turn: Turn) -> None:
    _require_open_change(turn.ticket)
    change = turn.ticket.change
    if change is None:
        raise ChangeNotPlanned
    if change.decision is not None:
        raise ChangeDecided(decision=change.decision)
    if change.by == turn.actor:
        raise ChangeApproverPlanner


def _require_no_freeze(turn: Turn, starts_at: datetime, ends_at: datetime) -> None:
    freeze = turn.rules.freeze(turn.ticket.partner, starts_at, ends_at)
    if freeze is not None:
        raise ChangeFrozen(freeze=freeze.window, until=freeze.ends_at.isoformat())
