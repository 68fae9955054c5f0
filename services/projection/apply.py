"""Applying a batch of the stream to a generation: load what it touches, fold in memory, write.

For the live generation that is one transaction, which opens with the compare-and-set of the
checkpoint: a batch is applied once, whole, and by one process.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import NAMESPACE_OID, uuid5

import asyncpg
import orjson

from chassis import faults
from chassis.consume import UNREADABLE
from services.projection import generations
from services.projection.as_of import Cut
from services.projection.generations import Generation
from services.projection.models import MAJOR_INCIDENT, TICKET, Row
from services.projection.parked import Aside, Parked
from services.projection.plan import Plan, SetAside, needed, plan
from services.projection.recorded import Delivered, Recorded, Unreadable, read
from services.projection.store import LiveRows, Rows

WHOLE = Cut()
"""Lets everything through."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A batch that was applied: what came in, and what was written."""

    events: Sequence[Recorded]
    plan: Plan

    def tickets(self) -> dict[str, list[str]]:
        """The tickets that changed, by partner."""
        changed: dict[str, list[str]] = {}
        for number, row in self.plan.rows.get(TICKET, {}).items():
            changed.setdefault(row[_PARTNER], []).append(number)
        return changed

    def major_incidents(self) -> dict[str, list[str]]:
        """The major incidents that changed, by each partner that they are shared with."""
        changed: dict[str, list[str]] = {}
        for number, row in self.plan.rows.get(MAJOR_INCIDENT, {}).items():
            for partner in row[_SHARED_WITH]:
                changed.setdefault(partner, []).append(number)
        return changed


class LiveProjector:
    """Brings the live generation forward. After an error it must be thrown away."""

    def __init__(self, connection: asyncpg.Connection, generation: Generation) -> None:
        self._connection = connection
        self._rows = LiveRows(connection)
        self._parked = Parked(connection, generation.schema)
        self.generation = generation

    def remembered(self, keys: Iterable[str]) -> Iterable[Row]:
        """Those of these rows that are in memory."""
        return self._rows.remembered(keys)

    async def begin(self) -> None:
        """Know again what the generation has set aside."""
        await self._parked.recall()

    async def apply(self, batch: Sequence[Delivered]) -> Applied:
        """Raises `CheckpointMoved` when the generation is not where it was left."""
        sequence = batch[-1].sequence
        async with self._connection.transaction():
            await generations.move(self._connection, self.generation, sequence)
            applied = await fold(batch, self._rows, self._parked)
            faults.reach("projection.before-commit")
        faults.reach("projection.after-commit")
        self.generation = replace(self.generation, sequence=sequence)
        return applied


async def fold(batch: Sequence[Delivered], rows: Rows, parked: Aside, cut: Cut = WHOLE) -> Applied:
    """Fold what `cut` lets through of a batch into rows, and keep what had to be set aside."""
    read_events, unreadable = _read(batch)
    events = cut.take(read_events)
    known: dict[str, Row] = {}
    for model, keys in needed(events).items():
        known |= await rows.load(model, keys)
    made = plan(events, known, await parked.of({event.aggregate for event in events}))
    for model, changed in made.rows.items():
        await rows.save(model, changed)
    for model, entries in made.entries.items():
        await rows.append(model, entries)
    await parked.remove(made.taken_up)
    await parked.add([*unreadable, *made.set_aside.values()])
    return Applied(events, made)


def _read(batch: Iterable[Delivered]) -> tuple[list[Recorded], Collection[SetAside]]:
    events: list[Recorded] = []
    unreadable: list[SetAside] = []
    for sequence, body, *_ in batch:
        try:
            events.append(read(sequence, body))
        except Unreadable as error:
            unreadable.append(SetAside(_foreign(sequence, body), str(error)))
    return events, unreadable


def _foreign(sequence: int, body: bytes) -> Recorded:
    """A message that is no envelope, so that it can be kept with the others."""
    return Recorded(
        sequence=sequence,
        id=str(uuid5(NAMESPACE_OID, f"stream/{sequence}")),
        type="",
        aggregate=UNREADABLE,
        version=0,
        recorded_at="",
        occurred_at=datetime.fromtimestamp(0, UTC),
        data={},
        body=orjson.dumps(body.decode(errors="replace")),
    )


_PARTNER = TICKET.columns.index("partner")
_SHARED_WITH = MAJOR_INCIDENT.columns.index("partners")
