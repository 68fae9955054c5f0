"""A report as a workbook and as a page by itself, and the command that makes them."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

import pytest
from lxml import html
from openpyxl import load_workbook

from contracts.reports import REPORTS, Report, canonical
from services.gateway.house import Houses
from services.gateway.language import LANGUAGES, Language, Texts
from services.gateway.reports.forms import Form, written
from services.gateway.reports.page import page
from services.gateway.reports.sheet import sheet

DOCUMENT = (Path(__file__).parent / "report-document.json").read_bytes()
REPORT = Report.model_validate_json(DOCUMENT)
HOUSES = Houses.load()


def book(texts: Texts, language: Language = "nl") -> Any:
    return load_workbook(BytesIO(sheet(REPORT, texts, language, HOUSES)))


def values(found: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in found.iter_rows()]


def test_the_first_sheet_tells_what_the_report_is(texts: Texts) -> None:
    found = values(book(texts).worksheets[0])
    assert [row[:2] for row in found[:7]] == [
        ["Dashboard", None],
        ["Over", "Gemeente Zwolle"],
        ["Van", "Servicecentrum"],
        ["Periode", "oktober 2026"],
        ["Stand", datetime(2026, 10, 31, 23, 59, 59)],  # noqa: DTZ001 - a spreadsheet has no zones
        ["Volgnummer", 41234],
        ["Telt mee", "Wat na za 31 okt 2026 gebeurde, telt niet mee."],
    ]
    assert ["Open", 1234, None, None, "tickets (status=open)"] in found
    made_of = "tickets (clock=resolution)"
    assert ["Opgelost binnen de norm", 0.934, 0.9, "✓ goed", made_of] in found


def test_the_first_sheet_leads_to_the_others(texts: Texts) -> None:
    found = book(texts)
    links = [
        cell.hyperlink.location for row in found.worksheets[0] for cell in row if cell.hyperlink
    ]
    assert links == [f"'{name}'!A1" for name in found.sheetnames[1:]]


def test_figures_are_numbers_days_and_times_that_can_be_reckoned_with(texts: Texts) -> None:
    rows = list(book(texts).worksheets[3].iter_rows())
    cells = {cell.value: other for cell, other in zip(rows[0], rows[1], strict=True)}
    assert (cells["Begroot"].value, cells["Begroot"].number_format) == (22935000, '"€" #,##0.00')
    assert (cells["2026"].value, cells["2026"].number_format) == (-1835000, '"€" #,##0')
    assert (cells["Norm"].value, cells["Norm"].number_format) == (0.082, "#,##0.0%")
    assert (cells["Duur"].value, cells["Duur"].number_format) == (
        timedelta(seconds=96480),
        "[h]:mm",
    )
    assert cells["Moment"].value == datetime(2026, 10, 25, 0, 30)  # noqa: DTZ001 - as above
    assert cells["Over"].value == "Storing"
    assert cells["Begroot: opgebouwd uit"].value == "tickets (pool=ict)"
    days = book(texts).worksheets[1]
    assert days["A2"].value == datetime(2026, 10, 1)  # noqa: DTZ001 - as above
    assert days["C13"].value is None
    assert [cell.value for cell in days[16]][:3] == ["Totaal", 890, 801]


def test_text_is_text_also_where_it_begins_as_a_formula(texts: Texts) -> None:
    cell = book(texts).worksheets[3]["A3"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=1+1 <script>")


def test_sheets_have_names_of_their_own_and_headers_in_view(texts: Texts) -> None:
    found = book(texts, "en")
    names = ["Overview", "Received and resolved per day", "Tickets"]
    assert found.sheetnames == [*names, "Received and resolved per day 2"]
    for one in found.worksheets[1:]:
        assert one.freeze_panes == "B2"
        assert one["A1"].font.bold
        assert one.column_dimensions["A"].width >= 10


def test_a_workbook_says_nothing_of_when_it_was_made(texts: Texts) -> None:
    first = sheet(REPORT, texts, "nl", HOUSES)
    assert first == sheet(REPORT, texts, "nl", HOUSES)
    assert load_workbook(BytesIO(first)).properties.modified == datetime(
        2026, 10, 31, 22, 59, 59, tzinfo=UTC
    ).replace(tzinfo=None)
    with ZipFile(BytesIO(first)) as packed:
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_by_itself_holds_all_and_fetches_nothing(texts: Texts, language: Language) -> None:
    made = page(REPORT, texts, language, HOUSES).decode()
    tree = html.document_fromstring(made)
    assert tree.get("lang") == language
    assert "--basis-color-accent-1-color-default: #1b4a87" in made
    assert "alert('x')" not in "".join(tree.xpath("//script/text()"))
    assert not tree.xpath("//@src | //link | //a | //@style")
    assert len(tree.xpath("//svg[@role='img']")) == 3
    assert len(set(tree.xpath("//@id"))) == len(tree.xpath("//@id"))
    told = " ".join(tree.text_content().split())
    assert "1.234" in told if language == "nl" else "1,234" in told


@pytest.mark.parametrize("form", get_args(Form))
async def test_a_form_is_the_same_bytes_each_time(texts: Texts, form: Form) -> None:
    first, again = [await written(REPORT, form, texts, "nl", HOUSES) for _ in range(2)]
    assert first == again


async def command(*options: str, given: bytes) -> tuple[int | None, bytes, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.gateway.reports",
        *options,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = await process.communicate(given)
    return process.returncode, out, err.decode()


async def test_the_command_makes_a_file_of_a_document(texts: Texts) -> None:
    code, out, err = await command("--format", "xlsx", "--language", "en", given=DOCUMENT)
    assert (code, err) == (0, "")
    assert out == sheet(REPORT, texts, "en", HOUSES)


async def test_the_command_refuses_what_is_no_document() -> None:
    code, out, err = await command("--format", "json", given=b'{"name": "geen"}')
    assert (code, out) == (2, b"")
    assert "no report" in err


async def test_json_is_the_document_itself_also_of_an_earlier_release(texts: Texts) -> None:
    now = canonical(REPORT)
    earlier = now.replace(b'"centre":null,', b"")
    assert earlier != now
    for document in (now, earlier):
        read = Report.model_validate_json(document)
        assert await written(read, "json", texts, "nl", HOUSES) == document


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_report_has_a_title_in_both_languages(texts: Texts, name: str) -> None:
    assert all(texts.has(language, f"report-{name}") for language in LANGUAGES)
