"""Tables that people keep in files: rows of text with their line numbers, and what became of them.

CSV in any of its Dutch and English dialects, and XLSX. Read by the operator's command and by the
portal in the same way.
"""

from chassis.tables.errors import (
    TableEmpty,
    TableForeign,
    TableTooLong,
    TableUnreadable,
)
from chassis.tables.reading import Table, read_table
from chassis.tables.row import Reason, Row
from chassis.tables.sending import Took, send_rows
from chassis.tables.writing import csv_text, rejected_rows, workbook

__all__ = [
    "Reason",
    "Row",
    "Table",
    "TableEmpty",
    "TableForeign",
    "TableTooLong",
    "TableUnreadable",
    "Took",
    "csv_text",
    "read_table",
    "rejected_rows",
    "send_rows",
    "workbook",
]
