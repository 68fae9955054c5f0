"""What a cooperation published, beside what the reports of a system with its case in it show."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from bodemplaat.cases.model import Published, PublishedTable
from bodemplaat.cases.model.published import Shown, Unit
from bodemplaat.operator import OPERATOR
from chassis.client import Client
from contracts.reports import Cell, Figures, Report, Table

TOTAL = "total"
"""Names the row that adds up, in the place of a value of the column along which rows go."""
THOUSAND = Decimal(1000)
Question = tuple[str, str, str | None]
"""A report, its period, its partner."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A published figure; `ours` is in its unit and as far rounded, `None` where none is shown."""

    source: str
    what: str
    published: str
    ours: str | None
    equal: bool
    of_tickets: bool


async def compare(published: Published, client: Client) -> list[Compared]:
    """Every published figure, in the order of the file. Raises `Refused`."""
    wanted: list[Shown] = [*published.tables, *published.figures]
    documents = {question: await _report(question, client) for question in map(_question, wanted)}
    return list(compared(published, documents))


def compared(published: Published, documents: Mapping[Question, Report]) -> Iterator[Compared]:
    for table in published.tables:
        yield from _in_table(table, documents[_question(table)])
    for figure in published.figures:
        cell = _figure(figure.label, documents[_question(figure)])
        yield _beside(figure, figure, figure.what, figure.value, cell)


def _question(shown: Shown) -> Question:
    return shown.report, shown.period, shown.partner


async def _report(question: Question, client: Client) -> Report:
    name, period, partner = question
    params = {"report": name, "period": period, "partner": partner}
    answer = await client.query("projection", "report", params, OPERATOR, timeout=30)
    return Report.model_validate(answer["report"])


def _in_table(published: PublishedTable, document: Report) -> Iterator[Compared]:
    """A row that is there twice is not found."""
    found = list(_rows(published, document))
    named = Counter(name for name, _ in found)
    rows = {name: row for name, row in found if named[name] == 1}
    for name, *figures in published.rows:
        row = rows.get(name, {})
        for column, value in zip(published.columns, figures, strict=True):
            if value:
                what = f"{published.names.get(name, name)}: {column.what}"
                yield _beside(published, column, what, value, row.get(column.key))


def _rows(published: PublishedTable, document: Report) -> Iterator[tuple[str, dict[str, Cell]]]:
    """The cells of each row by column, under the value by which the row is named."""
    for table in _tables(published.table, document):
        keys = [column.key for column in table.columns]
        for row in table.rows:
            cells = dict(zip(keys, row, strict=True))
            yield str(cells[published.along].value), cells
        if table.total is not None:
            yield TOTAL, dict(zip(keys, table.total, strict=True))


def _tables(key: str, document: Report) -> Iterator[Table]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Table) and block.key == key:
                yield block


def _figure(label: str, document: Report) -> Cell | None:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Figures):
                for figure in block.figures:
                    if figure.label == label:
                        return figure.cell
    return None


def _beside(shown: Shown, unit: Unit, what: str, value: str, cell: Cell | None) -> Compared:
    ours = None if cell is None or cell.value is None else _in_unit(str(cell.value), value, unit)
    return Compared(
        source=shown.source,
        what=what,
        published=value,
        ours=ours,
        equal=ours is not None and _equal(ours, value, unit.within),
        of_tickets=shown.of_tickets,
    )


def _in_unit(ours: str, published: str, unit: Unit) -> str:
    """As it would have been published; what is no number as it is."""
    told, like = _number(ours), _number(published)
    if told is None or like is None:
        return ours
    amount = told / THOUSAND if unit.thousands else told
    return f"{amount.quantize(like, ROUND_HALF_UP):f}"


def _equal(ours: str, published: str, within: Decimal) -> bool:
    told, like = _number(ours), _number(published)
    if told is None or like is None:
        return ours == published
    return abs(told - like) <= within


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None
