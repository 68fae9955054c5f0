"""The key figures of tickets in the reports that all partners read, reckoned by hand."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contracts import tickets
from contracts.periods import period
from contracts.reports import Cell, Figures, Section, Table
from services.projection.errors import ReportSourceUnknown
from services.projection.views import snapshot
from services.projection.views.reports.asking import Asked, SourcesParams
from services.projection.views.reports.cells import tenth
from services.projection.views.reports.registry import OPENERS
from services.projection.views.reports.tickets.key_figures import ticket_key_figures

SECRET = tickets.Sealed(subject="p-1", text="c2VhbGVk")
NOW = datetime(2026, 4, 1, 21, 30, tzinfo=UTC)
YEAR = Asked("annual", None, period("2025"), NOW)


def at(month: int, day: int, hour: int = 9, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def closed(teller: Any, number: str, opened: datetime, until: datetime, **told: Any) -> None:
    within = told.pop("within", True)
    teller.opened(number, opened, **told)
    teller.resolved(number, until, 3600, within_resolution=within)
    judged = {"within_response": True, "within_resolution": within, "automatic": False}
    teller.then(number, tickets.TicketClosed, until, **judged)


def a_year(teller: Any) -> None:
    teller.partner()
    teller.partner("duiven")
    closed(teller, "INC-2025-000001", at(1, 1, 0), at(1, 2))
    closed(teller, "INC-2025-000002", at(5, 1), at(5, 2), partner="duiven", within=False)
    closed(teller, "INC-2025-000003", at(6, 1), at(6, 2), domain="hr")
    closed(teller, "CHG-2025-000001", at(7, 1), at(7, 3), kind="change")
    marks = {"quality": 8, "speed": 7, "communication": 9}
    teller.then("INC-2025-000001", tickets.TicketRated, at(1, 3), **marks)
    marks = {"quality": 7, "speed": 6, "communication": 6}
    teller.then("INC-2025-000002", tickets.TicketRated, at(5, 3), **marks)
    teller.opened("INC-2025-000004", at(8, 1))
    teller.then("INC-2025-000004", tickets.TicketCancelled, at(8, 2), reason=SECRET)
    # Half an hour into 2025 in Amsterdam, and half an hour into 2026.
    teller.opened("INC-2025-000005", datetime(2024, 12, 31, 23, 30, tzinfo=UTC))
    teller.opened("INC-2026-000001", datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    window(teller, "MNT-2025-000001", ())
    window(teller, "MNT-2025-000002", ("duiven",))
    for partner, month, count in (
        ("zevenaar", "2025-01", 10),
        ("duiven", "2025-12", 5),
        ("duiven", "2026-01", 7),
    ):
        told = {"partner": partner, "month": month, "sort": "suspicious-login", "count": count}
        event = tickets.SecuritySignalsCounted(occurred_at=at(1, 31), **told)
        teller.tell(f"signals/{partner}/{month}", event)


def window(teller: Any, number: str, partners: tuple[str, ...]) -> None:
    plan = {"title": f"Onderhoud {number}", "starts_at": at(2, 1), "ends_at": at(2, 2)}
    planned = tickets.MaintenancePlanned(
        occurred_at=at(1, 5), window=number, partners=partners, **plan
    )
    teller.tell(number, planned)
    done = tickets.MaintenanceCompleted(occurred_at=at(2, 2), window=number, as_planned=True)
    teller.tell(number, done)


async def key_figures(read_models: Any, asked: Asked = YEAR) -> Section:
    async with read_models.database.transaction() as session:
        await snapshot.enter(session)
        return await ticket_key_figures(asked, session)


async def opened(read_models: Any, cell: Any, **page: Any) -> tuple[Table, int]:
    params = SourcesParams(report="annual", source=cell.of.source, where=cell.of.where, **page)
    async with read_models.database.transaction() as session:
        await snapshot.enter(session)
        return await OPENERS[params.source](params, YEAR, session)


def values(block: Any) -> Any:
    if isinstance(block, Figures):
        return [figure.cell.value for figure in block.figures]
    return [[cell.value for cell in row] for row in block.rows]


async def test_the_key_figures_of_a_year(read_models: Any, teller: Any) -> None:
    a_year(teller)
    await read_models.fold(*teller.told)
    numbers, domains, _, ratings, course = (await key_figures(read_models)).blocks
    assert values(numbers) == [5, 3, "66.7", 1, 2, 15]
    assert values(domains) == [
        ["domain-hr", 1, 0, 1, "100.0", "100.0"],
        ["domain-ict", 4, 1, 2, "50.0", "50.0"],
    ]
    assert [cell.value for cell in domains.total] == [None, 5, 1, 3, "60.0", "66.7"]
    assert [row[:4] for row in values(course)][:3] == [
        ["2025-01", 2, 1, 1],
        ["2025-02", 0, 0, 1],
        ["2025-03", 0, 0, 1],
    ]
    assert values(ratings) == [["domain-ict", 2, "7.5", "6.5", "7.5", "7.2"]]


async def test_a_year_in_which_nothing_happened_counts_nothing(read_models: Any) -> None:
    numbers, domains, _, ratings, _ = (await key_figures(read_models)).blocks
    assert values(numbers) == [0, 0, None, 0, 0, None]
    assert (domains.rows, domains.total, ratings.rows) == ((), None, ())


def openable(section: Section) -> Iterator[tuple[str, Cell]]:
    """The last part of each figure's name, and the figure."""
    for block in section.blocks:
        if isinstance(block, Figures):
            yield from ((each.label, each.cell) for each in block.figures)
        if isinstance(block, Table):
            for row in [*block.rows, *([block.total] if block.total else [])]:
                yield from zip((column.key for column in block.columns), row, strict=True)


def mean_of(name: str, table: Table) -> str | None:
    """The mean of a mark, or of all marks, from how often each was given."""
    keys = [column.key for column in table.columns]
    places = [keys.index(name)] if name in keys else range(1, len(keys))
    given = [(row[0].value, row[place].value) for row in table.rows for place in places]
    return tenth(Decimal(sum(mark * times for mark, times in given)) / sum(n for _, n in given))


async def test_every_figure_opens_to_totals_that_add_up_to_it(
    read_models: Any, teller: Any
) -> None:
    a_year(teller)
    await read_models.fold(*teller.told)
    tried: Counter[str] = Counter()
    for name, cell in openable(await key_figures(read_models)):
        if cell.of is None:
            continue
        table, total = await opened(read_models, cell, size=1000)
        assert total == len(table.rows)
        if isinstance(cell.value, int) and table.total is not None:
            assert table.total[-1].value == cell.value, name
        elif cell.of.source == "marks-given":
            assert mean_of(name, table) == cell.value, name
        elif cell.of.source == "maintenance":
            assert total == cell.value
        tried[cell.of.source] += 1
    assert tried.keys() == {"ticket-totals", "marks-given", "maintenance", "signals"}
    assert tried["ticket-totals"] > 50


async def test_signals_open_to_their_months(read_models: Any, teller: Any) -> None:
    a_year(teller)
    await read_models.fold(*teller.told)
    numbers, *_ = (await key_figures(read_models)).blocks
    months, _ = await opened(read_models, numbers.figures[5].cell)
    assert values(months) == [["2025-01", 10], ["2025-12", 5]]


async def test_no_ticket_or_window_of_a_partner_is_named_to_the_others(
    read_models: Any, teller: Any
) -> None:
    a_year(teller)
    await read_models.fold(*teller.told)
    section = await key_figures(read_models)
    windows, _ = await opened(read_models, section.blocks[0].figures[4].cell)
    assert [row[1].value for row in windows.rows] == ["Onderhoud MNT-2025-000001", None]
    assert "INC-2025" not in section.model_dump_json()
    assert "duiven" not in section.model_dump_json()
    for source in ("tickets", "ratings"):
        params = SourcesParams(report="annual", source=source, where={"measure": "closed"})
        async with read_models.database.transaction() as session:
            with pytest.raises(ReportSourceUnknown):
                await OPENERS[source](params, YEAR, session)


@pytest.mark.parametrize(
    "narrowed",
    [
        {"partner": "duiven"},
        {"item": "ICT-WP-01"},
        {"team": "Netwerk"},
        {"kind": "incident"},
        {"from": "2025-05-01", "to": "2025-05-01"},
        {"from": "2025-05-01"},
    ],
)
@pytest.mark.parametrize("source", ["marks-given", "ticket-totals"])
async def test_what_is_not_for_all_opens_to_nothing(source: str, narrowed: dict[str, str]) -> None:
    """Neither one partner's part of a total, nor a day on which only one of them had tickets."""
    where = {"measure": "rated", **narrowed}
    params = SourcesParams(report="annual", source=source, where=where)
    with pytest.raises(ReportSourceUnknown):
        await OPENERS[source](params, YEAR, None)  # type: ignore[arg-type]


async def test_a_quarter_has_its_own(read_models: Any, teller: Any) -> None:
    a_year(teller)
    await read_models.fold(*teller.told)
    quarter = Asked("board", None, period("2025-Q1"), NOW)
    assert quarter.period.last == date(2025, 3, 31)
    numbers, *_ = (await key_figures(read_models, quarter)).blocks
    assert values(numbers) == [2, 1, "100.0", 0, 2, 10]
