"""When work began, where a row tells it beside how its ticket stands now."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bodemplaat.imports.snapshot import Snapshot


def with_responses(snapshots: Iterable[Snapshot]) -> Iterator[Snapshot]:
    """A row that tells of an earlier start of work stands for two: that start, and itself.

    A start outside the ticket's own time is passed over.
    """
    for snapshot in snapshots:
        began = snapshot.responded_at
        if began is not None and snapshot.opened_at <= began < snapshot.changed_at:
            yield replace(snapshot, meaning="in-progress", changed_at=began)
        yield snapshot
