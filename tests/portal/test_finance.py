"""A year of the books in the portal: entered, charged, explained to who pays it, and closed."""

import re
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CONTROLLER, CLIENT, OTHER = "controller", "opdrachtgever-zevenaar", "opdrachtgever-1stroom"
YEAR = 2030
"""Ahead of every case, so that nothing else is in its books."""


@pytest_asyncio.fixture
async def page(portal: Any) -> Page:
    """The first page of a controller."""
    return await portal.as_person(CONTROLLER)


async def fill(page: Page, **values: str) -> None:
    """Fill inputs in by name; a double underscore is the point in a path."""
    for name, value in values.items():
        field = page.locator(f"[name='{name.replace('__', '.')}']")
        if await field.evaluate("one => one.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)


async def send(page: Page, *, told: str = "") -> None:
    """Send the form; the next page says what was done."""
    await page.locator("main form button.utrecht-button--primary-action").first.click()
    if told:
        await expect(page.get_by_role("status").first).to_contain_text(told)


async def fault(page: Page, name: str, words: str) -> None:
    """The refusal stands beside this input, and in the summary."""
    await expect(page.locator(f"[id='{name}-fault']")).to_contain_text(words)
    await expect(page.get_by_role("alert")).to_contain_text(words)


async def invoice_of(page: Page, partner: str) -> str:
    """The number of the partner's invoice of the first quarter."""
    await page.goto(f"/financien/doorbelasting/{YEAR}-q1")
    row = page.get_by_role("row", name=re.compile(partner))
    return await row.get_by_role("link").first.inner_text()


async def test_budget_method_and_booking_are_entered_with_faults_beside_their_fields(
    portal: Any, page: Page
) -> None:
    await page.goto(f"/financien/begroting/nieuw?year={YEAR}")
    await fill(page, pool="proef", name="Proeftuin", lines__0__line="Beheer")
    await fill(page, lines__0__amount="veel", lines__1__line="Licenties")
    await fill(page, lines__1__amount="6000", lines__1__structural="false")
    await send(page)
    await fault(page, "lines.0.amount", "getal")
    assert await portal.violations(page) == []
    await fill(page, lines__0__amount="240.000,00")
    await send(page, told="De begroting is vastgesteld.")
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Proeftuin {YEAR}")
    await expect(page.locator("main")).to_contain_text("246.000,00")
    assert await portal.violations(page) == []

    await page.goto("/financien/verdeling/participation?pool=proef")
    await fill(page, valid_from=f"{YEAR}-01-01")
    await fill(page, method__shares__zevenaar="50", method__shares__1stroom="49")
    await send(page)
    await fault(page, "method.shares", "99")
    await fill(page, method__shares__1stroom="50")
    await send(page, told="De wijze van doorbelasten is vastgelegd.")

    await page.goto(f"/financien/begroting/{YEAR}/proef/boeken")
    await fill(page, booking="B-1", booked_on="2029-12-31", description="Licenties", amount="5000")
    await send(page)
    await fault(page, "booked_on", "2029-12-31 valt niet in 2030")
    await fill(page, booked_on=f"{YEAR}-03-31")
    await send(page, told="De kosten zijn geboekt.")
    await page.goto(f"/financien/begroting/{YEAR}/proef/boeken")
    await fill(page, booking="B-1", booked_on=f"{YEAR}-03-31", description="Nog eens", amount="1")
    await send(page)
    await fault(page, "booking", "staat al op kostenplaats")


async def test_an_advance_is_previewed_run_checked_and_invoiced(portal: Any, page: Page) -> None:
    await page.goto(f"/financien/doorbelasting/voorschot?year={YEAR}&quarter=1")
    await send(page)
    await expect(page.get_by_role("row", name="Proeftuin")).to_contain_text("eigen deelname")
    assert await portal.violations(page) == []
    await send(page, told="Het voorschot is doorbelast.")
    checks = page.get_by_role("region", name="Controle", exact=True)
    await expect(checks.get_by_text("klopt", exact=True)).to_have_count(4)
    assert await portal.violations(page) == []
    await fill(page, issued_on=f"{YEAR}-01-05", days_to_pay="soms")
    await page.get_by_role("button", name="Facturen versturen").click()
    await expect(page.get_by_role("alert")).to_contain_text("getal")
    await fill(page, days_to_pay="30")
    await page.get_by_role("button", name="Facturen versturen").click()
    await expect(page.get_by_role("status").first).to_contain_text("De facturen zijn verstuurd.")
    await page.goto(f"/financien/doorbelasting/{YEAR}-q1")
    await expect(page.get_by_role("button", name="Facturen versturen")).to_have_count(0)


async def test_a_client_follows_its_bill_to_the_events_and_back(portal: Any, page: Page) -> None:
    own, other = await invoice_of(page, "Zevenaar"), await invoice_of(page, "1Stroom")
    client = await portal.as_person(CLIENT)
    await client.goto(f"/financien/kosten?jaar={YEAR}")
    await client.goto(f"/financien/kosten/zevenaar?jaar={YEAR}")
    await expect(client.get_by_role("row", name="Proeftuin")).to_be_visible()
    await client.get_by_role("link", name=own).first.click()
    await expect(client.get_by_role("heading", level=1)).to_contain_text(own)
    assert await portal.violations(client) == []
    await client.get_by_role("link", name="Uitleg regel 1").click()
    main = client.locator("main")
    await expect(main).to_contain_text("÷")
    await expect(main).to_contain_text("Begroting vastgesteld")
    await expect(main).to_contain_text("Wijze van doorbelasten vastgelegd")
    await client.get_by_text("Inhoud van de gebeurtenis").first.click()
    await expect(main).to_contain_text('"pool": "proef"')
    assert await portal.violations(client) == []
    await client.get_by_role("link", name=own).click()
    for path in (
        f"/financien/facturen/{other}",
        f"/financien/facturen/{other}/regels/1",
        "/financien/kosten/1stroom",
    ):
        assert (await client.request.get(path)).status == 404, path
    answer = await client.request.get("/financien/facturen")
    assert other not in await answer.text()
    answer = await client.request.get(f"/financien/bron?bron=invoice/{other}")
    assert "Hier is niets van in te zien." in await answer.text()
    for path in ("/financien/jaar", "/financien/risicos", f"/financien/doorbelasting/{YEAR}-q1"):
        assert (await client.request.get(path)).status == 403, path


async def test_the_calendar_of_the_year_tells_what_was_done(portal: Any, page: Page) -> None:
    await page.goto(f"/financien/jaar?jaar={YEAR}")
    assert await portal.violations(page) == []
    done = page.get_by_role("row", name="Voorschot kwartaal 1 doorbelasten")
    await expect(done).to_contain_text("gedaan")
    still = page.get_by_role("row", name="Voorschot kwartaal 2 doorbelasten")
    await expect(still).to_contain_text("open")
    await expect(page.get_by_role("row", name="Peildatum risicoregister")).to_have_count(2)


async def test_an_invoice_is_credited_and_a_year_is_closed_for_good(page: Page) -> None:
    number = await invoice_of(page, "1Stroom")
    await page.goto(f"/financien/facturen/{number}/crediteren")
    await fill(page, issued_on=f"{YEAR - 1}-01-01", reason="Verkeerd geadresseerd")
    await send(page)
    await fault(page, "issued_on", "kan niet ouder zijn")
    await fill(page, issued_on=f"{YEAR}-02-01")
    await send(page, told="De factuur is gecrediteerd.")
    await expect(page.locator("main")).to_contain_text("Gecrediteerd met")

    await page.goto(f"/financien/doorbelasting/afrekening?year={YEAR}")
    await send(page)
    await page.get_by_role("button", name="Afrekenen en het jaar sluiten").click()
    await expect(page.get_by_role("status").first).to_contain_text("afgerekend en gesloten")
    await page.goto(f"/financien/begroting/{YEAR}/proef/boeken")
    await fill(page, booking="B-9", booked_on=f"{YEAR}-03-31", description="Te laat", amount="1")
    await send(page)
    await expect(page.get_by_role("alert")).to_contain_text(f"Het jaar {YEAR} is afgerekend")
