"""The board: its columns, and the steps that take a card from one to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from services.gateway.portal.moves import moves_on

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "new": ("new",),
    "assigned": ("assigned", "reopened"),
    "in-progress": ("in-progress",),
    "waiting": ("waiting",),
    "resolved": ("resolved",),
}
"""Statuses per column, in the order of the work."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move that a card can make. `column` is where it leads; `given` fills the move's form."""

    name: str
    move: str
    column: str
    given: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


STEPS: tuple[Step, ...] = (
    Step("assign", "assign", "assigned", {"line": "first"}),
    Step("start", "start", "in-progress"),
    Step("resume", "resume", "in-progress"),
    Step("wait-user", "wait", "waiting", {"waiting_on": "user"}),
    Step("wait-supplier", "wait", "waiting", {"waiting_on": "supplier"}),
    Step("wait-change-window", "wait", "waiting", {"waiting_on": "change-window"}),
    Step("resolve", "resolve", "resolved"),
    Step("close", "close", "closed"),
)


def column_of(status: str) -> str:
    """The column of a status; a ticket that is done stands in none."""
    return next((name for name, statuses in COLUMNS.items() if status in statuses), "")


def steps_on(fact: Mapping[str, Any]) -> tuple[Step, ...]:
    """What an agent may do with the card, to other columns than its own."""
    offered = {move.name for move in moves_on(fact, frozenset({"agent"}), own=False)}
    here = column_of(fact["status"])
    return tuple(step for step in STEPS if step.move in offered and step.column != here)


def step_named(name: str) -> Step | None:
    return next((step for step in STEPS if step.name == name), None)
