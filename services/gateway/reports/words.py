"""The words of a report in one language: its labels, and its values as they are read."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from contracts.periods import period
from contracts.reports import Cell, Column, Figure, Paragraph, Report, Section, Table, ValueKind
from services.gateway.formats import Formats
from services.gateway.language import Language, Texts

NOTHING = "–"
"""Where nothing was counted; `Words.nothing` says so to whoever has it read aloud."""
FIGURES: frozenset[ValueKind] = frozenset(
    {"count", "percentage", "money", "number", "duration", "year-part"}
)
"""Kinds that stand at the right of their column, digit under digit."""
MARKS = {"good": "✓", "attention": "!", "bad": "×"}
"""A shape per state, beside its word: never a colour alone."""

WHOLE_EURO_FROM = 10_000
"""From this amount on, the cents of a key figure only stand in the way."""

Value = bool | int | str | None


class Words:
    """Raises `services.gateway.language.TextMissing` for a label or term that has no text."""

    def __init__(self, texts: Texts, language: Language) -> None:
        self.language = language
        self.say = texts.say(language)
        self.formats = Formats(language)

    @cached_property
    def nothing(self) -> str:
        return self.say("told-nothing")

    @cached_property
    def dash(self) -> str:
        """What a dash means, for the foot of a document."""
        return self.say("told-dash", dash=NOTHING, nothing=self.nothing)

    # Labels

    def title(self, report: Report) -> str:
        return self.say(f"report-{report.name}")

    def subject(self, report: Report) -> str:
        """The partner that it is about, or the centre."""
        return report.subject or report.partner or self.centre(report)

    def centre(self, report: Report) -> str:
        """What the service centre is called."""
        return report.centre or self.say("told-centre")

    def period(self, report: Report) -> str:
        """`3e kwartaal 2026`"""
        return self.over(report.period)

    def over(self, written: str) -> str:
        """A period as it is written, in words."""
        asked = period(written)
        match asked.kind:
            case "year":
                return str(asked)
            case "quarter":
                return self.formats.quarter(asked.first)
            case "month":
                return self.formats.month(str(asked))
            case "days":
                first, last = self.formats.day(asked.first), self.formats.day(asked.last)
                return self.say("told-days", first=first, last=last)

    def standing(self, report: Report) -> str:
        """As of which moment and which sequence of the stream."""
        moment = self.formats.moment(report.moment)
        return self.say("told-standing", moment=moment, sequence=str(report.sequence))

    def limited(self, report: Report) -> str | None:
        """That what occurred after a day counts nowhere, when it was asked so."""
        return self.say("told-on", day=self.formats.day(report.on)) if report.on else None

    def note(self, report: Report) -> str:
        """Whose it is, where that is not its subject, and what it holds at."""
        whose = f"{self.centre(report)} · " if report.partner else ""
        return f"{whose}{'. '.join(filter(None, (self.standing(report), self.limited(report))))}"

    def section(self, section: Section) -> str:
        return section.heading or self.say(f"report-section-{section.key}")

    def figure(self, figure: Figure) -> str:
        return self.say(figure.label)

    def column(self, column: Column) -> str:
        return column.heading or self.say(column.label or f"report-column-{column.key}")

    def caption(self, table: Table) -> str:
        return self.say(f"report-table-{table.key}")

    def paragraph(self, paragraph: Paragraph) -> str:
        """The text with its figures in it; a count comes as a number, for its plural."""
        told = {
            name: self._told(cell.value, paragraph.kinds.get(name))
            for name, cell in paragraph.told.items()
        }
        return self.say(paragraph.text, **told)

    def _told(self, value: Value, kind: ValueKind | None) -> object:
        if kind is None:
            return value
        if kind == "count" and value is not None:
            return int(value)
        return self.value(value, kind)

    # Values

    def value(self, value: Value, kind: ValueKind, *, cents: bool | None = None) -> str:
        """As it is read. Money is told in whole euro, unless it is little and has cents.

        `cents` says so of a whole column.
        """
        if value is None:
            return NOTHING
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if kind == "money":
            exact = _is_small_change(value) if cents is None else cents
            return self.formats.euro(str(value)) if exact else self.formats.whole_euro(str(value))
        return self._writers[kind](str(value))

    @cached_property
    def _writers(self) -> Mapping[ValueKind, Callable[[str], str]]:
        formats = self.formats
        return {
            "count": lambda told: formats.number(int(told)),
            "percentage": lambda told: f"{formats.given(told)} %",
            "number": formats.given,
            "duration": lambda told: formats.duration(int(told)),
            "date": formats.day,
            "month": formats.month,
            "year-part": formats.plain,
            "moment": formats.moment,
            "text": str,
            "term": self.say,
            "state": self.state,
        }

    def state(self, state: str) -> str:
        """`✓ goed`"""
        return f"{MARKS[state]} {self.say(f'told-state-{state}')}"

    def held_against(self, figure: Figure) -> str | None:
        """`norm 90 %`, of a figure that is held against something."""
        if figure.target is None:
            return None
        return self.say("told-target", target=self.value(figure.target.value, figure.kind))

    def row(self, table: Table, cells: Iterable[Cell]) -> list[str]:
        """A row as it is read: a column of amounts has cents in all of its rows, or in none."""
        return [
            self.value(cell.value, column.kind, cents=cents)
            for cell, column, cents in zip(cells, table.columns, in_cents(table), strict=True)
        ]


def in_cents(table: Table) -> list[bool]:
    """Per column, whether any of its amounts has cents."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    return [
        column.kind == "money" and has_cents(row[place].value for row in rows)
        for place, column in enumerate(table.columns)
    ]


def has_cents(amounts: Iterable[Value]) -> bool:
    return any(value is not None and Decimal(value) % 1 != 0 for value in amounts)


def _is_small_change(amount: Value) -> bool:
    return has_cents([amount]) and abs(Decimal(amount or 0)) < WHOLE_EURO_FROM
