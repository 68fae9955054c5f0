"""Keeping the catalogue in the portal: from draft to agreement, with faults beside their fields."""

import re
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from services.gateway.language import LANGUAGES, Texts
from services.gateway.portal.catalogue_keeping.forms import FORMS
from services.gateway.portal.forms import Field, Rows

KEEPER, CLIENT = "catalogusbeheerder", "contractmanager-zevenaar"


def labels() -> set[str]:
    """The ids that the forms put together."""
    parts = [part for form in FORMS for part in form.parts]
    fields = [
        *(part for part in parts if isinstance(part, Field)),
        *(column for part in parts if isinstance(part, Rows) for column in part.columns),
    ]
    named = {f"keep-{part.label}" for part in (*parts, *fields)}
    named |= {f"keep-{field.label}.hint" for field in fields if field.hint}
    for form in FORMS:
        named |= {f"{form.text}{more}" for more in ("", ".lead", ".send")}
        named.add(form.done_text)
    return named


@pytest.mark.parametrize("key", sorted(labels()))
def test_every_label_of_every_form_has_words(key: str, texts: Texts) -> None:
    assert all(texts.has(language, key) for language in LANGUAGES)


@pytest_asyncio.fixture
async def page(portal: Any) -> Page:
    """The first page of a catalogue manager."""
    return await portal.as_person(KEEPER)


async def send(page: Page, *, told: str) -> None:
    """Send the form; the next page says what was done."""
    await page.locator("main form button.utrecht-button--primary-action").first.click()
    await expect(page.get_by_role("status").first).to_contain_text(told)


async def fill(page: Page, **values: str) -> None:
    """Fill inputs in by name; a double underscore is the point in a path."""
    for name, value in values.items():
        field = page.locator(f"[name='{name.replace('__', '.')}']")
        if await field.evaluate("one => one.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)


async def draft(page: Page, code: str, name: str) -> None:
    await page.goto("/beheer/producten/nieuw")
    await fill(page, item=code, content__name=name, content__owner="Team Werkplek")
    await fill(page, content__domain="ict", content__tier="plus", content__unit="workplace")
    await fill(page, content__included="Scherm\nKabel", content__excluded="Montage")
    year = await page.evaluate("new Date().getFullYear()")
    await page.locator(f"[name='content.tariffs.{year}']").fill("1.250,50")
    await send(page, told="Het concept is bewaard.")


async def published(page: Page, code: str, name: str) -> None:
    await draft(page, code, name)
    await page.get_by_role("link", name="Publiceren").click()
    await fill(page, valid_from="2026-01-01")
    await send(page, told="Het product is gepubliceerd.")


@pytest.mark.browser
@pytest.mark.slow
async def test_a_product_goes_from_draft_to_retired(portal: Any, page: Page) -> None:
    await published(page, "ICT-SCH-01", "Groot scherm")
    await expect(page.locator("main")).to_contain_text("1.250,50")
    await page.get_by_role("link", name="Zoals deelnemers het zien").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Groot scherm")
    await page.goto("/beheer/producten/ICT-SCH-01/intrekken")
    await fill(page, retired_from="2999-01-01")
    await send(page, told="Het product is ingetrokken.")
    await page.goto("/beheer/producten?stand=retired")
    await expect(page.get_by_role("rowheader", name="ICT-SCH-01")).to_be_visible()


@pytest.mark.browser
@pytest.mark.slow
async def test_faults_stand_beside_their_fields_and_what_was_typed_stays(page: Page) -> None:
    await page.goto("/beheer/producten/nieuw")
    await fill(page, item="kleine letters", content__name="Naam", content__steps__0__team="Net")
    await fill(page, content__steps__1__lead_minutes="veel")
    await page.get_by_role("button", name="Concept bewaren").click()
    alert = page.get_by_role("alert")
    await expect(alert).to_be_focused()
    for name in ("item", "content.domain", "content.owner", "content.steps.1.lead_minutes"):
        await expect(page.locator(f"[name='{name}']")).to_have_attribute("aria-invalid", "true")
    await expect(page.locator("[name='content.name']")).to_have_value("Naam")
    await expect(page.locator("[name='content.steps.0.team']")).to_have_value("Net")
    await alert.get_by_role("link").first.click()
    assert page.url.endswith("#item")


@pytest.mark.browser
@pytest.mark.slow
async def test_a_rule_of_the_domain_stands_beside_its_field_too(page: Page) -> None:
    await page.goto("/beheer/normen/nieuw")
    await fill(page, domain="legal", kind="incident", priority="1", valid_from="2026-01-01")
    await fill(page, norm__response_minutes="60", norm__resolution_minutes="30")
    await fill(page, norm__target_percentage="90")
    await page.get_by_role("button", name="Norm vastleggen").click()
    await expect(page.locator("[id='norm.resolution_minutes-fault']")).to_contain_text("korter")
    await fill(page, norm__resolution_minutes="120")
    await send(page, told="De norm is vastgelegd.")
    await page.goto("/beheer/normen/legal/-/incident/1")
    await expect(page.locator("[name='norm.resolution_minutes']")).to_have_value("120")


@pytest.mark.browser
@pytest.mark.slow
async def test_a_revision_is_previewed_before_it_is_sent(portal: Any, page: Page) -> None:
    await page.goto("/beheer/producten/ICT-WP-01/herzien")
    year = await page.evaluate("new Date().getFullYear()") + 1
    await fill(page, valid_from=f"{year}-01-01", content__name="Werkplek van morgen")
    await page.locator(f"[name='content.tariffs.{year}']").fill("999,00")
    await page.get_by_role("button", name="Bekijk de gevolgen").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Gevolgen")
    await expect(page.get_by_role("table").first).to_contain_text("Werkplek van morgen")
    await expect(page.get_by_role("table").nth(1)).to_contain_text("Zevenaar")
    await page.get_by_role("button", name="Verder wijzigen").click()
    await expect(page.locator("[name='content.name']")).to_have_value("Werkplek van morgen")
    await page.get_by_role("button", name="Bekijk de gevolgen").click()
    await page.get_by_role("button", name="Herziening vastleggen").click()
    await expect(page.get_by_role("status").first).to_contain_text("De herziening is vastgelegd.")
    client = await portal.as_person(CLIENT)
    await client.goto(f"/catalogus/ICT-WP-01?op={year}-01-01")
    await expect(client.get_by_role("heading", level=1)).to_have_text("Werkplek van morgen")
    await expect(client.get_by_role("table").nth(1)).to_contain_text("999,00")
    await client.get_by_role("link", name="Naar vandaag").click()
    await expect(client.get_by_role("heading", level=1)).not_to_have_text("Werkplek van morgen")


@pytest.mark.browser
@pytest.mark.slow
async def test_who_saw_an_older_version_is_told_and_can_send_again(portal: Any, page: Page) -> None:
    await draft(page, "ICT-STL-01", "Eerst")
    await page.goto("/beheer/producten/ICT-STL-01/concept")
    other = await page.context.new_page()
    await other.goto("/beheer/producten/ICT-STL-01/concept")
    await fill(other, content__name="Door een ander")
    await send(other, told="Het concept is bewaard.")
    await fill(page, content__name="Door mij")
    await page.get_by_role("button", name="Concept bewaren").click()
    await expect(page.get_by_role("alert")).to_contain_text("Iemand anders")
    await send(page, told="Het concept is bewaard.")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Door mij")


@pytest.mark.browser
@pytest.mark.slow
async def test_a_calendar_gets_its_versions(page: Page) -> None:
    await page.goto("/beheer/kalenders/nieuw")
    await expect(page.locator("[name='hours.4.closes']")).to_have_value("17:00")
    await fill(page, calendar="avond", name="Avonduren", valid_from="2026-01-01")
    await fill(page, hours__0__closes="07:00")
    await page.get_by_role("button", name="Kalender vastleggen").click()
    await expect(page.locator("[id='hours-fault']")).to_contain_text("eindigen voordat")
    await fill(page, hours__0__closes="21:00")
    await send(page, told="De kalender is vastgelegd.")
    await page.goto("/beheer/kalenders/avond")
    await fill(page, valid_from="2027-01-01", closing_days="2027-05-07")
    await send(page, told="De nieuwe versie is vastgelegd.")
    await expect(page.locator("main")).to_contain_text("vr 7 mei 2027")


@pytest.mark.browser
@pytest.mark.slow
async def test_a_partner_joins_agrees_and_leaves(portal: Any, page: Page) -> None:
    await published(page, "ICT-BRD-01", "Breedband")
    await page.goto("/beheer/deelnemers/nieuw")
    await fill(page, partner="doesburg", name="Doesburg", kind="municipality", oin="123")
    await fill(page, joined_on="2026-01-01")
    await page.get_by_role("button", name="Deelnemer vastleggen").click()
    await expect(page.locator("#oin")).to_have_attribute("aria-invalid", "true")
    await fill(page, oin="00000001001234500000")
    await send(page, told="De deelnemer is vastgelegd.")

    await page.goto("/beheer/deelnemers/doesburg/kentallen")
    await fill(page, year="2026", residents="11000", workplaces="90", key_percentage="12,5")
    await send(page, told="De kentallen zijn bewaard.")
    await expect(page.get_by_role("row", name="2026")).to_contain_text("12,5")

    await page.goto("/beheer/overeenkomsten/nieuw")
    await fill(page, agreement="DVO-DOESBURG", partner="doesburg", starts_on="2026-01-01")
    await fill(page, items="ICT-BRD-01\nICT-XX-99", surcharge_percentage="10")
    row = "deviating_norms__0__"
    await fill(page, **{f"{row}domain": "ict", f"{row}item": "ICT-BRD-01"})
    await fill(page, **{f"{row}kind": "incident", f"{row}priority": "1"})
    await fill(page, **{f"{row}norm__response_minutes": "10"})
    await fill(page, **{f"{row}norm__resolution_minutes": "20"})
    await fill(page, **{f"{row}norm__target_percentage": "95"})
    price = "deviating_prices__1__"
    await fill(page, **{f"{price}item": "ICT-BRD-01", f"{price}year": "2026"})
    await fill(page, **{f"{price}price": "100"})
    await page.get_by_role("button", name="Overeenkomst vastleggen").click()
    await expect(page.locator("#items")).to_have_attribute("aria-invalid", "true")
    await fill(page, items="ICT-BRD-01")
    await send(page, told="De overeenkomst is vastgelegd.")
    await expect(page.locator("main")).to_contain_text("ICT-BRD-01, 2026")

    await page.goto("/catalogus/ICT-BRD-01?partner=doesburg&op=2026-06-01")
    price_row = page.get_by_role("row", name="2026")
    await expect(price_row).to_contain_text(re.compile(r"100,00.*10 %.*110,00"))
    await expect(page.get_by_role("row", name="Storing 1")).to_contain_text("uw overeenkomst")

    await page.goto("/beheer/ervaring/nieuw?partner=doesburg")
    await fill(page, domain="ict", target__quality="7,5", target__speed="11")
    await fill(page, target__communication="8", valid_from="2026-01-01")
    await page.get_by_role("button", name="Ervaringsnorm vastleggen").click()
    await expect(page.locator("[id='target.speed']")).to_have_attribute("aria-invalid", "true")
    await fill(page, target__speed="7")
    await send(page, told="De ervaringsnorm is vastgelegd.")

    await page.goto("/beheer/overeenkomsten/DVO-DOESBURG/wijzigen")
    await fill(page, valid_from="2026-07-01", surcharge_percentage="5")
    await send(page, told="De wijziging is vastgelegd.")
    await page.goto("/beheer/overeenkomsten/DVO-DOESBURG/beeindigen")
    await fill(page, ends_on="2027-12-31")
    await send(page, told="Het einde is vastgelegd.")
    await page.goto("/beheer/deelnemers/doesburg/vertrek")
    await fill(page, leaves_on="2999-12-31")
    await send(page, told="Het vertrek is vastgelegd.")


@pytest.mark.browser
@pytest.mark.slow
async def test_a_partner_reads_its_agreement_and_no_form(portal: Any) -> None:
    client = await portal.as_person(CLIENT)
    await client.goto("/overeenkomsten")
    await client.get_by_role("link", name="DVO-ZEVENAAR").click()
    await expect(client.get_by_role("heading", level=1)).to_have_text("DVO-ZEVENAAR")
    await expect(client.get_by_role("link", name="Overeenkomst wijzigen")).to_have_count(0)
    for path, status in (("/overeenkomsten/DVO-1STROOM", 404), ("/beheer/producten", 403)):
        assert (await client.request.get(path)).status == status
