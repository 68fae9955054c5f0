"""WCAG 2.2 AA, as far as a machine can tell: axe on every page, reflow, zoom, both themes."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from services.gateway.house import Houses
from services.gateway.portal.assets import Assets

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = ("neutraal", "liemers")
WIDTHS = (1280, 640, 320)
"""A wide screen, the same at 200 % zoom, and at 400 %."""
USER, AGENT = "gebruiker-zevenaar", "servicedeskmedewerker"
KEEPER, OFFICER = "catalogusbeheerder", "privacyfunctionaris"
MANAGER, OWNER = "contractmanager-zevenaar", "eigenaar-zevenaar"
CHOSEN = "&gekozen=INC-2026-000001&gekozen=INC-2026-000600"
PAGES = (
    (USER, "/"),
    (USER, "/melden"),
    (USER, "/meldingen?toon=all"),
    (USER, "/catalogus"),
    (USER, "/bekende-fouten"),
    (USER, "/grote-storingen"),
    (USER, "/bestaat-niet"),
    (AGENT, "/"),
    (AGENT, "/werkvoorraad?beeld=alles&status=all"),
    (AGENT, "/werkvoorraad/bord"),
    (AGENT, "/werkvoorraad/zoeken?zoek=00001"),
    (AGENT, f"/werkvoorraad/actie?actie=prioritise{CHOSEN}"),
    (AGENT, "/melden"),
    (AGENT, "/onderhoud"),
    (AGENT, "/beveiligingssignalen"),
    (AGENT, "/beveiligingssignalen/nieuw"),
    (AGENT, "/dashboard"),
    (AGENT, "/deelnemers"),
    (MANAGER, "/dashboard/zevenaar"),
    (MANAGER, "/meldingen?toon=all"),
    (OWNER, "/dashboard/zevenaar"),
    (MANAGER, "/catalogus/ICT-BZ-01?op=2027-01-01"),
    (MANAGER, "/overeenkomsten"),
    (MANAGER, "/overeenkomsten/DVO-ZEVENAAR"),
    (OFFICER, "/"),
    (OFFICER, "/persoonsgegevens"),
    (OFFICER, "/verwerkingenlogboek"),
    (KEEPER, "/beheer/producten"),
    (KEEPER, "/beheer/producten/ICT-WP-02"),
    (KEEPER, "/beheer/producten/ICT-WP-02/herzien"),
    (KEEPER, "/beheer/kalenders"),
    (KEEPER, "/beheer/kalenders/nieuw"),
    (KEEPER, "/beheer/normen"),
    (KEEPER, "/beheer/ervaring"),
    (KEEPER, "/beheer/overeenkomsten/nieuw"),
    (KEEPER, "/deelnemers/zevenaar"),
    (KEEPER, "/beheer/deelnemers/nieuw"),
    ("controller", "/financien/bezwaren"),
    ("controller", "/financien/factuurgegevens"),
    ("controller", "/financien/facturen/F2024-00002/corrigeren"),
)


async def wear(page: Page, theme: str) -> None:
    """Dress the page in a theme, whichever its partner has."""
    await page.evaluate(
        """async ([theme, sheet]) => {
            document.documentElement.className = `theme-${theme}`;
            const link = Object.assign(document.createElement("link"), {rel: "stylesheet"});
            const loaded = new Promise(resolve => link.addEventListener("load", resolve));
            link.href = sheet;
            document.head.append(link);
            await loaded;
        }""",
        [theme, Assets.load(Houses.load()).address(f"themes/{theme}.css")],
    )


async def violations(page: Page) -> list[str]:
    """What axe finds: rule, impact and the first elements."""
    await page.evaluate(AXE)
    found = await page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(result => result.violations)", TAGS
    )
    return [
        f"{one['id']} ({one['impact']}): {[node['target'] for node in one['nodes'][:3]]}"
        for one in found
    ]


async def sticking_out(page: Page) -> list[str]:
    """Elements that make the page wider than the window, outside regions that scroll."""
    found: list[str] = await page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
            .filter(one => !one.closest(".portal-scroll"))
            .map(one => `${one.tagName}.${one.className}`).slice(0, 5)"""
    )
    return found


async def inspect(page: Page) -> None:
    for theme in THEMES:
        await wear(page, theme)
        assert await violations(page) == [], theme
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 900})
            assert await sticking_out(page) == [], f"{theme} at {width}"


@pytest.mark.parametrize(("person", "path"), PAGES)
async def test_a_page_is_accessible_in_every_theme(portal: Any, person: str, path: str) -> None:
    page = await portal.as_person(person)
    await page.goto(path)
    await inspect(page)


async def test_a_ticket_is_accessible_with_all_its_forms_open(portal: Any) -> None:
    user = await portal.as_person(USER)
    number = await portal.report(user, "Toegankelijk")
    await inspect(user)
    agent = await portal.as_person(AGENT)
    await agent.goto(f"/meldingen/{number}")
    await agent.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    await inspect(agent)


async def test_the_desk_is_accessible_with_its_keys_and_a_card_open(portal: Any) -> None:
    agent = await portal.as_person(AGENT)
    await agent.goto("/werkvoorraad/bord")
    await agent.locator(".portal-card__move summary").first.click()
    await inspect(agent)
    await agent.get_by_role("button", name="Sneltoetsen").click()
    await inspect(agent)


async def test_a_report_with_faults_is_accessible(portal: Any) -> None:
    user = await portal.as_person(USER)
    await user.goto("/melden")
    await user.get_by_role("button", name="Melding versturen").last.click()
    await user.get_by_role("alert").wait_for()
    await inspect(user)


async def test_a_major_incident_is_accessible_with_all_its_forms_open(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT)
    number = await portal.report(user, "Geen netwerk")
    await agent.goto(f"/meldingen/{number}/grote-storing")
    await inspect(agent)
    await agent.get_by_label("Titel").fill("Netwerk ligt eruit")
    await agent.get_by_label("Eerste bericht").fill("Wij zoeken de oorzaak.")
    await agent.get_by_role("button", name="Tot grote storing verklaren").click()
    await agent.wait_for_url("**/grote-storingen/MAJ-*")
    await agent.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    await inspect(agent)
    await user.goto("/")
    await inspect(user)
    await user.get_by_role("link", name="Netwerk ligt eruit").click()
    await user.wait_for_url("**/grote-storingen/MAJ-*")
    await inspect(user)


async def test_an_item_of_the_catalogue_is_accessible(portal: Any) -> None:
    user = await portal.as_person(USER)
    await user.goto("/catalogus")
    await user.locator(".portal-item a").first.click()
    await user.wait_for_url("**/catalogus/*")
    await inspect(user)


async def test_a_preview_and_a_form_with_faults_are_accessible(portal: Any) -> None:
    page = await portal.as_person(KEEPER)
    await page.goto("/beheer/producten/ICT-WP-02/herzien")
    await page.get_by_role("button", name="Bekijk de gevolgen").click()
    await page.get_by_role("alert").wait_for()
    await inspect(page)
    await page.locator("[name='valid_from']").fill("2099-01-01")
    await page.locator("[name='content.name']").fill("Anders")
    await page.get_by_role("button", name="Bekijk de gevolgen").click()
    await page.get_by_role("button", name="Herziening vastleggen").wait_for()
    await inspect(page)


async def test_being_logged_out_is_accessible_and_in_english_too(portal: Any) -> None:
    context = await portal.anonymous()
    page = await context.new_page()
    await page.goto("/taal/en?terug=/uitgelogd")
    assert await page.locator("html").get_attribute("lang") == "en"
    await inspect(page)


async def test_targets_are_large_enough(portal: Any) -> None:
    page = await portal.as_person(AGENT)
    await page.goto("/werkvoorraad")
    small = await page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), select")]
            .filter(one => one.checkVisibility())
            .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []
