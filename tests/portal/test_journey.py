"""From report to dashboard: a user, the service desk, the contract manager and a stranger."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER = "gebruiker-zevenaar"
AGENT = "servicedeskmedewerker"
MANAGER = "contractmanager-zevenaar"
STRANGER = "contractmanager-1stroom"


async def figure(page: Page, tile: str) -> int:
    text = await page.locator(f"#tile-{tile} .portal-tile__figure").inner_text()
    return int(text.replace(".", ""))


async def move(page: Page, name: str, done: str) -> None:
    """Make the move of this name, and see that it was made."""
    await page.get_by_role("button", name=name, exact=True).click()
    await expect(page.get_by_role("status").first).to_contain_text(done)


async def test_a_report_is_handled_and_the_contract_manager_sees_it_happen(portal: Any) -> None:
    manager = await portal.as_person(MANAGER)
    await manager.goto("/dashboard")
    await expect(manager.get_by_role("heading", level=1)).to_contain_text("Zevenaar")
    opened, resolved = await figure(manager, "open"), await figure(manager, "resolved")
    await manager.evaluate("window.sameDocument = true")

    user = await portal.as_person(USER)
    number = await portal.report(user, "Laptop start niet meer op", item="Werkplek")
    await expect(user.get_by_role("status").first).to_contain_text(f"{number} is ontvangen")
    for clock in ("Reactie", "Oplossing"):
        box = user.locator(".portal-clock", has=user.get_by_role("heading", name=clock))
        await expect(box).to_contain_text("Uiterlijk")
    open_tile = manager.locator("#tile-open .portal-tile__figure")
    await expect(open_tile).to_have_text(str(opened + 1))

    agent = await portal.as_person(AGENT)
    await agent.goto(f"/meldingen/{number}")
    await agent.locator("summary", has_text="Toewijzen aan een team").click()
    await agent.get_by_label("Team", exact=True).fill("Servicedesk")
    await move(agent, "Toewijzen aan een team", "toegewezen")
    await move(agent, "Behandeling starten", "gestart")
    await agent.locator("summary", has_text="Laten wachten").click()
    await agent.get_by_label("op de melder").check()
    await move(agent, "Laten wachten", "wacht")
    await expect(agent.locator(".portal-clock").last).to_contain_text("Klok staat stil")
    await move(agent, "Behandeling hervatten", "hervat")
    await move(agent, "Als opgelost melden", "opgelost")

    await user.reload()
    await move(user, "Sluiten", "gesloten")
    await expect(user.locator(".portal-timeline")).to_contain_text("Wacht – op de melder")

    await expect(open_tile).to_have_text(str(opened))
    resolved_tile = manager.locator("#tile-resolved .portal-tile__figure")
    await expect(resolved_tile).to_have_text(str(resolved + 1))
    await expect(manager.locator("#updated")).to_contain_text("Bijgewerkt om")
    assert await manager.evaluate("window.sameDocument"), "the page was loaded again"


async def test_another_partner_sees_none_of_it(portal: Any) -> None:
    user = await portal.as_person(USER)
    number = await portal.report(user, "Alleen voor Zevenaar")
    stranger = await portal.as_person(STRANGER)
    for path in (
        f"/meldingen/{number}",
        "/dashboard/zevenaar",
        "/dashboard/zevenaar/cijfers",
        "/dashboard/zevenaar/live",
        "/dashboard/zevenaar/meldingen.csv",
        "/catalogus?partner=zevenaar",
    ):
        answer = await stranger.request.get(path)
        assert answer.status == 404, path
        assert "Alleen voor Zevenaar" not in await answer.text()
    for path in ("/meldingen?toon=all", "/dashboard/1stroom", "/dashboard/1stroom/meldingen.csv"):
        answer = await stranger.request.get(path)
        assert answer.status == 200, path
        assert number not in await answer.text()


async def test_a_user_sees_own_tickets_only_and_no_figures(portal: Any) -> None:
    user = await portal.as_person(USER)
    for path in ("/dashboard/zevenaar", "/werkvoorraad", "/deelnemers"):
        assert (await user.request.get(path)).status == 403, path
    colleague = await portal.as_person("gebruiker-1stroom")
    number = await portal.report(user, "Van mij")
    assert (await colleague.request.get(f"/meldingen/{number}")).status == 404


async def test_who_comes_second_is_told_and_changes_nothing(portal: Any) -> None:
    user = await portal.as_person(USER)
    number = await portal.report(user, "Twee behandelaars")
    first, second = await portal.as_person(AGENT), await portal.as_person(AGENT)
    for agent in (first, second):
        await agent.goto(f"/meldingen/{number}")
        await agent.locator("summary", has_text="Toewijzen aan een team").click()
    await first.get_by_label("Team", exact=True).fill("Werkplekbeheer")
    await move(first, "Toewijzen aan een team", "toegewezen")
    await second.get_by_label("Team", exact=True).fill("Netwerkbeheer")
    await second.get_by_role("button", name="Toewijzen aan een team").click()
    alert = second.get_by_role("alert")
    await expect(alert).to_contain_text("intussen gewijzigd")
    await expect(alert).to_be_focused()
    await expect(second.locator(".portal-facts")).to_contain_text("Werkplekbeheer")
    await expect(second.get_by_label("Team", exact=True)).to_have_value("Netwerkbeheer")


async def test_the_queue_is_filtered_sorted_and_paged(portal: Any) -> None:
    agent = await portal.as_person(AGENT)
    await agent.goto("/werkvoorraad")
    await agent.get_by_label("Status", exact=True).select_option("all")
    await agent.get_by_label("Deelnemer", exact=True).select_option("zevenaar")
    await agent.get_by_role("button", name="Filteren").click()
    cells = agent.locator("tbody [data-label='Deelnemer']")
    await expect(cells.first).to_contain_text("Zevenaar")
    assert not await cells.filter(has_text="1Stroom").count()
    await agent.get_by_role("link", name="Prioriteit").click()
    column = agent.get_by_role("columnheader", name="Prioriteit")
    await expect(column).to_have_attribute("aria-sort", "ascending")
    await agent.get_by_role("link", name="Volgende").click()
    await expect(agent.locator("[aria-current='page']").last).to_contain_text("2")
    assert "partner=zevenaar" in agent.url


async def test_the_export_holds_the_partner_s_tickets(portal: Any) -> None:
    manager = await portal.as_person(MANAGER)
    answer = await manager.request.get("/dashboard/zevenaar/meldingen.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    header, *rows = (await answer.text()).splitlines()
    assert header.startswith("ticket;partner;")
    assert rows
    assert all(";zevenaar;" in row for row in rows)
