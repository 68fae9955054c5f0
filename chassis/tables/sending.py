"""The rows of a table to a service, in batches, and what became of each of them."""

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from typing import Any, Literal

from chassis.errors import Fault
from chassis.tables.row import Row

BATCH_ROWS = 100
"""A batch is one command: so many are decided on well within the time that a caller waits."""

Send = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Took:
    """What became of a row."""

    row: Row
    outcome: Literal["imported", "changed", "already-imported", "rejected"]
    faults: tuple[Fault, ...] = ()


async def send_rows(
    kind: str, rows: Iterable[Row], together: Sequence[str], send: Send
) -> AsyncIterator[Sequence[Took]]:
    """Send all rows as `{"kind", "rows": [{"line", "values"}]}`, batch by batch, in order.

    Rows that follow each other and agree in what stands `together` come in one batch. A row that
    could not be taken apart is not sent. Raises what `send` raises.
    """
    for batch in batches(rows, together):
        sent = [row for row in batch if row.fault is None]
        told = {"kind": kind, "rows": [{"line": row.line, "values": row.values} for row in sent]}
        results = {each["line"]: each for each in (await send(told))["results"]} if sent else {}
        yield [_took(row, results) for row in batch]


def batches(rows: Iterable[Row], together: Sequence[str]) -> Iterator[list[Row]]:
    """Rows in order, cut where there are enough and another thing begins."""
    batch: list[Row] = []
    for row in rows:
        if len(batch) >= BATCH_ROWS and not _agree(row, batch[-1], together):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _agree(row: Row, other: Row, names: Sequence[str]) -> bool:
    return bool(names) and all(row.values.get(name) == other.values.get(name) for name in names)


def _took(row: Row, results: Mapping[int, Mapping[str, Any]]) -> Took:
    if row.fault is not None:
        params = {"reason": row.fault.text}
        return Took(row, "rejected", (Fault(slug=row.fault.slug, kind="invalid", params=params),))
    result = results[row.line]
    faults = tuple(Fault.model_validate(fault) for fault in result["faults"])
    return Took(row, result["outcome"], faults)
