"""Importing budgets, bookings, risks and loans, row by row through finance's own decisions."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console

from bodemplaat.imports.progress import Progress
from bodemplaat.imports.rows import FileUnreadable
from bodemplaat.imports.sending import in_words, persistently
from chassis.client import Client
from chassis.errors import DomainError, Fault
from chassis.tables import Table, read_table, rejected_rows, send_rows
from contracts.finance.files import (
    FILES,
    REJECTED_AT,
    REJECTED_FOR,
    FileKind,
    TakenFile,
    column_name,
    read_header,
)

MAX_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the rows. `rejects` is the file with those that were not taken, if any."""

    outcomes: Mapping[str, int]
    rejects: Path | None

    def __str__(self) -> str:
        told = [
            f"{self.outcomes.get('imported', 0)} rows imported",
            f"{self.outcomes.get('changed', 0)} rows changed what was there",
            f"{self.outcomes.get('already-imported', 0)} rows were there already",
            f"{self.outcomes.get('rejected', 0)} rows rejected",
        ]
        if self.rejects is not None:
            told.append(f"what was not used, and why: {self.rejects}")
        return "\n".join(told)


async def import_file(
    kind: FileKind,
    file: Path,
    client: Client,
    *,
    rejects: Path | None = None,
    console: Console | None = None,
) -> Summary:
    """Import the rows of `file`, CSV or XLSX. A second import of the same file changes nothing.

    Rejected rows go to `rejects`, by default `<file>.rejects.csv` in the working directory, which
    can be corrected and imported. Raises `FileUnreadable`, `OSError`, and `Refused` when finance
    is away.
    """
    console = console or Console()
    taken = FILES[kind]
    table = _read(file)
    reasons: dict[int, str] = {}
    outcomes: Counter[str] = Counter()

    async def send(body: Mapping[str, Any]) -> Mapping[str, Any]:
        return await persistently(client, "finance", "import-rows", orjson.dumps(body))

    try:
        rows = table.by_field(read_header(taken, table.header))
    except DomainError as error:
        raise FileUnreadable(f"{file.name}: {error}") from None
    with Progress(console, f"Rows of {file.name}", len(rows)) as progress:
        async for batch in send_rows(kind, rows, taken.together, send):
            outcomes.update(took.outcome for took in batch)
            reasons |= {took.row.line: _reason(taken, took.faults) for took in batch if took.faults}
            progress.advance(len(batch))
    path = rejects or Path(f"{file.name}.rejects.csv")
    summary = Summary(outcomes, _written(path, table, reasons))
    console.print(str(summary), highlight=False)
    return summary


def _read(file: Path) -> Table:
    with file.open("rb") as content:
        try:
            return read_table(content, limit=MAX_ROWS)
        except DomainError as error:
            raise FileUnreadable(f"{file.name}: {error}") from None


def _reason(taken: TakenFile, faults: Iterable[Fault]) -> str:
    """Each fault with the column that it is about."""
    told = (
        f"{column_name(taken, fault.field)}: {in_words([fault])}"
        if fault.field
        else in_words([fault])
        for fault in faults
    )
    return "; ".join(told)


def _written(path: Path, table: Table, reasons: Mapping[int, str]) -> Path | None:
    """The file with what was rejected, made anew by each run, and only when there is any."""
    path.unlink(missing_ok=True)
    if not reasons:
        return None
    path.write_text(rejected_rows(table, reasons, REJECTED_AT, REJECTED_FOR), encoding="utf-8")
    return path
