"""Reading the rows of a file, CSV or JSON, one at a time, with their line numbers."""

from collections.abc import Iterator
from pathlib import Path

from bodemplaat.imports.json_rows import json_rows
from chassis.tables import Row, TableEmpty
from chassis.tables.delimited import csv_rows


class FileUnreadable(Exception):
    """The file as a whole cannot be read: empty, or without columns that are needed."""


def read_rows(path: Path, required: frozenset[str]) -> Iterator[Row]:
    """The rows of the file, in order. Raises `FileUnreadable`."""
    if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        yield from json_rows(path)
    else:
        yield from _csv_rows(path, required)


def _csv_rows(path: Path, required: frozenset[str]) -> Iterator[Row]:
    with path.open("rb") as file:
        try:
            header, rows = csv_rows(file)
        except TableEmpty:
            raise FileUnreadable(f"{path.name}: has no header") from None
        if missing := sorted(required - set(header)):
            raise FileUnreadable(f"{path.name}: lacks the columns {', '.join(missing)}")
        yield from rows
