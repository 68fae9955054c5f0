"""What a batch of events makes of the rows: pure, so that it can be tried on any history.

An event counts when it is its aggregate's next. One that came before is a duplicate and is passed
over. One that comes too early (an event before it is missing), or that cannot be folded, is set
aside; when the missing one comes, those that wait follow it in order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from contracts.registry import TYPE_PREFIX
from services.projection.finance_models import SOURCE_EVENT
from services.projection.folds import FOLDS, PASSED_OVER
from services.projection.folds.sources import SOURCES, source
from services.projection.folds.timeline import entry
from services.projection.models import TICKET, TIMELINE, ReadModel, Row
from services.projection.recorded import Recorded

CONTEXTS = frozenset(type_.split(".")[2] for type_ in FOLDS)
Waiting = Mapping[str, Mapping[int, Recorded]]
"""Events that were set aside before, by aggregate and version."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event that cannot be folded now, and why."""

    event: Recorded
    reason: str


@dataclass(slots=True)
class Plan:
    """What must be written.

    `rows` are whole rows, by read model and aggregate; `entries` are added to models that only
    grow; `taken_up` are events that waited no longer.
    """

    rows: dict[ReadModel, dict[str, Row]] = field(default_factory=dict)
    entries: dict[ReadModel, list[Row]] = field(default_factory=dict)
    set_aside: dict[str, SetAside] = field(default_factory=dict)
    taken_up: list[str] = field(default_factory=list)


def needed(events: Iterable[Recorded]) -> dict[ReadModel, set[str]]:
    """The aggregates whose rows the events change."""
    wanted: dict[ReadModel, set[str]] = {}
    for event in events:
        fold = FOLDS.get(event.type)
        if fold is not None:
            wanted.setdefault(fold.model, set()).add(event.aggregate)
    return wanted


def plan(events: Iterable[Recorded], known: Mapping[str, Row], waiting: Waiting) -> Plan:
    """What the events, in the order of the stream, make of the rows.

    `known` are the present rows of the aggregates that are `needed`.
    """
    return _Planner(known, waiting).plan(events)


class _Planner:
    def __init__(self, known: Mapping[str, Row], waiting: Waiting) -> None:
        self._rows = dict(known)
        self._waiting = {aggregate: dict(events) for aggregate, events in waiting.items()}
        self._plan = Plan()

    def plan(self, events: Iterable[Recorded]) -> Plan:
        for event in events:
            if event.type in FOLDS:
                self._take(event)
            elif event.type not in PASSED_OVER and _concerns_us(event.type):
                self._set_aside(event, "its type is not known to this release")
        return self._plan

    def _take(self, event: Recorded) -> None:
        row = self._rows.get(event.aggregate)
        version = row[1] if row else 0
        if event.version <= version:
            return
        if event.version > version + 1:
            self._set_aside(event, f"event {version + 1} of this aggregate is missing")
        elif self._fold(event, row) and event.aggregate in self._waiting:
            self._take_up(self._waiting[event.aggregate], event.version + 1)

    def _fold(self, event: Recorded, row: Row | None) -> bool:
        fold = FOLDS[event.type]
        try:
            _require_storable(event)
            after = fold.apply(row, event)
            told = _entries(event, fold.model)
        except Exception as error:  # noqa: BLE001  whatever it was, only this aggregate waits
            self._set_aside(event, repr(error))
            return False
        self._rows[event.aggregate] = after
        self._plan.rows.setdefault(fold.model, {})[event.aggregate] = after
        for model, added in told.items():
            self._plan.entries.setdefault(model, []).append(added)
        return True

    def _take_up(self, waiting: Mapping[int, Recorded], version: int) -> None:
        """Fold what waited for the event that has just come."""
        while (event := waiting.get(version)) and self._fold(event, self._rows[event.aggregate]):
            version += 1
            if self._plan.set_aside.pop(event.id, None) is None:
                self._plan.taken_up.append(event.id)

    def _set_aside(self, event: Recorded, reason: str) -> None:
        self._plan.set_aside[event.id] = SetAside(event, reason)
        self._waiting.setdefault(event.aggregate, {})[event.version] = event


def _entries(event: Recorded, model: ReadModel) -> dict[ReadModel, Row]:
    """What the event adds to the models that only grow."""
    told: dict[ReadModel, Row] = {}
    if model is TICKET:
        told[TIMELINE] = entry(event)
    if event.type in SOURCES:
        told[SOURCE_EVENT] = source(event)
    return told


def _require_storable(event: Recorded) -> None:
    """PostgreSQL has no text with a NUL in it. Raises `ValueError`."""
    if b"\\u0000" in event.body:
        raise ValueError("its text holds a NUL character")


def _concerns_us(type_: str) -> bool:
    prefix, _, rest = type_.partition(f"{TYPE_PREFIX}.")
    return not prefix and rest.split(".")[0] in CONTEXTS
