"""Every figure opens to what it counts: the rows are counted, added up or ranked anew."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from contracts.reports import Cell, Figures, Paragraph, Report, Table, ValueKind
from services.projection.amounts import percentage
from services.projection.views.reports.cells import tenth

ASKED = [
    ("dashboard", "zevenaar", "2026-03"),
    ("dashboard", "zevenaar", "2026-03-29..2026-03-29"),
    ("service-level", "zevenaar", "2026-03"),
    ("service-level", None, "2026-Q1"),
    ("day-board", None, "2026-03-05..2026-04-01"),
    ("day-board", None, "2026"),
    ("partner-quarter", "zevenaar", "2026-Q1"),
]


def openable(report: Report) -> Iterator[tuple[str, ValueKind, Cell]]:
    """The name, kind and cell of each figure."""
    for section in report.sections:
        for block in section.blocks:
            for name, kind, cell in _cells(block):
                if cell.of is not None:
                    yield name, kind, cell


def _cells(block: Figures | Table | Paragraph) -> Iterator[tuple[str, ValueKind, Cell]]:
    match block:
        case Figures():
            for figure in block.figures:
                yield figure.label.removeprefix("report-figure-"), figure.kind, figure.cell
        case Table():
            for row in [*block.rows, *([block.total] if block.total else [])]:
                for column, cell in zip(block.columns, row, strict=True):
                    yield column.key, column.kind, cell
        case Paragraph():
            for name, cell in block.told.items():
                yield name, block.kinds[name], cell


async def rows_of(read_models: Any, report: Report, cell: Cell) -> list[dict[str, Any]]:
    table, total = await read_models.opened(report, cell)
    assert total == len(table.rows)
    keys = [column.key for column in table.columns]
    return [{key: cell.value for key, cell in zip(keys, row, strict=True)} for row in table.rows]


SHARES = {
    "resolution-within": "within-resolution",
    "share": "within-resolution",
    "response-within": "within-response",
    "out-of-catalogue-share": "out-of-catalogue",
}
"""Which column of the tickets a percentage is of."""
RANKS = {"median": 50, "p90": 90}
MARKS = ("quality", "speed", "communication", "mean")


def reckoned(name: str, rows: list[dict[str, Any]]) -> Any:
    """The figure as it follows from the rows."""
    if name in SHARES:
        return percentage(sum(bool(row[SHARES[name]]) for row in rows), len(rows))
    if name in RANKS:
        ordered = sorted(row["resolution-seconds"] for row in rows)
        least = -(-RANKS[name] * len(ordered) // 100)
        return ordered[least - 1] if ordered else None
    if name in MARKS:
        mark = "quality" if name == "mean" else name
        return tenth(Decimal(sum(row[mark] for row in rows)) / len(rows)) if rows else None
    if name == "worked":
        return sum(row["worked"] for row in rows)
    return len(rows)


@pytest.mark.parametrize(("name", "partner", "period"), ASKED)
async def test_a_figure_follows_from_the_rows_that_it_opens_to(
    busy_models: Any, name: str, partner: str | None, period: str
) -> None:
    report = await busy_models.report(name, partner=partner, period=period)
    tried = 0
    for label, _, cell in openable(report):
        if cell.of.source in ("tickets", "ratings") and label not in ("kept-up", "mean"):
            rows = await rows_of(busy_models, report, cell)
            assert reckoned(label, rows) == cell.value, (label, cell)
            tried += 1
    assert tried > 20
