"""Who gets in, how they get out, and what a page lets through."""

from typing import Any

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER = "gebruiker-zevenaar"
MANAGER = "contractmanager-zevenaar"


async def test_logging_in_leads_back_to_where_someone_wanted_to_be(portal: Any) -> None:
    context = await portal.anonymous()
    page = await context.new_page()
    await page.goto("/catalogus?zoek=laptop")
    await page.locator(f"button[value='{USER}']").click()
    await page.wait_for_url("**/catalogus?zoek=laptop")
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "Producten- en dienstencatalogus"
    )


async def test_logging_out_ends_the_session(portal: Any) -> None:
    page = await portal.as_person(USER)
    await page.get_by_role("button", name="Uitloggen").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("U bent uitgelogd")
    await page.goto("/meldingen")
    await expect(page.locator(f"button[value='{USER}']")).to_be_visible()


async def test_a_form_from_elsewhere_changes_nothing(portal: Any) -> None:
    page = await portal.as_person(USER)
    for path in ("/melden", "/meldingen/INC-2026-000001/cancel", "/uitloggen"):
        answer = await page.request.post(path, form={"csrf": "guessed", "reason": "x"})
        assert answer.status in {403, 404}, path
    assert (await page.request.get("/", max_redirects=0)).status == 200


async def test_an_expired_session_is_told_and_a_page_leads_to_log_in(portal: Any) -> None:
    portal.foreseen = "[object Event]"  # the live stream ends with the session
    page = await portal.as_person(USER)
    await page.goto("/melden")
    await page.context.clear_cookies(name="session")
    await page.get_by_label("Een team").click()
    await page.wait_for_url("**/dev-issuer/authorize**")
    answer = await page.request.post("/melden", form={"title": "x"})
    assert answer.status == 401
    assert "sessie is verlopen" in await answer.text()


async def test_the_answer_of_another_log_in_is_refused(portal: Any) -> None:
    context = await portal.anonymous()
    answer = await context.request.get("/inloggen/terug?code=x&state=y")
    assert answer.status == 403
    answer = await context.request.get("/inloggen?terug=https://elsewhere.example")
    assert answer.url.startswith(portal.url)


async def test_nothing_comes_from_elsewhere_and_nothing_stands_inline(portal: Any) -> None:
    page = await portal.as_person(MANAGER)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = await page.goto("/dashboard/zevenaar")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert all(url.startswith(portal.url) for url in asked)
    html = await answer.text()
    assert " style=" not in html
    assert "<style" not in html


async def test_the_language_is_a_choice_that_stays(portal: Any) -> None:
    page = await portal.as_person(USER)
    await expect(page.locator("html")).to_have_attribute("lang", "nl")
    await page.goto("/meldingen?toon=all")
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("heading", level=1)).to_have_text("My tickets")
    assert page.url.endswith("/meldingen?toon=all")
    await page.goto("/catalogus")
    await expect(page.get_by_role("link", name="Nederlands")).to_have_attribute("lang", "nl")


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [("/bestaat-niet", 404, "Pagina niet gevonden"), ("/werkvoorraad", 403, "Geen toegang")],
)
async def test_what_cannot_be_had_is_told_in_the_house_style(
    portal: Any, path: str, status: int, heading: str
) -> None:
    page = await portal.as_person(USER)
    answer = await page.goto(path)
    assert answer.status == status
    await expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    await expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()
