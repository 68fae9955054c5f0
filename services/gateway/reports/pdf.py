"""A report as a tagged PDF (PDF/UA-1), in the house style of its partner."""

from collections.abc import Iterator, Sequence
from typing import Any

from contracts.periods import AMSTERDAM
from contracts.reports import Cell, Chart, Figure, Figures, Paragraph, Report, Section, Table
from services.gateway.charts import drawn, key
from services.gateway.house import STATIC, Houses
from services.gateway.language import Language, Texts
from services.gateway.reports.charts import plotted
from services.gateway.reports.fitting import breakable, fit
from services.gateway.reports.words import FIGURES, NOTHING, Words
from services.gateway.typeset import pictured, typeset

Told = dict[str, Any]


async def pdf(report: Report, texts: Texts, language: Language, houses: Houses) -> bytes:
    """The same bytes for the same document in the same language, whenever it is made."""
    told = _dressed(report, Words(texts, language), houses)
    dated = report.moment.astimezone(AMSTERDAM).date()
    return await typeset("report", told, language, dated, house=houses.colours(report.theme))


async def images(report: Report, texts: Texts, language: Language, houses: Houses) -> list[bytes]:
    """Its pages as PNG images."""
    told = _dressed(report, Words(texts, language), houses)
    return await pictured("report", told, language, house=houses.colours(report.theme))


def _dressed(report: Report, words: Words, houses: Houses) -> Told:
    styles = houses.tokens(report.theme).filled((STATIC / "charts.css").read_text("utf-8"))
    return {**content(report, words), "styles": styles}


def content(report: Report, words: Words) -> Told:
    """What the template shows, as it will be read."""
    title, subject, period = words.title(report), words.subject(report), words.period(report)
    return {
        "title": f"{title} – {subject} – {period}",
        "author": words.say("told-centre"),
        "name": title,
        "subject": subject,
        "facts": list(_facts(report, words)),
        "note": words.dash if _has_nothing(report) else "",
        "sequence": words.say("told-sequence", sequence=str(report.sequence)),
        "page": [words.say("told-page"), words.say("told-of")],
        "sections": [_section(section, words) for section in report.sections],
    }


def _facts(report: Report, words: Words) -> Iterator[tuple[str, str]]:
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


def _section(section: Section, words: Words) -> Told:
    return {
        "heading": words.section(section),
        "blocks": [
            _block(block, words, f"{section.key}-{place}")
            for place, block in enumerate(section.blocks)
        ],
    }


def _block(block: Figures | Table | Paragraph, words: Words, name: str) -> Told:
    match block:
        case Figures():
            return {"block": "figures", "figures": [_tile(one, words) for one in block.figures]}
        case Paragraph():
            return {"block": "paragraph", "text": words.paragraph(block)}
        case Table():
            return _table(block, words, name)


def _tile(figure: Figure, words: Words) -> Told:
    return {
        "label": words.figure(figure),
        "value": words.value(figure.cell.value, figure.kind),
        "target": words.held_against(figure) or "",
        "state": figure.state or "",
        "told": words.state(figure.state) if figure.state else "",
    }


def _table(table: Table, words: Words, name: str) -> Told:
    headings = [words.column(column) for column in table.columns]
    rows = [words.row(table, row) for row in table.rows]
    total = _total(table, words)
    fitted = fit([list(cells) for cells in zip(headings, *rows, *total, strict=True)])
    return {
        "block": "table",
        "caption": words.caption(table),
        "empty": "" if rows else words.say("told-empty"),
        "size": fitted.size,
        "turned": fitted.turned,
        "charts": [_chart(table, one, words, f"{name}-{n}") for n, one in enumerate(table.charts)]
        if rows
        else [],
        "parts": [
            {
                "columns": [breakable(headings[place]) for place, _ in part],
                "widths": [width for _, width in part],
                "right": [table.columns[place].kind in FIGURES for place, _ in part],
                "rows": [_picked(row, part) for row in rows],
                "total": [_picked(row, part) for row in total],
                "states": _states(table, part),
            }
            for part in fitted.parts
        ],
    }


def _picked(row: Sequence[str], part: Sequence[tuple[int, float]]) -> list[str]:
    return [breakable(row[place]) for place, _ in part]


def _states(table: Table, part: Sequence[tuple[int, float]]) -> list[list[str]]:
    """Per row and column the state that is told there, if any."""
    return [
        [
            str(row[place].value or "") if table.columns[place].kind == "state" else ""
            for place, _ in part
        ]
        for row in table.rows
    ]


def _total(table: Table, words: Words) -> list[list[str]]:
    """The row that is added up, with nothing where nothing can be."""
    if table.total is None:
        return []
    told = ["" if text == NOTHING else text for text in words.row(table, table.total)]
    return [[told[0] or words.say("told-total"), *told[1:]]]


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
