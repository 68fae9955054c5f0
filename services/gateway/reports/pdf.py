"""A report as a tagged PDF (PDF/UA-1), in the house style of its partner."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contracts.periods import AMSTERDAM
from contracts.reports import Cell, Chart, Figure, Figures, Paragraph, Report, Section, Table
from services.gateway.charts import drawn, key
from services.gateway.house import STATIC, Houses
from services.gateway.language import Language, Texts
from services.gateway.reports.charts import plotted
from services.gateway.reports.fitting import TURNED, UPRIGHT, stands
from services.gateway.reports.printed import Printed
from services.gateway.reports.words import Words
from services.gateway.typeset import pictured, typeset

Told = dict[str, Any]


async def pdf(report: Report, texts: Texts, language: Language, houses: Houses) -> bytes:
    """The same bytes for the same document in the same language, whenever it is made."""
    told = await asyncio.to_thread(_dressed, report, Words(texts, language), houses)
    dated = report.moment.astimezone(AMSTERDAM).date()
    return await typeset("report", told, language, dated, house=houses.colours(report.theme))


async def images(report: Report, texts: Texts, language: Language, houses: Houses) -> list[bytes]:
    """Its pages as PNG images."""
    told = await asyncio.to_thread(_dressed, report, Words(texts, language), houses)
    return await pictured("report", told, language, house=houses.colours(report.theme))


def _dressed(report: Report, words: Words, houses: Houses) -> Told:
    styles = houses.tokens(report.theme).filled((STATIC / "charts.css").read_text("utf-8"))
    return {**content(report, words), "styles": styles}


@dataclass(frozen=True, slots=True)
class Page:
    """In which words, and with how many points from margin to margin."""

    words: Words
    room: float


def content(report: Report, words: Words) -> Told:
    """What the template shows, as it will be read. Its pages lie where a table is too wide."""
    turned = not all(stands(Printed.of(table, words).columns) for table in _tables(report))
    page = Page(words, TURNED if turned else UPRIGHT)
    title, subject, period = words.title(report), words.subject(report), words.period(report)
    return {
        "title": f"{title} – {subject} – {period}",
        "author": words.centre(report),
        "name": title,
        "subject": subject,
        "facts": list(_facts(report, words)),
        "note": words.dash if _has_nothing(report) else "",
        "sequence": words.say("told-sequence", sequence=str(report.sequence)),
        "paging": [words.say("told-page"), words.say("told-of")],
        "turned": turned,
        "sections": [_section(section, page) for section in report.sections],
    }


def _facts(report: Report, words: Words) -> Iterator[tuple[str, str]]:
    if report.partner:
        yield words.say("told-by"), words.centre(report)
    yield words.say("told-period"), words.period(report)
    yield words.say("told-as-of"), words.formats.moment(report.moment)
    yield words.say("told-up-to"), str(report.sequence)
    if limited := words.limited(report):
        yield words.say("told-counted"), limited


def _has_nothing(report: Report) -> bool:
    """Whether a dash stands anywhere."""
    return any(cell.value is None for cell in _cells(report))


def _cells(report: Report) -> Iterator[Cell]:
    for section in report.sections:
        for block in section.blocks:
            match block:
                case Figures():
                    yield from (figure.cell for figure in block.figures)
                case Table():
                    yield from (cell for row in block.rows for cell in row)
                case Paragraph():
                    yield from block.told.values()


def _tables(report: Report) -> Iterator[Table]:
    for section in report.sections:
        yield from (block for block in section.blocks if isinstance(block, Table))


def _section(section: Section, page: Page) -> Told:
    return {
        "heading": page.words.section(section),
        "blocks": [
            _block(block, page, f"{section.key}-{place}")
            for place, block in enumerate(section.blocks)
        ],
    }


def _block(block: Figures | Table | Paragraph, page: Page, name: str) -> Told:
    match block:
        case Figures():
            told = [_tile(one, page.words) for one in block.figures]
            return {"block": "figures", "figures": told}
        case Paragraph():
            return {"block": "paragraph", "text": page.words.paragraph(block)}
        case Table():
            return _table(block, page, name)


def _tile(figure: Figure, words: Words) -> Told:
    return {
        "label": words.figure(figure),
        "value": words.value(figure.cell.value, figure.kind),
        "target": words.held_against(figure) or "",
        "state": figure.state or "",
        "told": words.state(figure.state) if figure.state else "",
    }


def _table(table: Table, page: Page, name: str) -> Told:
    charts = table.charts if table.rows else ()
    return {
        "block": "table",
        "caption": page.words.caption(table),
        "empty": "" if table.rows else page.words.say("told-empty"),
        "charts": [_chart(table, one, page.words, f"{name}-{n}") for n, one in enumerate(charts)],
        **Printed.of(table, page.words).told(page.room),
    }


def _chart(table: Table, chart: Chart, words: Words, name: str) -> Told:
    plot = plotted(words, table, chart)
    return {
        "drawing": str(drawn(plot, name)),
        "alt": f"{plot.title}. {plot.description}",
        "keys": [
            {"drawing": str(key(number, one, f"{name}-{number}")), "name": one.name}
            for number, one in enumerate(plot.series, start=1)
        ],
    }
