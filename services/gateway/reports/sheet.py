"""A report as a workbook: real numbers and dates, and beside each figure what it is made of."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from contracts.reports import Cell, Figures, Of, Paragraph, Report, Section, Table, ValueKind
from services.gateway.house import Houses
from services.gateway.language import Language, Texts
from services.gateway.reports.cells import Filled, filled
from services.gateway.reports.packing import packed_at
from services.gateway.reports.words import Words, in_cents

WIDEST, NARROWEST = 60, 10
_ROOM = 3
_NAME = 31
"""Letters that the name of a sheet may have."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

Line = list[Filled | str | None]


def sheet(report: Report, texts: Texts, language: Language, houses: Houses) -> bytes:
    """The same bytes for the same document in the same language, whenever it is made."""
    words = Words(texts, language)
    book = Workbook(write_only=True)
    writer = _Writer(book, houses.colours(report.theme)["accent"])
    writer.write(words.say("told-overview"), list(_overview(report, words)), header=None)
    for section in report.sections:
        for table in section.blocks:
            if isinstance(table, Table):
                header, *rows = _table(table, words)
                writer.write(words.caption(table), rows, header, total=table.total is not None)
    return packed_at(_saved(book, words.title(report)), report.moment)


def _overview(report: Report, words: Words) -> Iterator[Line]:
    """What the report is, and the key figures and paragraphs of each section."""
    yield [filled(words.title(report), "text", strong=True)]
    yield [words.say("told-about"), words.subject(report)]
    yield [words.say("told-period"), words.period(report)]
    yield [words.say("told-as-of"), filled(report.moment.isoformat(), "moment")]
    yield [words.say("told-up-to"), Filled(report.sequence)]
    if limited := words.limited(report):
        yield [words.say("told-counted"), limited]
    for section in report.sections:
        yield from _told(section, words)


def _told(section: Section, words: Words) -> Iterator[Line]:
    blocks = [block for block in section.blocks if not isinstance(block, Table)]
    if not blocks:
        return
    yield []
    columns = ("told-value", "told-norm", "told-state", "told-made-of")
    headings = [filled(words.say(text), "text", strong=True) for text in columns]
    yield [filled(words.section(section), "text", strong=True), *headings]
    for block in blocks:
        yield from _figures(block, words) if isinstance(block, Figures) else [_said(block, words)]


def _figures(block: Figures, words: Words) -> Iterator[Line]:
    for one in block.figures:
        yield [
            words.figure(one),
            _value(one.cell, one.kind, words),
            _value(one.target, one.kind, words) if one.target else None,
            words.state(one.state) if one.state else None,
            made_of(one.cell.of),
        ]


def _said(block: Paragraph, words: Words) -> Line:
    told = (f"{name} = {made_of(cell.of)}" for name, cell in block.told.items() if cell.of)
    return [words.paragraph(block), None, None, None, "; ".join(told)]


def _table(table: Table, words: Words) -> Iterator[Line]:
    """The header and the rows; at their right, per column, what its figures are made of."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    opened = [place for place in range(len(table.columns)) if any(row[place].of for row in rows)]
    headings = [words.column(column) for column in table.columns]
    origins = [words.say("told-made-of-column", name=headings[place]) for place in opened]
    yield [*headings, *origins]
    cents = in_cents(table)
    for number, row in enumerate(rows):
        cells: Line = [
            _value(cell, column.kind, words, cents=exact)
            for cell, column, exact in zip(row, table.columns, cents, strict=True)
        ]
        if number == len(table.rows) and row[0].value is None:
            cells[0] = words.say("told-total")
        yield [*cells, *(made_of(row[place].of) for place in opened)]


def _value(cell: Cell, kind: ValueKind, words: Words, *, cents: bool = True) -> Filled | str | None:
    """A figure as a number that can be reckoned with; a word as it is read."""
    if cell.value is None:
        return None
    if kind in ("term", "state", "text") or isinstance(cell.value, bool):
        return words.value(cell.value, kind)
    return filled(cell.value, kind, cents=cents)


def made_of(of: Of | None) -> str | None:
    """`tickets (status=open, team=desk)`: what opens the figure, together with the report."""
    if of is None:
        return None
    where = ", ".join(f"{name}={value}" for name, value in sorted(of.where.items()))
    return f"{of.source} ({where})" if where else of.source


class _Writer:
    """Puts lines on sheets, with names that are each used once."""

    def __init__(self, book: Workbook, accent: str) -> None:
        self._book = book
        self._fill = PatternFill("solid", start_color=accent.removeprefix("#"))
        self._names: set[str] = set()

    def write(
        self, name: str, lines: Sequence[Line], header: Line | None, *, total: bool = False
    ) -> None:
        page: Any = self._book.create_sheet(self._name(name))
        for place, width in enumerate(_widths([*([header] if header else []), *lines]), start=1):
            page.column_dimensions[get_column_letter(place)].width = width
        if header:
            page.freeze_panes = "B2"
            page.append([self._heading(page, text) for text in header])
        for number, line in enumerate(lines, start=1):
            strong = total and number == len(lines)
            page.append([_cell(page, one, strong=strong) for one in line])

    def _heading(self, page: Any, text: Filled | str | None) -> SheetCell:
        cell = _cell(page, text, strong=True)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = self._fill
        return cell

    def _name(self, wished: str) -> str:
        plain = " ".join(wished.translate(_FORBIDDEN).split())
        name, number = plain[:_NAME], 1
        while name.lower() in self._names:
            number += 1
            name = f"{plain[: _NAME - len(str(number)) - 1]} {number}"
        self._names.add(name.lower())
        return name


def _cell(page: Any, value: Filled | str | None, *, strong: bool) -> SheetCell:
    """Text is text, also where it begins as a formula does."""
    given = value if isinstance(value, Filled) else filled(value, "text")
    cell = WriteOnlyCell(page, value=cast(Any, given.value))
    if isinstance(given.value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.alignment = Alignment(vertical="top")
        cell.number_format = given.shown
    if strong or given.strong:
        cell.font = Font(bold=True)
    return cell


def _widths(lines: Sequence[Line]) -> Iterator[float]:
    for place in range(max(map(len, lines), default=0)):
        told = (line[place] for line in lines if place < len(line))
        longest = max((_length(one) for one in told), default=0)
        yield min(WIDEST, max(NARROWEST, longest + _ROOM))


def _length(value: Filled | str | None) -> int:
    if isinstance(value, Filled):
        return len(str(value.value)) if not isinstance(value.value, datetime) else len(value.shown)
    return len(value or "")


def _saved(book: Workbook, title: str) -> bytes:
    book.properties.title = title
    book.properties.creator = "Bodemplaat"
    written = BytesIO()
    book.save(written)
    return written.getvalue()
