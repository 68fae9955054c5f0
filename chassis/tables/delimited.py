"""Reading CSV, whatever its separator and encoding."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO, Literal

from chassis.tables.errors import TableEmpty
from chassis.tables.row import Reason, Row

DELIMITERS = (",", ";", "\t")
MAX_FIELD_CHARACTERS = 1024 * 1024
SAMPLE_BYTES = 1 << 20
Encoding = Literal["utf-8-sig", "cp1252"]


def csv_rows(content: BinaryIO) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The header, and the rows that follow it. Raises `TableEmpty`.

    The rows are read as they are asked for, so `content` stays open until then.
    """
    records = _records(content)
    header = next(records, None)
    if header is None or isinstance(header.cells, str):
        raise TableEmpty
    names = tuple(name.strip() for name in header.cells)
    return names, (_row(record, names) for record in records)


def encoding_of(content: BinaryIO) -> Encoding:
    """UTF-8 (with or without a mark) when every byte fits it, else Windows Western European."""
    reader = TextIOWrapper(content, encoding="utf-8-sig")
    try:
        while reader.read(SAMPLE_BYTES):
            pass
    except UnicodeDecodeError:
        return "cp1252"
    else:
        return "utf-8-sig"
    finally:
        reader.detach()
        content.seek(0)


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    cells: list[str] | str


def _records(content: BinaryIO) -> Iterator[_Record]:
    """Records that are not blank; one that the reader cannot take apart is its error's text.

    What was laid over `content` to read it is taken off again.
    """
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    encoding = encoding_of(content)
    text = TextIOWrapper(content, encoding=encoding, newline="", errors="replace")
    try:
        delimiter = _delimiter(text.readline())
        text.seek(0)
        reader = csv.reader(text, delimiter=delimiter)
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
    finally:
        if not content.closed:
            text.detach()


def _row(record: _Record, names: tuple[str, ...]) -> Row:
    if isinstance(record.cells, str):
        return Row(record.line, {}, Reason("row-unreadable", record.cells))
    values = dict(zip(names, record.cells, strict=False))
    if len(record.cells) != len(names):
        text = f"the row has {len(record.cells)} columns, the header has {len(names)}"
        return Row(record.line, values, Reason("columns-differ", text))
    return Row(record.line, values)


def _delimiter(header: str) -> str:
    """The one that occurs most in the header."""
    return max(DELIMITERS, key=header.count)
