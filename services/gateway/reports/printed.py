"""A table as it is printed: its cells as they are read, whole where they may not be folded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contracts.reports import Table, ValueKind
from services.gateway.reports.fitting import Columns, breakable, fit
from services.gateway.reports.words import FIGURES, NOTHING, Words

_WHOLE: frozenset[ValueKind] = FIGURES | {"date", "state"}
"""Kinds that stand on one line; of a moment the day does, and the time does."""
_HARD = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Printed:
    """`lines` are the rows and, where there is one, the total below them."""

    table: Table
    headings: list[str]
    lines: list[list[str]]

    @classmethod
    def of(cls, table: Table, words: Words) -> "Printed":
        kinds = [column.kind for column in table.columns]
        rows = [words.row(table, row) for row in table.rows]
        lines = [*rows, *_total(table, words)]
        kept = [
            [_kept(text, kind) for text, kind in zip(line, kinds, strict=True)] for line in lines
        ]
        return cls(table, [words.column(column) for column in table.columns], kept)

    @property
    def columns(self) -> Columns:
        return [list(cells) for cells in zip(self.headings, *self.lines, strict=True)]

    def told(self, room: float) -> dict[str, Any]:
        """What the template shows of it; `room` in points is what its columns have together."""
        fitted = fit(self.columns, room)
        return {"size": fitted.size, "parts": [self._part(part) for part in fitted.parts]}

    def _part(self, part: Sequence[tuple[int, float]]) -> dict[str, Any]:
        places = [place for place, _ in part]
        count = len(self.table.rows)
        return {
            "columns": [breakable(self.headings[place]) for place in places],
            "widths": [width for _, width in part],
            "right": [self.table.columns[place].kind in FIGURES for place in places],
            "rows": self._picked(self.lines[:count], places),
            "total": self._picked(self.lines[count:], places),
            "states": self._states(places),
        }

    @staticmethod
    def _picked(lines: Sequence[Sequence[str]], places: Sequence[int]) -> list[list[str]]:
        return [[breakable(line[place]) for place in places] for line in lines]

    def _states(self, places: Sequence[int]) -> list[list[str]]:
        """Per row and column the state that is told there, if any."""
        stated = [self.table.columns[place].kind == "state" for place in places]
        return [
            [
                str(row[place].value or "") if state else ""
                for place, state in zip(places, stated, strict=True)
            ]
            for row in self.table.rows
        ]


def _total(table: Table, words: Words) -> list[list[str]]:
    """The row that is added up, with nothing where nothing can be."""
    if table.total is None:
        return []
    told = ["" if text == NOTHING else text for text in words.row(table, table.total)]
    return [[told[0] or words.say("told-total"), *told[1:]]]


def _kept(text: str, kind: ValueKind) -> str:
    if kind == "moment":
        return ", ".join(part.replace(" ", _HARD) for part in text.split(", "))
    return text.replace(" ", _HARD) if kind in _WHOLE else text
