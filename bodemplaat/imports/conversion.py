"""From the rows of one ticket to its history: a step for each change that the rows show.

A row tells how the ticket stood after a change, and when that was. Moments are the log's own;
none is made up. Where the log leaves out what our state machine asks (a team before the work
starts, a resolution before the closing), the step comes at the moment of the row that shows it,
or at the resolution where that was earlier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bodemplaat.imports.history import Do, History, Step
from bodemplaat.imports.mapping import Mapping, Meaning
from bodemplaat.imports.rejects import Reject
from bodemplaat.imports.snapshot import Snapshot
from bodemplaat.imports.stretches import Ending, endings
from chassis.tables import Reason
from contracts.tickets import WaitingOn

MAX_STEPS = 200

_WAITING: dict[Meaning, WaitingOn] = {
    "waiting-on-user": "user",
    "waiting-on-supplier": "supplier",
    "waiting-on-change-window": "change-window",
}
_Status = Literal[
    "new", "assigned", "in-progress", "waiting", "resolved", "closed", "reopened", "cancelled"
]
_ENDED = frozenset({"resolved", "closed", "cancelled"})
_REOPENED = "Heropend in het systeem van herkomst."
_CANCELLED = "Geannuleerd in het systeem van herkomst."


@dataclass(frozen=True, slots=True)
class Converted:
    """A ticket's history, or none when nothing of it can be used, and the rows left out."""

    history: History | None
    rejects: tuple[Reject, ...]


def convert(snapshots: Sequence[Snapshot], opening: dict[str, Any], mapping: Mapping) -> Converted:
    """The history of one ticket, from its usable rows in order.

    `opening` holds the fields of its opening that do not change: partner, title, requester, ….
    """
    first = snapshots[0]
    walk = _Walk(mapping, first, opening)
    rejects: list[Reject] = []
    for snapshot, ending in zip(snapshots, endings(snapshots), strict=True):
        if walk.misses(snapshot):
            rejects.append(_after_the_end(snapshot))
        walk.follow(snapshot, ending)
    if len(walk.steps) > MAX_STEPS:
        return Converted(None, (*rejects, _too_long(first, len(walk.steps))))
    history = History(first.number, first.line, tuple(walk.steps), origin=first.row.values)
    return Converted(history, tuple(rejects))


def _after_the_end(snapshot: Snapshot) -> Reject:
    reason = Reason(
        "change-after-end", "shows a change of a ticket that had ended; that change is left out"
    )
    return Reject(snapshot.line, snapshot.number, reason, snapshot.row.values)


def _too_long(first: Snapshot, steps: int) -> Reject:
    reason = Reason("history-too-long", f"has {steps} steps; {MAX_STEPS} are taken at most")
    return Reject(first.line, first.number, reason, first.row.values, whole=True)


@dataclass(slots=True)
class _Walk:
    """Where our state machine stands while the rows are followed."""

    mapping: Mapping
    first: Snapshot
    opening: dict[str, Any]
    status: _Status = "new"
    team: str | None = None
    waiting_on: WaitingOn | None = None
    impact: int = field(init=False)
    urgency: int = field(init=False)
    item: str | None = field(init=False)
    steps: list[Step] = field(init=False)

    def __post_init__(self) -> None:
        self.impact = self.first.impact or self.mapping.default_impact
        self.urgency = self.first.urgency or self.mapping.default_urgency
        self.item = self.first.item
        levels = {"impact": self.impact, "urgency": self.urgency}
        about = {"item": self.item, "domain": self.mapping.domain}
        self.steps = [Step(self.first.opened_at, "open", self.opening | about | levels)]

    @property
    def ended(self) -> bool:
        return self.status in _ENDED

    def misses(self, snapshot: Snapshot) -> bool:
        """Whether the row shows a change that cannot be made: the ticket had ended and stays so."""
        if self.status == "cancelled":
            return snapshot.meaning != "cancelled"
        if not self.ended or snapshot.meaning not in _ENDED:
            return False
        goes_back = self.status == "closed" and snapshot.meaning != "closed"
        return goes_back or any(self._changes(snapshot))

    def follow(self, snapshot: Snapshot, ending: Ending | None) -> None:
        """Make the steps that bring the ticket to where the row says it stood."""
        at = snapshot.changed_at
        if self.status == "cancelled":
            return
        if self.ended and snapshot.meaning not in _ENDED:
            self._do(at, "reopen", reason=_REOPENED)
            self.status = "reopened"
        if not self.ended:
            known_at = at if ending is None else min(at, ending.resolved_at)
            for do, fields in list(self._changes(snapshot)):
                self._change(known_at, do, fields)
        if ending is not None:
            self._end(snapshot.meaning, ending)
        else:
            self._move(snapshot.meaning, at)

    def _changes(self, snapshot: Snapshot) -> Iterator[tuple[Do, dict[str, Any]]]:
        impact, urgency = snapshot.impact or self.impact, snapshot.urgency or self.urgency
        if (impact, urgency) != (self.impact, self.urgency):
            yield "prioritise", {"impact": impact, "urgency": urgency}
        if snapshot.item != self.item:
            yield "reclassify", {"item": snapshot.item, "domain": self.mapping.domain}
        if snapshot.team is not None and snapshot.team != self.team:
            yield "assign", {"team": snapshot.team}

    def _change(self, at: datetime, do: Do, fields: dict[str, Any]) -> None:
        if do == "prioritise":
            self.impact, self.urgency = fields["impact"], fields["urgency"]
            self._do(at, do, **fields)
        elif do == "reclassify":
            self.item = fields["item"]
            self._do(at, do, **fields)
        else:
            self._assign(at, fields["team"])

    def _assign(self, at: datetime, team: str) -> None:
        """The first team is the first line; whom it is passed on to is the second."""
        self._do(at, "assign", team=team, line="second" if self.team else "first")
        self.team = team
        if self.status != "waiting":
            self.status = "assigned"

    def _move(self, meaning: Meaning, at: datetime) -> None:
        if meaning in _WAITING:
            self._pause(at, _WAITING[meaning])
        elif meaning == "cancelled":
            self._do(at, "cancel", reason=_CANCELLED)
            self.status = "cancelled"
        else:
            self._resume(at)
            if meaning == "in-progress":
                self._start(at)

    def _end(self, meaning: Meaning, ending: Ending) -> None:
        if not self.ended:
            self._do(ending.resolved_at, "resolve")
            self.status, self.waiting_on = "resolved", None
        if meaning == "closed" and self.status == "resolved":
            self._do(ending.closed_at, "close")
            self.status = "closed"

    def _start(self, at: datetime) -> None:
        if self.status == "new":
            self._assign(at, self.mapping.default_team)
        if self.status in {"assigned", "reopened"}:
            self._do(at, "start")
            self.status = "in-progress"

    def _resume(self, at: datetime) -> None:
        if self.status == "waiting":
            self._do(at, "resume")
            self.status, self.waiting_on = "in-progress", None

    def _pause(self, at: datetime, waiting_on: WaitingOn) -> None:
        self._start(at)
        if self.waiting_on != waiting_on:
            self._do(at, "pause", waiting_on=waiting_on)
            self.status, self.waiting_on = "waiting", waiting_on

    def _do(self, at: datetime, do: Do, **fields: Any) -> None:
        self.steps.append(Step(at, do, fields))
