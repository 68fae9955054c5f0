"""When a ticket was resolved and closed, where rows and their own columns tell it apart.

A stretch is a run of rows in which the ticket stands resolved or closed. Its first row shows the
end at the latest; the log's own moment of resolving or closing goes before it where it lies
within the stretch. So a resolution that was corrected later counts from the correction, and that
of a stretch before a reopening keeps its own row's moment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bodemplaat.imports.snapshot import Snapshot

ENDED = frozenset({"resolved", "closed"})


@dataclass(frozen=True, slots=True)
class Ending:
    """Of the stretch that a row lies in; `closed_at` counts when the stretch has a closing."""

    resolved_at: datetime
    closed_at: datetime


def endings(snapshots: Sequence[Snapshot]) -> list[Ending | None]:
    """For each row the ending of its stretch; `None` for rows in which the ticket stands open."""
    found: list[Ending | None] = []
    for start, stop in _stretches(snapshots):
        if snapshots[start].meaning not in ENDED:
            found += [None] * (stop - start)
            continue
        before = snapshots[start - 1].changed_at if start else snapshots[start].opened_at
        found += [_ending(snapshots[start:stop], before)] * (stop - start)
    return found


def _stretches(snapshots: Sequence[Snapshot]) -> Iterator[tuple[int, int]]:
    start = 0
    for index in range(1, len(snapshots) + 1):
        ended = snapshots[start].meaning in ENDED
        if index == len(snapshots) or (snapshots[index].meaning in ENDED) != ended:
            yield start, index
            start = index


def _ending(stretch: Sequence[Snapshot], before: datetime) -> Ending:
    """`before` is the moment of the last row before the stretch."""
    first, last = stretch[0], stretch[-1]
    closing = next((row for row in stretch if row.meaning == "closed"), None)
    from_row = first.changed_at if first.meaning == "resolved" else before
    until = closing.changed_at if closing else last.changed_at
    resolved_at = _within(last.resolved_at, from_row, until, first.changed_at)
    if closing is None:
        return Ending(resolved_at, resolved_at)
    closed_at = _within(last.closed_at, resolved_at, last.changed_at, closing.changed_at)
    return Ending(resolved_at, max(closed_at, resolved_at))


def _within(
    told: datetime | None, first: datetime, last: datetime, otherwise: datetime
) -> datetime:
    return told if told is not None and first <= told <= last else otherwise
