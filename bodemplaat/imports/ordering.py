"""The rows of one ticket in the order in which things happened, and those that do not fit."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bodemplaat.imports.rejects import Reject
from bodemplaat.imports.snapshot import Snapshot
from chassis.tables import Reason


def in_order(snapshots: Iterable[Snapshot]) -> tuple[Sequence[Snapshot], Sequence[Reject]]:
    """The usable rows by their order number, and the rejected ones.

    Nothing can happen to a ticket before it is opened, nor a later change before an earlier one:
    as few rows as possible are left out to make that true.
    """
    ordered = sorted(snapshots, key=lambda snapshot: (snapshot.order, snapshot.line))
    started = [snapshot for snapshot in ordered if snapshot.changed_at >= snapshot.opened_at]
    kept = _longest_chain(started)
    lines = {snapshot.line for snapshot in kept}
    return kept, [_misplaced(snapshot) for snapshot in ordered if snapshot.line not in lines]


def _longest_chain(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """The longest run of rows whose moments never go back (patience sorting)."""
    tails: list[int] = []
    moments: list[datetime] = []
    before: list[int | None] = []
    for index, snapshot in enumerate(snapshots):
        length = bisect_right(moments, snapshot.changed_at)
        before.append(tails[length - 1] if length else None)
        tails[length:] = [index, *tails[length + 1 :]]
        moments[length:] = [snapshot.changed_at, *moments[length + 1 :]]
    return [snapshots[index] for index in reversed(list(_back(tails, before)))]


def _back(tails: Sequence[int], before: Sequence[int | None]) -> Iterator[int]:
    index = tails[-1] if tails else None
    while index is not None:
        yield index
        index = before[index]


def _misplaced(snapshot: Snapshot) -> Reject:
    changed, opened = snapshot.changed_at.isoformat(), snapshot.opened_at.isoformat()
    reason = (
        Reason("before-opening", f"changed at {changed}, before the opening at {opened}")
        if snapshot.changed_at < snapshot.opened_at
        else Reason("out-of-order", f"changed at {changed}, against the order of the other rows")
    )
    return Reject(snapshot.line, snapshot.number, reason, snapshot.row.values)
