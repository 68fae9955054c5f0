"""What a role may do with a ticket in a given state, in the order in which it is offered.

The service decides; this table only keeps a page from offering what would be refused.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Field = Literal["team", "waiting_on", "impact_urgency", "reason"]


@dataclass(frozen=True, slots=True)
class Move:
    """An action on a ticket: its command, the fields that it asks for, who may do it and when.

    `name` is also its place in the address and in the texts (`move-<name>`).
    """

    name: str
    command: str
    roles: frozenset[str]
    statuses: frozenset[str]
    fields: tuple[Field, ...] = ()


_AGENT = frozenset({"agent"})
_ANY_SIDE = _AGENT | {"user", "functional-administrator"}
_OPEN = frozenset({"new", "assigned", "in-progress", "waiting", "reopened"})
_WORKED_ON = _OPEN - {"new"}

MOVES: tuple[Move, ...] = (
    Move("start", "start-work", _AGENT, frozenset({"assigned", "reopened"})),
    Move("resume", "resume-ticket", _AGENT, frozenset({"waiting"})),
    Move("resolve", "resolve-ticket", _AGENT, _WORKED_ON),
    Move("close", "close-ticket", _ANY_SIDE, frozenset({"resolved"})),
    Move("assign", "assign-ticket", _AGENT, _OPEN, ("team",)),
    Move("wait", "pause-ticket", _AGENT, frozenset({"in-progress"}), ("waiting_on",)),
    Move("prioritise", "change-priority", _AGENT, _OPEN, ("impact_urgency",)),
    Move("reopen", "reopen-ticket", _ANY_SIDE, frozenset({"resolved", "closed"}), ("reason",)),
    Move("cancel", "cancel-ticket", _ANY_SIDE, _OPEN, ("reason",)),
)


def moves_for(roles: Collection[str], status: str) -> tuple[Move, ...]:
    """The moves that a ticket page offers to someone with these roles."""
    return tuple(
        move for move in MOVES if status in move.statuses and not move.roles.isdisjoint(roles)
    )


def move_named(name: str) -> Move | None:
    return next((move for move in MOVES if move.name == name), None)
