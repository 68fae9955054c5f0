"""Reading the first sheet of an XLSX workbook, as text: what a person sees in its cells."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from chassis.tables.errors import TableEmpty, TableTooLong, TableUnreadable
from chassis.tables.row import Row

UNFOLDED_BYTES = 64 * 1024 * 1024
"""A workbook is a packed folder; more than this, once unpacked, is no list that people keep."""
MAX_COLUMNS = 200
_BROKEN = (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError)


def xlsx_rows(content: BinaryIO) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The header, and the rows that follow it; a formula counts as its last outcome.

    Raises `TableUnreadable`, `TableTooLong` or `TableEmpty`.
    """
    _require_modest(content)
    try:
        sheet = load_workbook(content, read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()
        rows = enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1)
        header = next(rows, (1, ()))[1]
    except _BROKEN as error:
        raise TableUnreadable from error
    names = tuple(_text(cell) for cell in header)
    while names and not names[-1]:
        names = names[:-1]
    if not names:
        raise TableEmpty
    return names, _filled(names, rows)


def _require_modest(content: BinaryIO) -> None:
    try:
        with ZipFile(content) as packed:
            unfolded = sum(each.file_size for each in packed.infolist())
    except BadZipFile as error:
        raise TableUnreadable from error
    content.seek(0)
    if unfolded > UNFOLDED_BYTES:
        raise TableTooLong(limit=UNFOLDED_BYTES)


def _filled(names: tuple[str, ...], rows: Iterator[tuple[int, tuple[Any, ...]]]) -> Iterator[Row]:
    """The rows in which something stands."""
    for line, cells in rows:
        texts = [_text(cell) for cell in cells[: len(names)]]
        if any(texts):
            yield Row(line, dict(zip(names, texts, strict=False)))


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nee"
        case float():
            return format(cell, ".15g")
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
    return str(cell).strip()
