"""Whatever a report of tickets says has words, in both languages; so have the lists it opens to."""

from collections.abc import Iterable
from typing import Any

from contracts.reports import REPORTS, Cell, Figures, Of, Paragraph, Report, Table
from services.gateway.language import LANGUAGES, Texts
from services.gateway.reports.words import Words

ASKED = [
    ("dashboard", "zevenaar", "2026-03"),
    ("service-level", "zevenaar", "2026-Q1"),
    ("service-level", None, "2026"),
    ("day-board", None, "2026-03"),
    ("day-board", None, "2026"),
    ("annual", None, "2026"),
]
OPENED = [
    ("service-level", "tickets", {"measure": "received"}),
    ("service-level", "ratings", {"measure": "rated"}),
    ("annual", "ticket-totals", {"measure": "received"}),
    ("annual", "marks-given", {"measure": "rated"}),
    ("annual", "maintenance", {}),
    ("annual", "signals", {"sort": "suspicious-login"}),
]


def said(words: Words, report: Report) -> list[str]:
    """Every label and value of it."""
    found = [words.title(report)]
    for section in report.sections:
        found.append(words.section(section))
        for block in section.blocks:
            found += block_words(words, block)
    return found


def block_words(words: Words, block: Figures | Table | Paragraph) -> list[str]:
    match block:
        case Paragraph():
            return [words.paragraph(block)]
        case Figures():
            return [
                text
                for figure in block.figures
                for text in (words.figure(figure), words.value(figure.cell.value, figure.kind))
            ]
        case Table():
            return table_words(words, block)


def table_words(words: Words, table: Table) -> list[str]:
    rows: Iterable[tuple[Cell, ...]] = [*table.rows, *([table.total] if table.total else [])]
    cells = [text for row in rows for text in words.row(table, row)]
    return [words.caption(table), *map(words.column, table.columns), *cells]


async def test_every_label_and_term_has_words(busy_models: Any) -> None:
    texts = Texts.load()
    for language in LANGUAGES:
        words = Words(texts, language)
        for name, partner, period in ASKED:
            report = await busy_models.report(name, partner=partner, period=period)
            assert len(said(words, report)) > 50
        for name, source, where in OPENED:
            report = await busy_models.report(name, period="2026")
            cell = Cell(value=None, of=Of(source=source, where=where))
            table, _ = await busy_models.opened(report, cell)
            assert table_words(words, table)


def test_every_report_says_what_it_is_about() -> None:
    texts = Texts.load()
    for language in LANGUAGES:
        missing = [name for name in REPORTS if not texts.has(language, f"report-{name}.about")]
        assert missing == []
