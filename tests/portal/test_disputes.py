"""A bill that is not right, in the browser: disputed, put right, fetched as a document."""

import re
from typing import Any

import pytest
from playwright.async_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CONTROLLER = "controller"
CLIENT, STRANGER = "opdrachtgever-1stroom", "opdrachtgever-zevenaar"
SETTLEMENT = "/financien/facturen/F2024-00002"
NUMBER = re.compile(r"F\d{4}-\d{5,}(-\d+)?")


async def send(page: Page) -> str:
    """Send the form; the number of what the next page is about."""
    await page.locator("form.portal-form .utrecht-button--primary-action").click()
    await page.wait_for_url(re.compile(r"gedaan="))
    found = NUMBER.search(page.url)
    assert found is not None
    return found[0]


async def fetched(page: Page, address: str) -> tuple[int, str]:
    answer = await page.request.get(address)
    return answer.status, answer.headers["content-type"]


async def corrected(controller: Page) -> str:
    """The number of an invoice of today, in the place of one whose term has long passed."""
    await controller.goto(f"{SETTLEMENT}/corrigeren")
    await controller.get_by_label("Reden").fill("Telling verkeerd")
    await controller.locator("[name='amounts.0.line']").fill("1")
    await controller.locator("[name='amounts.0.amount']").fill("1.500,00")
    return await send(controller)


async def test_a_client_objects_and_the_controller_puts_it_right(portal: Any) -> None:
    controller = await portal.as_person(CONTROLLER)
    invoice = await corrected(controller)
    assert await controller.get_by_text("F2024-00002").first.is_visible()

    client = await portal.as_person(CLIENT, scripts=False)
    await client.goto(f"/financien/facturen/{invoice}")
    await client.get_by_role("link", name="Bezwaar maken").click()
    await client.get_by_label("Regel").fill("99")
    await client.get_by_label("Reden").fill("Twee werkplekken zijn ingeleverd.")
    await client.locator("form.portal-form .utrecht-button--primary-action").click()
    assert await client.get_by_role("alert").is_visible()
    await client.get_by_label("Regel").fill("1")
    objection = await send(client)
    assert "antwoord uiterlijk" in await client.locator("main").inner_text()

    await controller.goto("/financien/bezwaren?status=open")
    await controller.get_by_role("link", name=objection).click()
    await controller.get_by_role("link", name="Bezwaar gegrond verklaren").click()
    await controller.get_by_label("Reden").fill("Dat klopt.")
    await controller.locator("[name='amounts.0.amount']").fill("1.400,00")
    await send(controller)
    told = await controller.locator("main").inner_text()
    assert "gegrond" in told
    assert "Vervangen door" in told

    await client.goto(f"/financien/facturen/{invoice}")
    assert "Deze factuur is vervangen door" in await client.locator("main").inner_text()
    stranger = await portal.as_person(STRANGER)
    for name, kind in (("pdf", "application/pdf"), ("xml", "application/xml")):
        address = f"/financien/facturen/{invoice}/factuur.{name}"
        assert await fetched(client, address) == (200, kind)
        assert (await fetched(stranger, address))[0] == 404
    assert (await fetched(stranger, f"/financien/bezwaren/{objection}"))[0] == 404
    await stranger.goto("/financien/bezwaren")
    assert objection not in await stranger.locator("main").inner_text()


async def test_the_controller_says_how_invoices_name_the_centre(portal: Any) -> None:
    page = await portal.as_person(CONTROLLER)
    await page.goto("/financien/factuurgegevens")
    assert "NL27TEST0000410000" in await page.locator("main").inner_text()
    await page.get_by_role("link", name="Factuurgegevens vastleggen").click()
    given = {
        "Geldig vanaf": "2023-01-01",
        "Naam van de organisatie": "ICT-dienst De Liemers",
        "Straat": "Voorbeeldplein 2",
        "Postcode": "6900 AA",
        "Plaats": "Zevenaar",
        "KvK-nummer": "00000410",
        "Btw-identificatienummer": "NL000000410B01",
        "IBAN": "NL27TEST0000410001",
    }
    for label, value in given.items():
        await page.get_by_label(label).first.fill(value)
    send_it = page.locator("form.portal-form .utrecht-button--primary-action")
    await send_it.click()
    assert "moeten later ingaan" in await page.get_by_role("alert").inner_text()
    await page.get_by_label("Geldig vanaf").fill("2023-01-02")
    await send_it.click()
    assert "controlegetal" in await page.get_by_role("alert").inner_text()
