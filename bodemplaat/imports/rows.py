"""Reading the rows of a file, CSV or JSON, one at a time, with their line numbers."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from bodemplaat.imports.json_rows import json_rows
from bodemplaat.imports.rejects import Reason
from bodemplaat.imports.row import Row

DELIMITERS = (",", ";", "\t")
MAX_FIELD_CHARACTERS = 1024 * 1024
SAMPLE_BYTES = 1 << 20


class FileUnreadable(Exception):
    """The file as a whole cannot be read: empty, or without columns that are needed."""


def read_rows(path: Path, required: frozenset[str]) -> Iterator[Row]:
    """The rows of the file, in order. Raises `FileUnreadable`."""
    if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        yield from json_rows(path)
    else:
        yield from _csv_rows(path, required)


def _csv_rows(path: Path, required: frozenset[str]) -> Iterator[Row]:
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    with path.open(encoding=encoding_of(path), newline="", errors="replace") as file:
        delimiter = _delimiter(file.readline())
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        header = next(_records(reader), None)
        if header is None or isinstance(header.cells, str):
            raise FileUnreadable(f"{path.name}: has no header")
        names = [name.strip() for name in header.cells]
        if missing := sorted(required - set(names)):
            raise FileUnreadable(f"{path.name}: lacks the columns {', '.join(missing)}")
        for record in _records(reader):
            yield _row(record, names)


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    cells: list[str] | str


class _Reader(Protocol):
    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


def _records(reader: _Reader) -> Iterator[_Record]:
    """Records that are not blank; one that the reader cannot take apart is its error's text."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Record(line, str(error))
        else:
            if cells:
                yield _Record(line, cells)


def _row(record: _Record, names: list[str]) -> Row:
    if isinstance(record.cells, str):
        return Row(record.line, {}, Reason("row-unreadable", record.cells))
    values = dict(zip(names, record.cells, strict=False))
    if len(record.cells) != len(names):
        text = f"the row has {len(record.cells)} columns, the header has {len(names)}"
        return Row(record.line, values, Reason("columns-differ", text))
    return Row(record.line, values)


def encoding_of(path: Path) -> Literal["utf-8-sig", "cp1252"]:
    """UTF-8 (with or without a mark) when every byte fits it, else Windows Western European."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(SAMPLE_BYTES):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(header: str) -> str:
    """The one that occurs most in the header."""
    return max(DELIMITERS, key=header.count)
