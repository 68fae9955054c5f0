"""Putting a norm right in the portal: what it changes is seen, accepted, and explained after."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REASON = "Acht uur ingevoerd, vier werkdagen afgesproken"


async def faults(page: Page) -> list[str]:
    """What axe finds, and whether it fits a narrow screen."""
    await page.evaluate(AXE)
    found = await page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(result => result.violations)", TAGS
    )
    await page.set_viewport_size({"width": 320, "height": 900})
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    await page.set_viewport_size({"width": 1280, "height": 900})
    return [one["id"] for one in found] + (["too wide"] if wide else [])


async def test_a_norm_is_put_right_without_scripts_too(portal: Any) -> None:
    page = await portal.as_person("catalogusbeheerder", scripts=False)
    await page.goto("/beheer/normen")
    await page.get_by_role("link", name=re.compile("Corrigeren .*Storing 3")).first.click()
    await page.locator("[name='norm.resolution_minutes']").fill("2160")
    await page.locator("[name='valid_from']").fill("2999-01-01")
    await page.locator("[name='reason']").fill(REASON)
    await page.get_by_role("button", name="Correctie vastleggen").click()
    await expect(page.get_by_text("Een correctie werkt terug").first).to_be_visible()
    await page.locator("[name='valid_from']").fill("2024-01-01")
    await page.get_by_role("button", name="Correctie vastleggen").click()
    await expect(page.get_by_role("status").first).to_contain_text("wordt uitgerekend")
    await ready(page)
    await expect(page.get_by_text(REASON)).to_be_visible()
    await page.locator("[name='reason']").fill("Besproken in het contractoverleg")
    await page.get_by_role("button", name="Aanvaarden en doorvoeren").click()
    await expect(page.get_by_role("status").first).to_contain_text("aanvaard")
    number = page.url.rpartition("/")[2].partition("?")[0]

    reader = await portal.as_person("contractmanager-zevenaar")
    await reader.goto("/correcties")
    assert await faults(reader) == []
    await reader.goto(f"/correcties/{number}?toon=alles")
    assert await faults(reader) == []
    await expect(reader.get_by_role("button", name="Aanvaarden")).to_have_count(0)
    await reader.locator("main table a[href$='/klok']").first.click()
    await expect(reader.get_by_text(REASON)).to_be_visible()
    assert await faults(reader) == []


async def ready(page: Page) -> None:
    """Open the correction, and look again until its preview is there."""
    await page.goto("/correcties")
    await page.locator("main table a").first.click()
    for _ in range(60):
        if await page.get_by_role("button", name="Aanvaarden en doorvoeren").count():
            return
        await page.wait_for_timeout(500)
        await page.reload()
    raise TimeoutError("the preview does not come")
