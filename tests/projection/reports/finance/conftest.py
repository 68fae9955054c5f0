"""The books of three cooperations as they were published, and a year in the books of two partners.

What was published stands in `cases/`; here are the events that finance tells of it.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from chassis.testing.history import envelopes
from contracts.envelope import Envelope, source_urn
from contracts.reports import Cell, Figures, Report, Table
from services.gateway.language import LANGUAGES, Texts

SOURCE = source_urn("00000001003214345000", "finance")
PUBLISHED = Path(__file__).parent / "published.json"
"""Per cooperation its events: the aggregate, the name with its context, the day, what it tells."""
TWO_PARTNERS = Path(__file__).parents[2] / "finance" / "history.json"


@dataclass
class Books:
    """Read models with one history in them, and short ways to look at reports of it."""

    models: Any

    async def report(self, name: str, *caller: Any, **asked: Any) -> Report:
        report: Report = await self.models.report(name, *caller, **asked)
        return report

    async def opened(self, report: Report, cell: Cell, **asked: Any) -> tuple[Table, int]:
        opened: tuple[Table, int] = await self.models.opened(report, cell, **asked)
        return opened

    async def reckoned(self, report: Report, cell: Cell) -> Decimal:
        """What the calculation of a figure comes to, step by step."""
        steps, _ = await self.opened(report, cell)
        result = Decimal(0)
        for step, _, _, amount, number in ([each.value for each in row] for row in steps.rows):
            value = Decimal(str(number if amount is None else amount))
            result = _TAKEN[str(step).removeprefix("report-step-")](result, value)
        return result


_TAKEN: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "plus": lambda so_far, value: so_far + value,
    "minus": lambda so_far, value: so_far - value,
    "times": lambda so_far, value: so_far * value,
    "divided-by": lambda so_far, value: so_far / value,
    "at-least": max,
}


async def with_history(models: Any, told: Iterable[Any]) -> Books:
    await models.fold(*envelopes(told, SOURCE))
    return Books(models)


def published(name: str) -> Any:
    return json.loads(PUBLISHED.read_text())[name]


@pytest.fixture
def told_of_ons() -> list[Envelope]:
    return list(envelopes(published("ons"), SOURCE))


@pytest_asyncio.fixture(scope="module")
async def ons(module_read_models: Any) -> Books:
    return await with_history(module_read_models, published("ons"))


@pytest_asyncio.fixture(scope="module")
async def blnp(module_read_models: Any) -> Books:
    return await with_history(module_read_models, published("blnp"))


@pytest_asyncio.fixture(scope="module")
async def de_liemers(module_read_models: Any) -> Books:
    return await with_history(module_read_models, published("de-liemers"))


@pytest_asyncio.fixture(scope="module")
async def two_partners(module_read_models: Any) -> Books:
    return await with_history(
        module_read_models, map(_agreeing, json.loads(TWO_PARTNERS.read_text()))
    )


def _agreeing(told: Any) -> Any:
    """With a simulation whose figures follow from each other."""
    *place, data = told
    simulated = {"ratio": "1.1111", "grade": "C"} if data.get("way") == "simulation" else {}
    return [*place, {**data, **simulated}]


@pytest_asyncio.fixture(scope="module")
async def nothing_told(module_read_models: Any) -> AsyncIterator[Books]:
    yield Books(module_read_models)


def _blocks(report: Report, kind: Any) -> list[Any]:
    return [each for part in report.sections for each in part.blocks if isinstance(each, kind)]


def _cells(report: Report) -> Iterator[Cell]:
    for table in _blocks(report, Table):
        for row in (*table.rows, *([table.total] if table.total else [])):
            yield from row
    for block in _blocks(report, Figures):
        for figure in block.figures:
            yield from filter(None, (figure.cell, figure.target))


@pytest.fixture(scope="session")
def tables() -> Callable[[Report], dict[str, Table]]:
    """The tables of a report, by their keys."""
    return lambda report: {table.key: table for table in _blocks(report, Table)}


@pytest.fixture(scope="session")
def column() -> Callable[[Table, str], list[Any]]:
    """The values of a column, from top to bottom."""

    def values(table: Table, key: str) -> list[Any]:
        place = [each.key for each in table.columns].index(key)
        return [row[place].value for row in table.rows]

    return values


@pytest.fixture(scope="session")
def key_figures() -> Callable[[Report], dict[str, Any]]:
    """The key figures of a report, by their labels."""
    return lambda report: {
        figure.label: figure for block in _blocks(report, Figures) for figure in block.figures
    }


@pytest.fixture(scope="session")
def cells() -> Callable[[Report], list[Cell]]:
    """Every cell of a report that has something to open."""
    return lambda report: [cell for cell in _cells(report) if cell.of is not None]


@pytest.fixture(scope="session")
def open_all() -> Callable[[Books, Report], Awaitable[Counter[str]]]:
    """Opens the figures and compares what they come to; counts them by their source.

    Of a table those of the first and last row and of the total.
    """
    return _open_all


async def _open_all(books: Books, report: Report) -> Counter[str]:
    found: Counter[str] = Counter()
    for table in _blocks(report, Table):
        shown = [*table.rows[:1], *table.rows[1:][-1:], *([table.total] if table.total else [])]
        for row in shown:
            for each, of_column in zip(row, table.columns, strict=True):
                name = f"{table.key} {of_column.key}"
                found[await _opened(books, report, each, name, of_column.kind)] += 1
    for block in _blocks(report, Figures):
        for figure in block.figures:
            for each in filter(None, (figure.cell, figure.target)):
                found[await _opened(books, report, each, figure.label, figure.kind)] += 1
    return found


async def _opened(books: Books, report: Report, cell: Cell, name: str, kind: str) -> str:
    """What the figure opens to is what it says."""
    source = "" if cell.of is None else cell.of.source
    if source == "figures":
        value = Decimal(str(cell.value))
        assert (await books.reckoned(report, cell)).quantize(value, ROUND_HALF_UP) == value, name
    elif source == "risks":
        assert (await books.opened(report, cell))[1] == cell.value, name
    elif source in ("finance-events", "charging-lines"):
        table, count = await books.opened(report, cell)
        assert count or Decimal(str(cell.value)) == 0, name
        summed = cell.of is not None and cell.of.where.keys() & {"event", "run"}
        if summed and count and kind == "money":
            amounts = [row[_AMOUNT[source]].value for row in table.rows]
            assert sum(Decimal(str(each)) for each in amounts) == Decimal(str(cell.value)), name
    return source


_AMOUNT = {"finance-events": 4, "charging-lines": 9}


@pytest.fixture(scope="session")
def untold(texts: Texts) -> Callable[[Report], list[str]]:
    """The ids of a report that have no text in one of the languages."""
    return lambda report: [
        f"{language} {name}"
        for name in sorted(set(_names(report)))
        for language in LANGUAGES
        if not texts.has(language, name)
    ]


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load()


def _names(report: Report) -> Iterator[str]:
    yield f"report-{report.name}"
    for part in report.sections:
        if part.heading is None:
            yield f"report-section-{part.key}"
        for block in part.blocks:
            yield from _names_of(block)


def _names_of(block: Any) -> Iterator[str]:
    if isinstance(block, Figures):
        yield from (figure.label for figure in block.figures)
    elif isinstance(block, Table):
        yield from table_names(block)
    else:
        yield block.text
        terms = [name for name, kind in block.kinds.items() if kind == "term"]
        yield from (str(block.told[name].value) for name in terms)


def table_names(table: Table) -> Iterator[str]:
    yield f"report-table-{table.key}"
    for place, each in enumerate(table.columns):
        if each.heading is None:
            yield each.label or f"report-column-{each.key}"
        if each.kind == "term":
            told = (row[place].value for row in table.rows)
            yield from (value for value in told if isinstance(value, str))
