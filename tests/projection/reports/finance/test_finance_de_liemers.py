"""De Liemers: the programme of measures, how it divides, and what ICT costs per resident."""

from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import PartnerForbidden
from contracts.reports import Report, Table
from services.projection.errors import ReportSourceUnknown

PARTNERS = {"zevenaar": ("52", "213200.00"), "1stroom": ("48", "196800.00")}
CLIENT = Caller("p-1", frozenset({"client"}), frozenset({"zevenaar"}))


@pytest_asyncio.fixture(scope="module")
async def annual(de_liemers: Any) -> Report:
    report: Report = await de_liemers.report("annual", period="2023")
    return report


@pytest_asyncio.fixture(scope="module")
async def quarter(de_liemers: Any) -> Report:
    report: Report = await de_liemers.report(
        "partner-quarter", CLIENT, period="2023-Q4", partner="zevenaar"
    )
    return report


async def test_the_programme_stands_measure_by_measure(
    annual: Report, tables: Any, column: Any
) -> None:
    table = tables(annual)["finance-measures"]
    told = dict(zip(column(table, "measure"), column(table, "budget"), strict=True))
    assert told == {
        "I-strategie en agenda": "30000.00",
        "Cloudstrategie": "30000.00",
        "Inhuur op vacatures": "150000.00",
        "Vrijval salarissen van vacatures": "-150000.00",
        "Extra tijdelijke capaciteit": "300000.00",
        "Programmamanager, deel 2023": "50000.00",
        "Programma digitale volwassenheid": "30000.00",
        "Programmamanager, deel 2024": "50000.00",
    }


async def test_what_is_to_be_divided_by_the_key(annual: Report, tables: Any) -> None:
    rows = tables(annual)["finance-programme-pools"].rows
    assert [[cell.value for cell in row] for row in rows][1] == [
        "2023",
        "Programma van maatregelen, eenmalig",
        "method-fixed-key",
        "410000.00",
        "410000.00",
        "0.00",
    ]


async def test_what_is_booked_in_the_next_year_counts_from_then_on(
    de_liemers: Any, annual: Report, tables: Any, column: Any
) -> None:
    """10,000 for the programme of 2024 in February of it."""
    after = await de_liemers.report("annual", period="2024")
    found = [tables(report)["finance-programme-pools"] for report in (annual, after)]
    booked = [column(each, "booked")[column(each, "year").index("2024")] for each in found]
    assert booked == ["0.00", "10000.00"]


@pytest.mark.parametrize("partner", sorted(PARTNERS))
async def test_each_partner_reads_its_part_of_the_programme(
    de_liemers: Any, tables: Any, partner: str
) -> None:
    report = await de_liemers.report("partner-quarter", period="2023-Q4", partner=partner)
    (row,) = tables(report)["finance-own-programme"].rows
    (other,) = PARTNERS.keys() - {partner}
    assert [cell.value for cell in row][1:] == ["410000.00", *PARTNERS[partner], *PARTNERS[other]]


async def test_cost_so_far_drawn_on_to_the_year_and_what_was_settled(
    de_liemers: Any, quarter: Report, key_figures: Any
) -> None:
    """53,300 over 90 of 365 days; at the end what was settled."""
    early = await de_liemers.report("partner-quarter", period="2023-Q1", partner="zevenaar")
    for report, charged, whole in (
        (early, "53300.00", "216161.11"),
        (quarter, "213200.00", "213200.00"),
    ):
        told = key_figures(report)
        assert told["report-finance-own-charged"].cell.value == charged
        assert told["report-finance-own-whole-year"].cell.value == whole


async def test_the_lines_of_the_quarter_explain_it(
    quarter: Report, tables: Any, column: Any
) -> None:
    table = tables(quarter)["finance-divided"]
    assert column(table, "run") == ["report-run-q4", "report-run-settlement"]
    assert column(table, "own-share") == ["52", "52"]
    assert column(table, "amount") == ["53300.00", "213200.00"]


async def test_bills_and_objections_are_those_of_the_quarter(
    de_liemers: Any, quarter: Report, tables: Any, column: Any
) -> None:
    """The objection of October was answered in January."""
    assert column(tables(quarter)["finance-invoices"], "invoice") == ["F2023-00001"]
    after = await de_liemers.report("partner-quarter", period="2024-Q1", partner="zevenaar")
    told = [tables(each)["finance-objections"].rows[0][5].value for each in (quarter, after)]
    assert told == ["dispute-status-open", "dispute-status-rejected"]


async def test_every_figure_opens_to_what_it_says(
    de_liemers: Any, annual: Report, quarter: Report, open_all: Any
) -> None:
    for report in (annual, quarter):
        opened = await open_all(de_liemers, report)
        assert opened["figures"] > 10
    assert opened["charging-lines"] > 5


async def test_ict_cost_per_resident_beside_the_national_figure(
    de_liemers: Any, tables: Any
) -> None:
    report = await de_liemers.report("benchmark", period="2022")
    rows = tables(report)["finance-per-resident"].rows
    told = {row[0].value: [cell.value for cell in row][3:] for row in rows}
    assert told == {
        "2004": [None, None, "70", None],
        "2020": [85_000, "88.00", "88", "0.00"],
        "2022": [None, None, "95", None],
    }
    (maturity,) = tables(report)["finance-maturity"].rows
    assert [cell.value for cell in maturity] == ["2022", "42", "50", "-8"]


async def test_no_partner_is_named_to_the_others(
    de_liemers: Any, annual: Report, quarter: Report
) -> None:
    assert "evenaar" not in annual.model_dump_json()
    told = quarter.model_dump_json()
    assert not any(own in told for own in ("1stroom", "1Stroom", "49200.00", "F2023-00002"))
    with pytest.raises(PartnerForbidden):
        await de_liemers.report("partner-quarter", CLIENT, period="2023-Q4", partner="1stroom")


@pytest.mark.parametrize(
    ("report", "source", "where"),
    [
        ("partner-quarter", "figures", {"figure": "risks-net"}),
        ("partner-quarter", "risks", {}),
        ("partner-quarter", "figures", {"figure": "own-pool", "pool": "unknown"}),
        ("annual", "figures", {"figure": "own-charged"}),
        ("annual", "charging-lines", {"run": "2023-q1"}),
        ("annual", "figures", {"figure": "net-debt-quota", "year": "soon"}),
        ("annual", "finance-events", {"aggregate": "pool/2023-ict", "until": "soon"}),
        ("annual", "finance-events", {"first": "1"}),
    ],
)
async def test_a_report_opens_only_what_its_figures_are_made_of(
    de_liemers: Any, report: str, source: str, where: dict[str, str]
) -> None:
    of = {"period": "2023-Q4", "partner": "zevenaar"} if "quarter" in report else {"period": "2023"}
    with pytest.raises(ReportSourceUnknown):
        await de_liemers.models.ask(
            "report-sources", CLIENT, report=report, source=source, where=where, **of
        )


@pytest.mark.parametrize("aggregate", ["risk/cybercrime", "run/2023-q1", "partner/1stroom"])
async def test_a_client_opens_nothing_that_is_not_its_own_or_shared(
    de_liemers: Any, aggregate: str
) -> None:
    opened = await de_liemers.models.ask(
        "report-sources",
        CLIENT,
        report="partner-quarter",
        period="2023-Q4",
        partner="zevenaar",
        source="finance-events",
        where={"aggregate": aggregate},
    )
    assert "1stroom" not in str(opened["table"]["rows"])
    shared = 2 if aggregate.startswith("run/") else 0
    assert opened["total"] == shared


async def test_every_word_of_it_is_told_in_both_languages(
    de_liemers: Any, annual: Report, quarter: Report, untold: Any
) -> None:
    assert untold(annual) == []
    assert untold(quarter) == []
    assert untold(await de_liemers.report("benchmark", period="2022")) == []


async def test_every_number_has_something_to_open(annual: Report, quarter: Report) -> None:
    """But the number of a line, which is a name."""
    numbers = {"count", "percentage", "money", "number"}
    closed = {
        f"{table.key} {column.key}"
        for report in (annual, quarter)
        for section in report.sections
        if section.key.startswith("finance-")
        for table in section.blocks
        if isinstance(table, Table)
        for row in (*table.rows, *filter(None, [table.total]))
        for column, cell in zip(table.columns, row, strict=True)
        if column.kind in numbers and cell.value is not None and cell.of is None
    }
    assert closed == {"finance-objections line"}
