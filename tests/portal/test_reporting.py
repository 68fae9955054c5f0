"""Reporting: with the keyboard alone, without JavaScript, with faults, twice by accident."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER = "gebruiker-zevenaar"


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; what has it must show that."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("s => document.activeElement.matches(s)", selector):
            style = "getComputedStyle(document.activeElement).outlineStyle"
            assert await page.evaluate(style) == "solid", f"{selector} shows no focus"
            return
    pytest.fail(f"{selector} is out of the keyboard's reach")


async def test_the_keyboard_is_enough(portal: Any) -> None:
    page = await portal.as_person(USER)
    await page.goto("/")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    await page.keyboard.press("Enter")
    await tab_to(page, "main a[href='/melden']")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/melden")
    await tab_to(page, "#search")
    await page.keyboard.type("werkplek")
    await page.keyboard.press("Enter")
    await expect(page.locator("#items")).to_contain_text("Werkplek")
    await tab_to(page, "[name='item']")
    await page.keyboard.press("Space")
    await tab_to(page, "#title")
    await page.keyboard.type("Scherm blijft zwart")
    await tab_to(page, "#description")
    await page.keyboard.type("Sinds vanochtend.")
    await tab_to(page, "[name='impact']")
    await page.keyboard.press("Space")
    await tab_to(page, "[name='urgency']")
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("#resulting-priority")).to_contain_text("hoog")
    await tab_to(page, "button.utrecht-button--primary-action")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status").first).to_contain_text("is ontvangen")


async def test_javascript_is_not_needed(portal: Any) -> None:
    page = await portal.as_person(USER, scripts=False)
    await page.goto("/melden")
    await page.get_by_label("Onderwerp").fill("Zonder JavaScript")
    await page.get_by_label("Zoek in de catalogus").fill("werkplek")
    await page.get_by_role("button", name="Zoeken").click()
    await expect(page.get_by_label("Onderwerp")).to_have_value("Zonder JavaScript")
    await page.get_by_label("Werkplek").first.check()
    await page.get_by_label("Omschrijving").fill("Sinds vanochtend.")
    await page.get_by_label("Een team").check()
    await page.get_by_label("Ja, het kan wachten").check()
    await page.get_by_role("button", name="Melding versturen").last.click()
    await expect(page.get_by_role("status").first).to_contain_text("is ontvangen")
    await expect(page.locator(".portal-summary")).to_contain_text("laag")


async def test_faults_are_summed_up_and_stand_beside_their_fields(portal: Any) -> None:
    page = await portal.as_person(USER)
    await page.goto("/melden")
    await page.get_by_label("Onderwerp").fill("Bewaard")
    await page.get_by_role("button", name="Melding versturen").last.click()
    summary = page.get_by_role("alert")
    await expect(summary).to_be_focused()
    await expect(summary.get_by_role("link")).to_have_count(4)
    assert (await page.title()).startswith("Fout:")
    await expect(page.get_by_label("Onderwerp")).to_have_value("Bewaard")
    await summary.get_by_role("link", name="omschrijving").click()
    await expect(page.get_by_label("Omschrijving")).to_be_focused()
    await expect(page.get_by_label("Omschrijving")).to_have_attribute("aria-invalid", "true")
    described = await page.get_by_label("Omschrijving").get_attribute("aria-describedby")
    assert described
    assert "description-fault" in described


async def test_the_priority_and_the_promise_are_shown_while_choosing(portal: Any) -> None:
    page = await portal.as_person(USER)
    await page.goto("/melden")
    await page.get_by_label("Zoek in de catalogus").fill("werkplek")
    await expect(page.locator("#items")).not_to_contain_text("Printen")
    await page.get_by_label("Werkplek").first.check()
    await page.get_by_label("Een team").check()
    await page.get_by_label("Nee, het werk ligt stil").check()
    outcome = page.locator("#resulting-priority")
    await expect(outcome).to_contain_text("hoog")
    await expect(outcome).to_contain_text("Reactie binnen")


async def test_sent_twice_is_one_ticket(portal: Any) -> None:
    page = await portal.as_person(USER)
    await page.goto("/melden")
    form = {
        name: await page.locator(f"[name='{name}']").first.input_value()
        for name in ("csrf", "key", "partner")
    }
    form |= {"kind": "incident", "item": "staat-er-niet-bij", "domain": "ict", "title": "Dubbel"}
    form |= {"description": "Twee keer geklikt", "impact": "3", "urgency": "3"}
    answers = [await page.request.post("/melden", form=form, max_redirects=0) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
