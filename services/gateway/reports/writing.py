"""Lines put on the sheets of a workbook, with the colours and widths that they have there."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from services.gateway.reports.cells import Filled, filled

WIDEST, NARROWEST = 60, 10
_ROOM = 3
_NAME = 31
"""Letters that the name of a sheet may have."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

Line = list[Filled | str | None]


class Writer:
    """Puts lines on sheets. A sheet's name is one that `named` gave."""

    def __init__(self, accent: str) -> None:
        self._book = Workbook(write_only=True)
        self._fill = PatternFill("solid", start_color=accent.removeprefix("#"))
        self._names: set[str] = set()

    def named(self, wished: str) -> str:
        """A name that no other sheet has, as much as may be like the one that is wished."""
        plain = " ".join(wished.translate(_FORBIDDEN).split())
        name, number = plain[:_NAME], 1
        while name.lower() in self._names:
            number += 1
            name = f"{plain[: _NAME - len(str(number)) - 1]} {number}"
        self._names.add(name.lower())
        return name

    def write(
        self, name: str, lines: Sequence[Line], header: Line | None, *, total: bool = False
    ) -> None:
        page: Any = self._book.create_sheet(name)
        for place, width in enumerate(_widths([*([header] if header else []), *lines]), start=1):
            page.column_dimensions[get_column_letter(place)].width = width
        if header:
            page.freeze_panes = "B2"
            page.append([self._heading(page, text) for text in header])
        for number, line in enumerate(lines, start=1):
            strong = total and number == len(lines)
            page.append([_cell(page, one, strong=strong) for one in line])

    def saved(self, title: str) -> bytes:
        self._book.properties.title = title
        self._book.properties.creator = "Bodemplaat"
        written = BytesIO()
        self._book.save(written)
        return written.getvalue()

    def _heading(self, page: Any, text: Filled | str | None) -> SheetCell:
        cell = _cell(page, text, strong=True)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = self._fill
        return cell


def _cell(page: Any, value: Filled | str | None, *, strong: bool) -> SheetCell:
    """Text is text, also where it begins as a formula does."""
    given = value if isinstance(value, Filled) else filled(value, "text")
    told = (
        ILLEGAL_CHARACTERS_RE.sub("", given.value) if isinstance(given.value, str) else given.value
    )
    cell = WriteOnlyCell(page, value=cast(Any, told))
    if isinstance(told, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.alignment = Alignment(vertical="top")
        cell.number_format = given.shown
    if strong or given.strong:
        cell.font = Font(bold=True)
    if given.sheet:
        cell.hyperlink = Hyperlink(ref="", location=f"'{given.sheet}'!A1")
        cell.font = Font(underline="single")
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
