"""Who may do what with which ticket.

The gateway decides by role and route; here the partner scope is held to once more, and a user,
who is there for their own tickets only, is kept to those.
"""

from chassis.command import Context
from contracts.tickets import WaitingOn
from services.tickets.domain.moves import OF_USERS, Entry, Move
from services.tickets.errors import (
    CorrectionKeeperRequired,
    KindForbidden,
    MoveForbidden,
    OperatorOnly,
    PrivacyOfficerOnly,
    RequesterNotSelf,
    TicketUnknown,
)

USER = "user"
OPERATOR = "operator"
CENTRE = frozenset({"agent", "controller", OPERATOR})
PRIVACY = frozenset({"privacy-officer", OPERATOR})
KEEPERS = frozenset({"catalogue-manager", OPERATOR})
OF_CENTRE = frozenset({"change", "problem"})
"""Kinds that the service centre opens itself; partners ask for what leads to them."""


def sees(context: Context, partner: str, requester: str) -> bool:
    """Whether the caller may know of this ticket."""
    if not context.sees(partner):
        return False
    return not _is_only_user(context) or requester == context.actor


def require_sight(context: Context, partner: str, requester: str) -> None:
    """Raises `TicketUnknown`: what one may not know of, is not there."""
    if not sees(context, partner, requester):
        raise TicketUnknown


def require_requester(context: Context, requester: str) -> None:
    """Raises `RequesterNotSelf` when a user asks in somebody else's name."""
    if _is_only_user(context) and requester != context.actor:
        raise RequesterNotSelf("requester.id")


def require_kind_of_caller(context: Context, kind: str) -> None:
    """Raises `KindForbidden` when a partner opens what is the service centre's own."""
    if kind in OF_CENTRE and context.roles.isdisjoint(CENTRE):
        raise KindForbidden("kind", ticket_kind=kind)


def require_move_of_caller(
    context: Context, move: Move | Entry, waiting_on: WaitingOn | None
) -> None:
    """Raises `MoveForbidden` for a move that users leave to the service desk.

    A user resumes what waits for the user, and nothing else.
    """
    if not _is_only_user(context):
        return
    if move not in OF_USERS or (move == "resume" and waiting_on not in (None, USER)):
        raise MoveForbidden(move=move)


def require_centre(context: Context, move: str) -> None:
    """Raises `MoveForbidden` for what only the service centre does, whoever it is about."""
    if context.roles.isdisjoint(CENTRE):
        raise MoveForbidden(move=move)


def require_operator(context: Context) -> None:
    """Raises `OperatorOnly`."""
    if OPERATOR not in context.roles:
        raise OperatorOnly


def require_privacy_officer(context: Context) -> None:
    """Raises `PrivacyOfficerOnly` for all but them, and the operator who restores a backup."""
    if context.roles.isdisjoint(PRIVACY):
        raise PrivacyOfficerOnly


def require_correction_keeper(context: Context) -> None:
    """Raises `CorrectionKeeperRequired` for who does not keep the catalogue."""
    if context.roles.isdisjoint(KEEPERS):
        raise CorrectionKeeperRequired


def sees_corrections(context: Context) -> bool:
    """Users see what a correction did to a ticket of theirs, not the correction itself."""
    return not _is_only_user(context)


def _is_only_user(context: Context) -> bool:
    """Somebody without any role is trusted no further than a user."""
    return context.roles <= {USER}
