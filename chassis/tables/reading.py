"""Reading a table from a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO, Protocol

from chassis.tables.delimited import csv_rows
from chassis.tables.errors import TableForeign, TableTooLong
from chassis.tables.row import Row
from chassis.tables.spreadsheet import xlsx_rows

PACKED = b"PK\x03\x04"
"""With which a workbook begins, whatever its name is."""


class Recognised(Protocol):
    """What the columns of a file stand for, by their names; and what is wrong with them."""

    @property
    def fields(self) -> Mapping[str, str]: ...
    @property
    def missing(self) -> tuple[str, ...]: ...
    @property
    def unknown(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds; `header` as it stands there."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def by_field(self, header: Recognised) -> tuple[Row, ...]:
        """The rows with what their columns stand for. Raises `TableForeign`."""
        if header.missing or header.unknown:
            missing, unknown = ", ".join(header.missing), ", ".join(header.unknown)
            raise TableForeign(missing=missing or "–", unknown=unknown or "–")
        return tuple(replace(row, values=_by_field(row, header)) for row in self.rows)


def read_table(content: BinaryIO, *, limit: int) -> Table:
    """The whole table. Raises `TableUnreadable`, `TableEmpty`, or `TableTooLong` above `limit`."""
    begins = content.read(len(PACKED))
    content.seek(0)
    header, rows = xlsx_rows(content) if begins == PACKED else csv_rows(content)
    read = tuple(islice(_filled(rows), limit + 1))
    if len(read) > limit:
        raise TableTooLong(limit=limit)
    return Table(header, read)


def _by_field(row: Row, header: Recognised) -> dict[str, str]:
    return {
        header.fields[name]: value.strip()
        for name, value in row.values.items()
        if name in header.fields
    }


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    """Without the empty rows that a spreadsheet leaves behind."""
    return (row for row in rows if row.fault or any(map(str.strip, row.values.values())))
