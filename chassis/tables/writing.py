"""Writing tables: CSV as a Dutch spreadsheet opens it, and XLSX."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from chassis.tables.reading import Table

DELIMITER = ";"
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells a spreadsheet that the text is UTF-8."""
_ROOM = 4


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The table as CSV, to be encoded as UTF-8."""
    written = StringIO()
    written.write(MARK)
    writer = csv.writer(written, delimiter=DELIMITER)
    writer.writerow(header)
    writer.writerows(rows)
    return written.getvalue()


def rejected_rows(table: Table, reasons: Mapping[int, str], at: str, why: str) -> str:
    """The rows with a reason, as CSV with two more columns: to be corrected and sent again."""
    names = [name for name in table.header if name.lower() not in (at, why)]
    rows = (
        [*(row.values.get(name, "") for name in names), str(row.line), reasons[row.line]]
        for row in table.rows
        if row.line in reasons
    )
    return csv_text([*names, at, why], rows)


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as a workbook of one sheet, with its header in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = len(name) + _ROOM
    for row in [list(header), *map(list, rows)]:
        sheet.append(row)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()
