"""The annual report of SSC Ons over 2022: its figures are the published ones."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest_asyncio

from contracts.reports import Report, Table

KILO = Decimal(1000)
WITHIN_ROUNDING = Decimal(1)
"""Published amounts are rounded, in k€."""


@pytest_asyncio.fixture(scope="module")
async def annual(ons: Any) -> Report:
    report: Report = await ons.report("annual", period="2022")
    return report


def kilo(amounts: Sequence[Any]) -> list[Decimal]:
    return [Decimal(amount) / KILO for amount in amounts]


async def test_resilience_per_reference_date(annual: Report, tables: Any, column: Any) -> None:
    table = tables(annual)["finance-resilience-percentage"]
    assert [day[:7] for day in column(table, "reference-date")] == [
        "2018-11",
        "2019-11",
        "2020-11",
        "2021-12",
        "2022-12",
    ]
    assert kilo(column(table, "total")) == [400, 420, 415, 707, 730]
    assert column(table, "resilience-ratio") == ["0", "48", "54", "34", "48"]
    assert column(table, "target-ratio") == ["50"] * 5
    assert column(table, "capacity")[-1] == "354000.00"
    graded = tables(annual)["finance-resilience-class"]
    assert column(graded, "grade") == ["F", "D", "C", "E", "D"]
    assert column(graded, "ceiling")[-1] == "1150612.70"
    assert set(column(graded, "way")) == {"report-way-percentage"}


async def test_top_risks_with_what_changed(annual: Report, tables: Any, column: Any) -> None:
    table: Table = tables(annual)["finance-risks"]
    assert kilo(column(table, "net")) == [375, 130, 100, 60, 40, 25]
    assert kilo(column(table, "change")) == [0, 8, 0, 15, 0, 0]
    assert column(table, "risk")[0] == "Cybercriminaliteit"
    assert table.total is not None
    assert [cell.value for cell in table.total][3:6] == ["730000.00", "707000.00", "23000.00"]


async def test_the_cash_limit_per_quarter(annual: Report, tables: Any, column: Any) -> None:
    table = tables(annual)["finance-cash-limit"]
    assert kilo(column(table, "budget-total")) == [22_935] * 4
    assert set(column(table, "limit-percentage")) == {"8.2"}
    assert kilo(column(table, "floating-debt")) == [462, -3679, -1292, -1835]
    for room, published in zip(kilo(column(table, "room")), (1418, 5560, 3172, 3715), strict=True):
        assert abs(room - published) <= WITHIN_ROUNDING
    assert "report-finance-cash-not-reportable" in annual.model_dump_json()


async def test_the_interest_risk_norm_as_it_was_assessed_by_the_end_of_the_year(
    annual: Report, tables: Any, column: Any
) -> None:
    table = tables(annual)["finance-interest-risk"]
    assert column(table, "year") == ["2022", "2023", "2024", "2025"]
    assert kilo(column(table, "budget-total")) == [22_935, 29_287, 29_287, 29_287]
    assert kilo(column(table, "redemptions")) == [2_040, 2_040, 1_800, 1_300]
    assert kilo(column(table, "interest-norm")) == [4_587, *[Decimal("5857.4")] * 3]
    assert kilo(column(table, "revisions")) == [0, 0, 0, 0]


async def test_a_later_assessment_counts_in_the_year_in_which_it_was_made(
    ons: Any, tables: Any, column: Any
) -> None:
    table = tables(await ons.report("annual", period="2023"))["finance-interest-risk"]
    assert column(table, "budget-total")[0] == "30000000.00"


async def test_loans_over_the_year(annual: Report, tables: Any, column: Any) -> None:
    table = tables(annual)["finance-loans"]
    assert kilo(column(table, "amount")) == [7_180, 0, 2_040, 5_140]
    assert column(table, "average-rate") == ["-0.27", None, "-0.25", "-0.28"]


async def test_the_emu_balance_with_its_movements(annual: Report, tables: Any, column: Any) -> None:
    table: Table = tables(annual)["finance-emu"]
    assert [int(Decimal(amount)) for amount in column(table, "movement-amount")] == [
        -1_386_709,
        -67_275,
        -474_030,
        2_040_000,
        -15_287,
        2_000_000,
        17_554,
    ]
    assert table.total is not None
    assert table.total[-1].value == "2114253.00"


async def test_ratios_of_last_year_and_this(annual: Report, tables: Any, column: Any) -> None:
    table = tables(annual)["finance-ratios"]
    assert column(table, "year-before") == ["23", "23", "4", "0"]
    assert column(table, "this-year") == ["12", "12", "25", "0"]


async def test_policy_indicators_of_last_year_and_this(
    annual: Report, tables: Any, column: Any
) -> None:
    table = tables(annual)["finance-indicators"]
    names, before, now = (column(table, key) for key in ("indicator", "year-before", "this-year"))
    told = {name: pair for name, *pair in zip(names, before, now, strict=True)}
    assert told["Formatie"] == ["114.7", "116.3"]
    assert told["Bezetting van de formatie"] == ["100", "100"]
    assert told["Totale kosten"] == ["20904065", "23012254"]
    assert told["Externe inhuur"] == ["42", "35"]
    assert told["Overhead"] == [None, "9"]


async def test_the_same_year_gives_the_same_bytes(ons: Any, annual: Report) -> None:
    again = await ons.report("annual", period="2022")
    assert again.model_dump_json() == annual.model_dump_json()


async def test_every_figure_opens_to_what_it_says(ons: Any, annual: Report, open_all: Any) -> None:
    opened = await open_all(ons, annual)
    assert opened["figures"] > 40
    assert opened["finance-events"] > 40
    assert opened["risks"] == 1


async def test_every_word_of_it_is_told_in_both_languages(annual: Report, untold: Any) -> None:
    assert untold(annual) == []
