"""Who may do what with which ticket.

The gateway decides by role and route; here the partner scope is held to once more, and a user,
who is there for their own tickets only, is kept to those.
"""

from chassis.command import Context
from services.tickets.domain.moves import OF_USERS, Move
from services.tickets.errors import MoveForbidden, OperatorOnly, RequesterNotSelf, TicketUnknown

USER = "user"
OPERATOR = "operator"


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


def require_move_of_caller(context: Context, move: Move) -> None:
    """Raises `MoveForbidden` for a move that users leave to the service desk."""
    if _is_only_user(context) and move not in OF_USERS:
        raise MoveForbidden(move=move)


def require_operator(context: Context) -> None:
    """Raises `OperatorOnly`."""
    if OPERATOR not in context.roles:
        raise OperatorOnly


def _is_only_user(context: Context) -> bool:
    """Somebody without any role is trusted no further than a user."""
    return context.roles <= {USER}
