"""A report as a workbook: real numbers and dates, and beside each figure what it is made of."""

from collections.abc import Iterator, Sequence
from itertools import chain

from contracts.reports import Cell, Figures, Of, Paragraph, Report, Section, Table, ValueKind
from services.gateway.house import Houses
from services.gateway.language import Language, Texts
from services.gateway.reports.cells import Filled, filled
from services.gateway.reports.packing import packed_at
from services.gateway.reports.words import Words, in_cents
from services.gateway.reports.writing import Line, Writer

Named = Sequence[tuple[Table, str]]
"""Tables, each with the name of its sheet."""


def sheet(report: Report, texts: Texts, language: Language, houses: Houses) -> bytes:
    """The same bytes for the same document in the same language, whenever it is made."""
    words = Words(texts, language)
    writer = Writer(houses.colours(report.theme)["accent"])
    overview = writer.named(words.say("told-overview"))
    names = [
        [(table, writer.named(words.caption(table))) for table in _tables(section)]
        for section in report.sections
    ]
    writer.write(overview, list(_overview(report, names, words)), header=None)
    for table, name in chain.from_iterable(names):
        header, *rows = _table(table, words)
        writer.write(name, rows, header, total=table.total is not None)
    return packed_at(writer.saved(words.title(report)), report.moment)


def _tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def _overview(report: Report, names: Sequence[Named], words: Words) -> Iterator[Line]:
    """What the report is, and of each section its figures, paragraphs and where its tables are."""
    yield [filled(words.title(report), "text", strong=True)]
    yield [words.say("told-about"), words.subject(report)]
    if report.partner:
        yield [words.say("told-by"), words.centre(report)]
    yield [words.say("told-period"), words.period(report)]
    yield [words.say("told-as-of"), filled(report.moment.isoformat(), "moment")]
    yield [words.say("told-up-to"), Filled(report.sequence)]
    if limited := words.limited(report):
        yield [words.say("told-counted"), limited]
    for section, named in zip(report.sections, names, strict=True):
        yield []
        yield from _told(section, words)
        for table, name in named:
            yield [words.caption(table), Filled(name, sheet=name)]


def _told(section: Section, words: Words) -> Iterator[Line]:
    blocks = [block for block in section.blocks if not isinstance(block, Table)]
    columns = ("told-value", "told-norm", "told-state", "told-made-of") if blocks else ()
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
