"""Files of the controller in the portal: good rows in, the rest told and corrected."""

from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from chassis.tables import workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADER = ("jaar", "kostenplaats", "naam", "regel begroting", "bedrag")
GOOD = ("2031", "inlees", "Ingelezen", "Beheer", "1000,00")
BAD = ("2031", "fout", "Fout", "Beheer", "veel")


@pytest_asyncio.fixture
async def page(portal: Any) -> Page:
    """The first page of a controller."""
    return await portal.as_person("controller")


async def take(page: Page, name: str, content: bytes) -> None:
    await page.locator("#bestand").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    await page.get_by_role("button", name="Inlezen").click()


async def test_rows_go_in_and_what_does_not_is_told_and_corrected(
    portal: Any, page: Page, tmp_path: Path
) -> None:
    await page.goto("/financien/import/budget")
    await take(page, "begroting.xlsx", workbook("budget", HEADER, [GOOD, BAD]))
    await expect(page.locator("main")).to_contain_text("1 van de 2 regels zijn afgekeurd")
    await expect(page.get_by_role("row", name="3")).to_contain_text("bedrag:")
    assert await portal.violations(page) == []
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="afgekeurde regels als CSV").click()
    rejects = tmp_path / "rejects.csv"
    await (await downloading.value).save_as(rejects)
    corrected = rejects.read_text(encoding="utf-8-sig").replace("veel", "2500")
    await page.get_by_role("link", name="Nog een bestand inlezen").click()
    await take(page, "verbeterd.csv", corrected.encode())
    await expect(page.locator("main")).to_contain_text("Alle 1 regels zijn verwerkt.")
    await page.goto("/financien/begroting?jaar=2031")
    await expect(page.get_by_role("row", name="Totaal")).to_contain_text("3.500,00")


async def test_a_file_that_cannot_be_taken_is_refused_with_the_reason(page: Page) -> None:
    await page.goto("/financien/import/budget")
    await take(page, "leeg.csv", b"")
    await expect(page.get_by_role("alert")).to_contain_text("geen kopregel")
    await take(page, "anders.csv", b"jaar;kostenplts\n2031;x\n")
    await expect(page.get_by_role("alert")).to_contain_text("Onbekend: kostenplts")
    await take(page, "kapot.xlsx", b"PK\x03\x04kapot")
    await expect(page.get_by_role("alert")).to_contain_text("geen leesbare werkmap")
    answer = await page.request.post(
        "/financien/import/budget",
        multipart={
            "bestand": {"name": "x.csv", "mimeType": "text/csv", "buffer": b"x" * (3 << 20)}
        },
    )
    assert answer.status == 413


@pytest.mark.parametrize("kind", ["budget", "bookings", "risks", "loans"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_template_is_an_example_that_can_be_filled_in(
    page: Page, kind: str, form: str
) -> None:
    answer = await page.request.get(f"/financien/import/{kind}/sjabloon.{form}")
    assert answer.status == 200
    assert f"{kind}.{form}" in answer.headers["content-disposition"]
