"""Importing tickets from another system's export, through the same decisions as live ones."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from rich.console import Console

from bodemplaat.imports.conversion import convert
from bodemplaat.imports.grouping import count_rows, together
from bodemplaat.imports.history import History
from bodemplaat.imports.mapping import Mapping, load_mapping
from bodemplaat.imports.ordering import in_order
from bodemplaat.imports.progress import Progress
from bodemplaat.imports.pseudonyms import Pseudonyms
from bodemplaat.imports.rejects import Reject, RejectFile
from bodemplaat.imports.responses import with_responses
from bodemplaat.imports.rows import read_rows
from bodemplaat.imports.sending import Sent, in_words, send
from bodemplaat.imports.snapshot import Reader, Snapshot, Unusable
from chassis.client import Client
from chassis.tables import Reason, Row

TITLE_CHARACTERS = 200
DESCRIPTION_CHARACTERS = 8000
UNKNOWN_REQUESTER = "unknown"


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import did. `rejects` is the file with what was not used, when there is any."""

    rows: int
    tickets: int
    imported: int
    already_there: int
    rejected_tickets: int
    rejected_rows: int
    seconds: float
    rejects: Path | None

    @property
    def tickets_per_second(self) -> float:
        return self.tickets / self.seconds if self.seconds else 0.0

    def __str__(self) -> str:
        lines = [
            f"{self.rows} rows of {self.tickets} tickets read",
            f"{self.imported} tickets imported",
            f"{self.already_there} tickets were there already",
            f"{self.rejected_tickets} tickets rejected, {self.rejected_rows} rows left out",
            f"{self.seconds:.1f} s, {self.tickets_per_second:.0f} tickets/s",
        ]
        if self.rejects is not None:
            lines.append(f"what was not used, and why: {self.rejects}")
        return "\n".join(lines)


async def import_tickets(
    file: Path,
    mapping: str | Path,
    client: Client,
    *,
    secret: str,
    partner: str | None = None,
    rejects: Path | None = None,
    console: Console | None = None,
) -> Summary:
    """Import the tickets of `file` as `mapping` (a ready one's name, or a file) reads it.

    People who asked are known by pseudonyms made with `secret`.
    `partner` goes before the mapping's default, not before its rule per row. What cannot be used
    is written to `rejects`, by default `<file>.rejects.jsonl` in the working directory. A second
    import of the same file changes nothing.
    Raises `MappingInvalid`, `FileUnreadable`, `OSError`, and `Refused` when `tickets` is away.
    """
    began = monotonic()
    console = console or Console()
    rules = load_mapping(mapping)
    preparation = Preparation(file, rules, secret, partner)
    outcomes: Counter[str] = Counter()
    with RejectFile(rejects or Path(f"{file.name}.rejects.jsonl")) as refused:
        with Progress(console, f"Tickets of {file.name}", preparation.tickets) as progress:
            async for batch in send(client, rules.source, preparation.histories(refused)):
                for sent in batch:
                    outcomes[sent.outcome] += 1
                    if sent.outcome == "rejected":
                        refused.write(_refusal(sent))
                progress.advance(len(batch))
            progress.advance(preparation.tickets - outcomes.total())
        summary = Summary(
            rows=preparation.rows,
            tickets=preparation.tickets,
            imported=outcomes["imported"],
            already_there=outcomes["already-imported"],
            rejected_tickets=refused.tickets,
            rejected_rows=refused.rows,
            seconds=monotonic() - began,
            rejects=refused.path if refused.rows or refused.tickets else None,
        )
    console.print(str(summary), highlight=False)
    return summary


class Preparation:
    """A file as histories. It is read twice: once to count, once to convert ticket by ticket."""

    def __init__(
        self, file: Path, mapping: Mapping, secret: str, partner: str | None = None
    ) -> None:
        self._file = file
        self._mapping = mapping
        self._partner = partner or mapping.partners.default
        self._reader = Reader(mapping)
        self._pseudonyms = Pseudonyms(secret, mapping.source)
        self._counts = count_rows(self._read(), self._reader.number)
        self.rows = self._counts.total()
        self.tickets = len(self._counts.keys() - {None})

    def histories(self, refused: RejectFile) -> Iterator[History]:
        """The usable histories, in the order of the file; what is not usable goes to `refused`."""
        for rows in together(self._read(), self._reader.number, self._counts):
            history, rejects = self.history(rows)
            for reject in rejects:
                refused.write(reject)
            if history is not None:
                yield history

    def history(self, rows: Sequence[Row]) -> tuple[History | None, Sequence[Reject]]:
        """The history of one ticket's rows, and what was left out of it."""
        snapshots, unusable = self._snapshots(rows)
        placed, misplaced = in_order(snapshots)
        ordered = list(with_responses(placed))
        rejects = [*unusable, *misplaced]
        if not ordered:
            return None, [*rejects, *self._nothing_left(rows[0])]
        first = ordered[0]
        partner = self._partner_of(first.row)
        if partner is None:
            return None, [*rejects, _partner_absent(first)]
        converted = convert(ordered, self._opening(first.row, partner), self._mapping)
        return converted.history, [*rejects, *converted.rejects]

    def _read(self) -> Iterator[Row]:
        return read_rows(self._file, self._mapping.required_columns)

    def _snapshots(self, rows: Sequence[Row]) -> tuple[list[Snapshot], list[Reject]]:
        snapshots: list[Snapshot] = []
        rejects: list[Reject] = []
        for row in rows:
            try:
                snapshots.append(self._reader.snapshot(row))
            except Unusable as error:
                number = self._reader.number(row)
                rejects.append(Reject(row.line, number, error.reason, row.values))
        return snapshots, rejects

    def _nothing_left(self, row: Row) -> Iterator[Reject]:
        number = self._reader.number(row)
        if number is not None:
            reason = Reason("no-usable-row", "none of the ticket's rows can be used")
            yield Reject(row.line, number, reason, row.values, whole=True)

    def _partner_of(self, row: Row) -> str | None:
        rule = self._mapping.partners
        return rule.values.get(self._reader.text(row, rule.column) or "", self._partner)

    def _opening(self, row: Row, partner: str) -> dict[str, Any]:
        mapping, reader = self._mapping, self._reader
        channels = mapping.channels
        title = reader.rendered(row, mapping.title) or reader.number(row) or ""
        description = reader.rendered(row, mapping.description) or ""
        return {
            "partner": partner,
            "kind": mapping.kind,
            "title": title[:TITLE_CHARACTERS],
            "description": description[:DESCRIPTION_CHARACTERS],
            "channel": channels.values.get(
                reader.text(row, channels.column) or "", channels.default
            ),
            "requester": self._requester(row),
        }

    def _requester(self, row: Row) -> dict[str, str]:
        columns = self._mapping.columns
        name = self._reader.text(row, columns.requester) or UNKNOWN_REQUESTER
        key = self._reader.text(row, columns.requester_key) or name
        return {"id": self._pseudonyms.of(key), "name": name[:TITLE_CHARACTERS]}


def _partner_absent(first: Snapshot) -> Reject:
    reason = Reason("partner-absent", "no rule of the mapping and no option names its partner")
    return Reject(first.line, first.number, reason, first.row.values, whole=True)


def _refusal(sent: Sent) -> Reject:
    """What `tickets` refused: its first fault's slug, all of them in words."""
    history, faults = sent.history, sent.faults
    slug = faults[0].slug if faults else "rejected"
    return Reject(
        history.row, history.external, Reason(slug, in_words(faults)), history.origin, whole=True
    )
