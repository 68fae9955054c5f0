"""Reports in the portal: asking for one, opening a figure, looking back, keeping; for everybody."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from services.gateway.portal.reports.wish import KEPT, PATH
from tests.portal.test_accessibility import sticking_out, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MANAGER, CLIENT = "contractmanager-zevenaar", "opdrachtgever-zevenaar"
OWNER, AGENT = "eigenaar-zevenaar", "servicedeskmedewerker"
WIDTHS = (1280, 320)
PAGES = (
    (MANAGER, PATH),
    (MANAGER, f"{PATH}/dashboard"),
    (MANAGER, f"{PATH}/dashboard?stand=nu"),
    (MANAGER, f"{PATH}/dashboard/bron?bron=tickets&waar=measure:open"),
    (MANAGER, f"{PATH}/service-level"),
    (AGENT, f"{PATH}/day-board"),
    (CLIENT, f"{PATH}/partner-quarter?periode=2024-Q1"),
    (OWNER, f"{PATH}/board?periode=2024-Q4"),
    (OWNER, f"{PATH}/annual?periode=2024"),
    (OWNER, f"{PATH}/business-case?periode=2024"),
    (OWNER, f"{PATH}/benchmark?periode=2024"),
    (OWNER, KEPT),
)


async def inspect(page: Page) -> None:
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        assert await violations(page) == [], (page.url, width)
        assert await sticking_out(page) == [], (page.url, width)


@pytest.mark.parametrize("person", sorted({person for person, _ in PAGES}))
async def test_pages_of_reports_are_accessible_wide_and_narrow(portal: Any, person: str) -> None:
    page = await portal.as_person(person)
    for path in [path for someone, path in PAGES if someone == person]:
        answer = await page.goto(path)
        assert answer.status == (400 if path.endswith("=nu") else 200), path
        await inspect(page)


async def test_a_figure_is_opened_down_to_a_ticket(portal: Any) -> None:
    page = await portal.as_person(MANAGER)
    await page.get_by_role("link", name="Rapporten", exact=True).click()
    dashboard = page.get_by_role("region", name="Dashboard", exact=True)
    await dashboard.get_by_role("button", name="Tonen").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Gemeente Zevenaar")
    await expect(page.locator("main")).to_contain_text("volgnummer")
    tile = page.locator(".portal-tile").first
    figure = await tile.locator(".portal-tile__figure").inner_text()
    await tile.get_by_role("link").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Waar dit cijfer vandaan")
    await expect(page.locator("main")).to_contain_text(f"Open: {figure}")
    count = re.compile(rf"van {re.escape(figure)}\b")
    await expect(page.locator(".portal-count")).to_have_text(count)
    await page.locator("tbody a").first.click()
    await page.wait_for_url("**/meldingen/*")


async def test_a_report_of_the_past_shows_once_it_is_made_and_is_kept(portal: Any) -> None:
    page = await portal.as_person(CLIENT)
    await page.goto(f"{PATH}/dashboard?stand=1200")
    await expect(page.locator("main")).to_contain_text("volgnummer 1200")
    tile = await page.locator(".portal-tile__figure").first.inner_text()
    await page.get_by_role("link", name="Dit rapport is bewaard").click()
    await expect(page.locator("main")).to_contain_text("Bewaard op")
    await expect(page.locator(".portal-tile__figure").first).to_have_text(tile)
    await inspect(page)
    await page.locator(".portal-tile a").first.click()
    await expect(page.locator(".portal-count")).to_be_visible()
    await page.get_by_role("link", name="Terug naar het rapport").click()
    await page.wait_for_url(f"**{KEPT}/*")


async def test_a_report_that_cannot_be_made_after_all_is_told(portal: Any) -> None:
    page = await portal.as_person(CLIENT)
    asked: list[str] = []

    async def break_off(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            await route.continue_()
        else:
            await route.fulfill(status=500, content_type="text/html", body="<h1>Mislukt</h1>")

    await page.route("**/rapporten/dashboard?stand=1300", break_off)
    await page.goto(f"{PATH}/dashboard?stand=1300")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Mislukt")
    portal.complaints.clear()


async def test_without_javascript_everything_can_be_had(portal: Any) -> None:
    page = await portal.as_person(CLIENT, scripts=False)
    await page.goto(f"{PATH}/dashboard?dag=2026-01-15")
    again = page.get_by_role("link", name="Kijk of het klaar is")
    while await again.count():
        await again.click()
    await expect(page.locator("main")).to_contain_text("Wat na do 15 jan 2026 gebeurde")
    await page.goto(f"{PATH}/service-level")
    await page.get_by_role("button", name="Bewaren").click()
    await page.wait_for_url(f"**{KEPT}/*")
    await page.get_by_role("link", name="Bewaarde rapporten").click()
    row = page.get_by_role("row", name="Serviceniveaurapportage").first
    for form, start in (("PDF", b"%PDF-"), ("XLSX", b"PK"), ("JSON", b"{")):
        async with page.expect_download() as downloading:
            await row.get_by_role("link", name=form, exact=True).click()
        path = await (await downloading.value).path()
        assert path.read_bytes().startswith(start), form


async def test_the_form_gives_a_file_at_once_and_tells_what_is_wrong(portal: Any) -> None:
    page = await portal.as_person(AGENT)
    await page.goto(PATH)
    board = page.get_by_role("region", name="Dagstart", exact=True)
    async with page.expect_download() as downloading:
        await board.get_by_role("button", name="PDF").click()
    download = await downloading.value
    assert re.fullmatch(r"day-board-[\d-]+\.pdf", download.suggested_filename)
    await board.locator("summary").click()
    await board.get_by_label("Andere periode", exact=True).fill("2026-Q5")
    await board.get_by_role("button", name="Tonen").click()
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("2026-Q5 is geen periode")
    await alert.get_by_role("link").click()
    field = page.get_by_label("Andere periode", exact=True)
    await expect(field).to_be_focused()
    await expect(field).to_have_value("2026-Q5")


async def test_a_report_wears_the_house_style_of_its_partner(portal: Any) -> None:
    page = await portal.as_person("controller")
    await page.goto(f"{PATH}/dashboard?deelnemer=zevenaar")
    await expect(page.locator("html")).not_to_have_class("theme-neutraal")
    await page.goto(f"{PATH}/board")
    await expect(page.locator("html")).to_have_class("theme-neutraal")
    await page.goto("/dashboard/zevenaar")
    await page.get_by_role("link", name="Als rapport").click()
    await page.wait_for_url("**/rapporten/dashboard?deelnemer=zevenaar&periode=*")
