"""The business case of BLNP against its monitor of 2017, as it was published."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest_asyncio

from contracts.reports import Report, Table
from services.projection.views.reports.finance.goals import goals

KILO = Decimal(1000)
SAVINGS = ([50, 221, 299, 364, 409, 409], [30, 65, 286, 351, 396, 396])
COSTS = ([131, 114, 70, 70, 70, 35], [176, 165, 113, 113, 113, 78])


@pytest_asyncio.fixture(scope="module")
async def monitor(blnp: Any) -> Report:
    report: Report = await blnp.report("business-case", period="2017")
    return report


def kilo(amounts: Sequence[Any]) -> list[Decimal]:
    return [Decimal(amount) / KILO for amount in amounts]


async def test_savings_and_costs_planned_and_monitored_with_their_variance(
    monitor: Report, tables: Any, column: Any
) -> None:
    table = tables(monitor)["finance-case-years"]
    assert column(table, "year") == [str(year) for year in range(2016, 2022)]
    for side, (planned, told) in (("savings", SAVINGS), ("costs", COSTS)):
        assert kilo(column(table, f"{side}-planned")) == planned
        assert kilo(column(table, f"{side}-realised")) == told
        variance = [after - before for before, after in zip(planned, told, strict=True)]
        assert kilo(column(table, f"{side}-variance")) == variance
    assert column(table, "standing") == [
        "report-standing-realised",
        *["report-standing-expected"] * 5,
    ]


async def test_what_it_comes_to_over_the_years_and_when_it_is_paid_back(
    monitor: Report, tables: Any, column: Any, key_figures: Any
) -> None:
    table = tables(monitor)["finance-case-net"]
    assert kilo(column(table, "cumulative-planned")) == [-81, 26, 255, 549, 888, 1262]
    assert kilo(column(table, "cumulative-expected")) == [-146, -246, -73, 165, 448, 766]
    told = {label: figure.cell.value for label, figure in key_figures(monitor).items()}
    assert told == {
        "report-finance-payback-planned": "2017.76",
        "report-finance-payback-expected": "2019.31",
        "report-finance-so-far-planned": "26000.00",
        "report-finance-so-far-expected": "-246000.00",
    }


async def test_results_stand_per_field(monitor: Report, tables: Any, column: Any) -> None:
    table = tables(monitor)["finance-case-themes"]
    assert set(column(table, "theme")) == {"samenwerking"}
    assert kilo(column(table, "savings-variance"))[:2] == [-20, -156]


async def test_a_word_on_a_later_year_counts_in_the_report_of_that_year(
    blnp: Any, tables: Any, column: Any
) -> None:
    """What 2019 brought was told in February 2020."""
    found = {}
    for year in ("2018", "2019"):
        table = tables(await blnp.report("business-case", period=year))["finance-case-years"]
        found[year] = column(table, "savings-realised")[3], column(table, "standing")[3]
    assert found == {
        "2018": ("351000.00", "report-standing-expected"),
        "2019": ("300000.00", "report-standing-realised"),
    }


async def test_before_it_was_planned_there_is_no_case(blnp: Any) -> None:
    (section,) = (await blnp.report("business-case", period="2015")).sections
    assert section.blocks[0].text == "report-finance-no-cases"


async def test_every_figure_opens_to_what_it_says(
    blnp: Any, monitor: Report, open_all: Any
) -> None:
    opened = await open_all(blnp, monitor)
    assert (opened["figures"], opened["finance-events"]) == (41, 4)


async def test_a_function_shared_is_compared_with_having_it_apart(blnp: Any, tables: Any) -> None:
    (row,) = tables(await blnp.report("benchmark", period="2018"))["finance-compared"].rows
    told = [cell.value for cell in row][1:]
    assert told == ["indicator-unit-fte", "2017", "2.1", "3.5", "-1.4"]


async def test_results_stand_by_goal_and_field(blnp: Any, monitor: Report, tables: Any) -> None:
    """The security officer of all four: 2.1 fte instead of 3.5. The year before knew of none."""
    (row,) = tables(monitor)["finance-goals"].rows
    told = [cell.value for cell in row]
    assert told[:2] == ["goal-vulnerability", "domain-ict"]
    assert told[3:] == ["indicator-unit-fte", "2017", "2.1", "3.5", "-1.4"]
    before = (await blnp.report("business-case", period="2016")).sections[-1]
    assert [block.text for block in before.blocks] == ["report-finance-no-goals"]  # type: ignore[union-attr]


async def test_every_word_of_it_is_told_in_both_languages(
    blnp: Any, monitor: Report, untold: Any
) -> None:
    assert untold(monitor) == []
    assert untold(await blnp.report("benchmark", period="2018")) == []


def test_goals_have_their_order_and_what_is_of_every_field_comes_first() -> None:
    year = {"year": 2018, "value": "8", "benchmark": None, "aggregate": "indicator/2018-x"}
    told = {"name": "Oordeel", "unit": "number", "years": {2017: {}, 2018: year}}
    places = [("opportunities", "hr"), ("quality", "ict"), ("quality", None), (None, "ict")]
    known = [
        {**told, "indicator": f"i-{at}", "goal": goal, "domain": domain}
        for at, (goal, domain) in enumerate(places)
    ]
    _, table = goals(known).blocks
    assert isinstance(table, Table)
    assert [[cell.value for cell in row][:2] for row in table.rows] == [
        ["goal-quality", "report-finance-every-domain"],
        ["goal-quality", "domain-ict"],
        ["goal-opportunities", "domain-hr"],
    ]
    assert [row[4].value for row in table.rows] == ["2018"] * 3
