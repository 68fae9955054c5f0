"""The report to the board over a quarter, reckoned by hand from the books of two partners."""

from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import PartnerForbidden
from contracts.reports import Report

ZEVENAAR = Caller("p-1", frozenset({"owner"}), frozenset({"zevenaar"}))
CLIENT = Caller("p-2", frozenset({"client"}), frozenset({"zevenaar"}))


@pytest_asyncio.fixture(scope="module")
async def first(two_partners: Any) -> Report:
    report: Report = await two_partners.report("board", period="2026-Q1")
    return report


@pytest_asyncio.fixture(scope="module")
async def second(two_partners: Any) -> Report:
    report: Report = await two_partners.report("board", period="2026-Q2")
    return report


def row(table: Any, place: int = 0) -> list[Any]:
    return [cell.value for cell in table.rows[place]]


async def test_the_result_is_what_was_booked_for_all_by_the_quarters_end(
    first: Report, tables: Any
) -> None:
    """90,000 structural in February, 10,000 incidental in March: 90,000 × 12 ÷ 3 + 10,000."""
    assert row(tables(first)["finance-result"]) == [
        "ICT",
        "360000.00",
        "100000.00",
        "27.8",
        "370000.00",
        "-10000.00",
    ]


async def test_an_amendment_counts_from_its_day(
    first: Report, second: Report, tables: Any, key_figures: Any
) -> None:
    """20,000 more in May."""
    amended = [row(tables(each)["finance-budget"])[2] for each in (first, second)]
    assert amended == ["0.00", "20000.00"]
    expected = [
        (figure.cell.value, figure.state)
        for report in (first, second)
        for figure in [key_figures(report)["report-finance-expected-result"]]
    ]
    assert expected == [("-10000.00", "attention"), ("10000.00", "good")]


async def test_risks_with_what_changed_since_the_quarter_before(
    first: Report, second: Report, tables: Any, column: Any
) -> None:
    """One was put at less in April, one without an amount came in February and went in May."""
    before, after = (tables(report)["finance-risks"] for report in (first, second))
    assert column(before, "risk") == ["Cybercriminaliteit", "Krapte"]
    assert column(before, "change") == ["0.00", None]
    assert column(after, "net") == ["200000.00"]
    assert column(after, "change") == ["-100000.00"]
    assert "report-finance-risks-gone" in second.model_dump_json()


async def test_resilience_is_told_by_each_way_in_which_it_was_reached(
    first: Report, tables: Any, key_figures: Any
) -> None:
    told = tables(first)
    assert row(told["finance-resilience-percentage"])[3:] == ["33", "50"]
    assert row(told["finance-resilience-simulation"])[3:] == ["90000.00", "90", 500, "7"]
    graded = [row(told["finance-resilience-class"], place)[1:5] for place in (0, 1)]
    assert graded == [
        ["report-way-percentage", "150000.00", "0.67", "E"],
        ["report-way-simulation", "90000.00", "1.11", "C"],
    ]
    by_percentage = key_figures(first)["report-finance-ratio-by-percentage"]
    assert (by_percentage.cell.value, by_percentage.target.value) == ("33", "50")
    assert by_percentage.state == "bad"


async def test_the_third_quarter_in_a_row_over_the_limit_is_for_the_supervisor(
    first: Report, key_figures: Any
) -> None:
    assert "report-finance-cash-reportable" in first.model_dump_json()
    assert key_figures(first)["report-finance-cash-room"].state == "bad"


async def test_the_norm_that_is_exceeded_is_named_with_its_years(first: Report) -> None:
    (section,) = (each for each in first.sections if each.key == "finance-interest-risk")
    assert section.blocks[-1].told["years"].value == "2027, 2028"  # type: ignore[union-attr]


async def test_every_figure_opens_to_what_it_says(
    two_partners: Any, first: Report, open_all: Any
) -> None:
    opened = await open_all(two_partners, first)
    assert min(opened["figures"], opened["finance-events"]) > 20


async def test_what_is_one_partners_own_stands_nowhere(
    two_partners: Any, first: Report, cells: Any
) -> None:
    """Neither what was booked for one of them, nor in what an owner of one opens."""
    told = first.model_dump_json()
    assert not any(own in told for own in ("duiven", "zevenaar", "1500.00", "2500.00"))
    for cell in cells(first):
        if cell.of.source == "finance-events":
            opened = await two_partners.models.ask(
                "report-sources",
                ZEVENAAR,
                report="board",
                period="2026-Q1",
                source=cell.of.source,
                where=cell.of.where,
            )
            assert not any(own in str(opened) for own in ("1500.00", "2500.00", "duiven"))


async def test_a_client_does_not_read_it(two_partners: Any) -> None:
    with pytest.raises(PartnerForbidden):
        await two_partners.report("board", CLIENT, period="2026-Q1")


async def test_every_owner_and_the_controller_read_the_same(
    two_partners: Any, first: Report
) -> None:
    theirs = await two_partners.report("board", ZEVENAAR, period="2026-Q1")
    assert theirs.model_dump_json() == first.model_dump_json()


async def test_every_word_of_it_is_told_in_both_languages(first: Report, untold: Any) -> None:
    assert untold(first) == []
