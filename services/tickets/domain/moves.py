"""Which move is allowed in which status."""

from collections.abc import Mapping
from typing import Literal

from contracts.tickets import Status
from services.tickets.errors import MoveIllegal

Move = Literal[
    "assign",
    "start",
    "pause",
    "resume",
    "prioritise",
    "reclassify",
    "resolve",
    "close",
    "reopen",
    "cancel",
]

Entry = Literal[
    "log-time",
    "rate",
    "complete-task",
    "plan-change",
    "approve-change",
    "reject-change",
    "implement-change",
    "link-to-problem",
    "unlink-from-problem",
    "record-root-cause",
    "record-known-error",
    "withdraw-known-error",
    "attach-to-major-incident",
    "detach-from-major-incident",
]

_OPEN: tuple[Move, ...] = ("assign", "prioritise", "reclassify", "resolve", "cancel")

ALLOWED: Mapping[Status, tuple[Move, ...]] = {
    "new": _OPEN,
    "assigned": ("start", *_OPEN),
    "in-progress": ("pause", *_OPEN),
    "waiting": ("resume", "pause", *_OPEN),
    "reopened": ("start", *_OPEN),
    "resolved": ("close", "reopen", "cancel"),
    "closed": ("reopen", "cancel"),
    "cancelled": (),
}
"""`pause` while waiting changes what is waited for; `assign` while waiting keeps it waiting."""

OPEN: frozenset[Status] = frozenset({"new", "assigned", "in-progress", "waiting", "reopened"})
"""The statuses in which work is still to be done."""

OF_USERS: frozenset[Move | Entry] = frozenset({"resume", "close", "reopen", "cancel", "rate"})
"""What users may do with their own tickets; the rest is the service desk's."""


def require_move(status: Status, move: Move) -> None:
    """Raises `MoveIllegal`, which names the moves that are allowed."""
    if move not in ALLOWED[status]:
        raise MoveIllegal(status=status, move=move, allowed=list(ALLOWED[status]))
