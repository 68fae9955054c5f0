"""What a role may do with a ticket in a given state, in the order in which it is offered.

The service decides; this table only keeps a page from offering what would be refused.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Field = Literal[
    "team",
    "line",
    "waiting_on",
    "impact_urgency",
    "subject",
    "reason",
    "time",
    "rating",
    "task",
    "change_plan",
    "result",
]


@dataclass(frozen=True, slots=True)
class Move:
    """An action on a ticket: its command, the fields that it asks for, who may do it and when.

    `name` is also its place in the address and in the texts (`move-<name>`). `requester` keeps it
    to who asked, `kind` to tickets of that kind; `beside` says that the page
    shows its form elsewhere than among the moves.
    """

    name: str
    command: str
    roles: frozenset[str]
    statuses: frozenset[str]
    fields: tuple[Field, ...] = ()
    requester: bool = False
    kind: str | None = None
    beside: bool = False


_AGENT = frozenset({"agent"})
_ANY_SIDE = _AGENT | {"user", "functional-administrator"}
_DECIDES = _AGENT | {"functional-administrator"}
_OPEN = frozenset({"new", "assigned", "in-progress", "waiting", "reopened"})
_WORKED_ON = _OPEN - {"new"}
_ANY = _OPEN | {"resolved", "closed", "cancelled"}

MOVES: tuple[Move, ...] = (
    Move("start", "start-work", _AGENT, frozenset({"assigned", "reopened"})),
    Move("resume", "resume-ticket", _AGENT | {"user"}, frozenset({"waiting"})),
    Move("resolve", "resolve-ticket", _AGENT, _WORKED_ON),
    Move("close", "close-ticket", _ANY_SIDE, frozenset({"resolved"})),
    Move("assign", "assign-ticket", _AGENT, _OPEN, ("team", "line")),
    Move("wait", "pause-ticket", _AGENT, frozenset({"in-progress"}), ("waiting_on",)),
    Move("prioritise", "change-priority", _AGENT, _OPEN, ("impact_urgency",)),
    Move("reclassify", "reclassify-ticket", _AGENT, _OPEN, ("subject",)),
    Move("rate", "rate-ticket", _ANY_SIDE, frozenset({"closed"}), ("rating",), requester=True),
    Move("log-time", "log-time", _AGENT, _ANY, ("time",)),
    Move("complete-task", "complete-task", _AGENT, _OPEN, ("task",), beside=True),
    Move("plan-change", "plan-change", _AGENT, _OPEN, ("change_plan",), kind="change"),
    Move("approve-change", "approve-change", _DECIDES, _OPEN, kind="change"),
    Move("reject-change", "reject-change", _DECIDES, _OPEN, ("reason",), kind="change"),
    Move("implement-change", "implement-change", _AGENT, _OPEN, ("result",), kind="change"),
    Move("reopen", "reopen-ticket", _ANY_SIDE, frozenset({"resolved", "closed"}), ("reason",)),
    Move("cancel", "cancel-ticket", _ANY_SIDE, _OPEN, ("reason",)),
)


def moves_for(roles: Collection[str], status: str) -> tuple[Move, ...]:
    """The moves that a ticket page offers to someone with these roles."""
    return tuple(
        move for move in MOVES if status in move.statuses and not move.roles.isdisjoint(roles)
    )


def moves_on(fact: Mapping[str, Any], roles: frozenset[str], *, own: bool) -> tuple[Move, ...]:
    """The moves that the page of this ticket offers; what a user may do is for own tickets."""
    given = roles if own else roles - {"user"}
    return tuple(
        move for move in moves_for(given, fact["status"]) if _fits(move, fact, given, own=own)
    )


def _fits(move: Move, fact: Mapping[str, Any], roles: frozenset[str], *, own: bool) -> bool:
    if (move.requester and not own) or move.kind not in (None, fact["kind"]):
        return False
    plain = fact["kind"] != "change"
    decision = fact["change"].get("decision", "unplanned")
    fitting: Mapping[str, bool] = {
        "rate": fact["quality"] is None,
        "resume": "agent" in roles or fact["waiting_on"] == "user",
        "resolve": plain and all(task["done_at"] for task in fact["tasks"]),
        "start": plain or decision == "approved",
        "implement-change": decision == "approved",
        "approve-change": decision is None,
        "reject-change": decision is None,
        "reopen": not fact.get("erased_at"),
        "cancel": not fact.get("erased_at"),
    }
    return fitting.get(move.name, True)


def move_named(name: str) -> Move | None:
    return next((move for move in MOVES if move.name == name), None)
