"""A partner's own cost in a running year, reckoned by hand from the books of two partners."""

from typing import Any

import pytest_asyncio

from chassis.client import Caller
from contracts.reports import Report

CLIENT = Caller("p-1", frozenset({"client"}), frozenset({"zevenaar"}))


@pytest_asyncio.fixture(scope="module")
async def quarter(two_partners: Any) -> Report:
    report: Report = await two_partners.report(
        "partner-quarter", CLIENT, period="2026-Q1", partner="zevenaar"
    )
    return report


def values(row: Any) -> list[Any]:
    return [cell.value for cell in row]


async def test_own_cost_beside_the_budget_of_all(quarter: Report, tables: Any) -> None:
    """62.5 % of a quarter's 90,000; 2,500 of its own; of all 100,000 of 360,000."""
    (row,) = tables(quarter)["finance-own-pools"].rows
    assert values(row) == ["ICT", "56250.00", None, "2500.00", "360000.00", "100000.00", "27.8"]


async def test_the_own_part_of_what_the_year_is_expected_to_cost(
    quarter: Report, tables: Any
) -> None:
    """62.5 % of 370,000 against 62.5 % of 360,000."""
    (row,) = tables(quarter)["finance-own-forecast"].rows
    assert values(row) == ["ICT", "62.5", "370000.00", "225000.00", "231250.00", "-6250.00"]


async def test_a_later_quarter_counts_in_no_earlier_report(
    two_partners: Any, quarter: Report, key_figures: Any
) -> None:
    later = await two_partners.report("partner-quarter", period="2026-Q2", partner="zevenaar")
    charged = [
        key_figures(report)["report-finance-own-charged"].cell.value for report in (quarter, later)
    ]
    assert charged == ["56250.00", "113125.00"]


async def test_every_figure_opens_to_what_it_says(
    two_partners: Any, quarter: Report, open_all: Any
) -> None:
    opened = await open_all(two_partners, quarter)
    assert opened["figures"] > 15


async def test_nothing_of_the_other_partner_stands_in_it(quarter: Report, untold: Any) -> None:
    told = quarter.model_dump_json()
    assert not any(own in told for own in ("duiven", "33750.00", "1500.00"))
    assert untold(quarter) == []
