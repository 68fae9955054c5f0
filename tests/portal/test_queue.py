"""The service desk's queue: its views, many tickets at once, searching, and keys."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER, AGENT, CONTROLLER = "gebruiker-zevenaar", "servicedeskmedewerker", "controller"
UNASSIGNED = "/werkvoorraad?beeld=niet-toegewezen&sorteer=-opened_at"


def row(page: Page, number: str) -> Any:
    return page.locator("tr", has=page.get_by_role("link", name=number, exact=True))


async def act(page: Page, action: str, numbers: list[str]) -> None:
    """Choose these tickets and go on with the action."""
    for number in numbers:
        await page.get_by_label(f"{number} kiezen").check()
    await page.get_by_label("Actie op gekozen meldingen").select_option(label=action)
    await page.get_by_role("button", name="Verder").click()


async def test_many_tickets_are_assigned_at_once_without_scripts(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT, scripts=False)
    numbers = [await portal.report(user, f"Toetsenbord {n} kapot") for n in (1, 2)]
    await agent.goto(f"{UNASSIGNED}&kies=alles")
    await expect(agent.get_by_label(f"{numbers[0]} kiezen")).to_be_checked()
    await agent.goto(UNASSIGNED)
    await act(agent, "Toewijzen aan een team", numbers)
    await expect(agent.get_by_role("heading", level=1)).to_contain_text("2 meldingen")
    await agent.get_by_label("Team", exact=True).fill("Werkplekbeheer")
    await agent.get_by_label("Lijn").select_option("second")
    await agent.get_by_role("button", name="Toewijzen aan een team").click()
    await expect(agent.get_by_role("status").first).to_contain_text("2 gedaan.")
    await expect(row(agent, numbers[0])).to_contain_text("Toegewezen")
    await agent.get_by_role("link", name="Terug naar de lijst").click()
    assert agent.url.endswith(UNASSIGNED)
    await expect(row(agent, numbers[0])).to_have_count(0)


async def test_what_changed_meanwhile_is_refused_and_the_rest_is_done(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT)
    numbers = [await portal.report(user, f"Muis {n} kapot") for n in (1, 2)]
    await agent.goto(UNASSIGNED)
    await act(agent, "Intrekken", numbers)
    await user.get_by_text("Intrekken").first.click()
    await user.get_by_label("Reden").fill("Het werkt weer.")
    await user.get_by_role("button", name="Intrekken").click()
    await expect(user.get_by_role("status").first).to_contain_text("ingetrokken")
    await agent.get_by_label("Reden").fill("Dubbel gemeld.")
    await agent.get_by_role("button", name="Intrekken").click()
    await expect(agent.get_by_role("status").first).to_contain_text("1 gedaan, 1 niet gedaan.")
    await expect(row(agent, numbers[1])).to_contain_text("intussen gewijzigd")
    await agent.get_by_role("link", name="Bekijk opnieuw wat niet gedaan is").click()
    await expect(agent.locator(".portal-choice--item")).to_contain_text("Kan niet in deze status")


async def test_the_own_team_is_remembered_and_counted(portal: Any) -> None:
    agent = await portal.as_person(AGENT)
    await agent.goto("/werkvoorraad")
    await agent.get_by_text("Kies mijn team").click()
    await agent.get_by_label("Mijn team").fill("Servicedesk")
    await agent.get_by_role("button", name="Onthouden").click()
    await agent.goto("/werkvoorraad")
    view = agent.locator(".portal-views [aria-current]")
    await expect(view).to_contain_text("Servicedesk")
    total = re.findall(r"van (\d+) ", await agent.locator(".portal-count").inner_text())
    assert (await view.inner_text()).split()[-1:] == total
    for cell in await agent.locator("td[data-label='Team']").all_inner_texts():
        assert cell.startswith("Servicedesk")
    await agent.goto("/werkvoorraad/bord")
    await expect(agent.locator("#team")).to_have_value("Servicedesk")


async def test_a_ticket_is_found_by_part_of_its_number_and_opened_by_the_whole(portal: Any) -> None:
    agent = await portal.as_person(AGENT)
    await agent.goto("/werkvoorraad/zoeken")
    await agent.get_by_label("Zoek op").fill("2026-00001")
    await agent.get_by_label("Deelnemer").select_option("zevenaar")
    await agent.get_by_role("button", name="Zoeken").click()
    number = await agent.locator("[data-row-link]").first.inner_text()
    assert "-2026-00001" in number
    await expect(agent.locator("td[data-label='Deelnemer']").first).to_have_text(
        "Gemeente Zevenaar"
    )
    await agent.get_by_label("Zoek op").fill(number.lower())
    await agent.get_by_role("button", name="Zoeken").click()
    await agent.wait_for_url(f"**/meldingen/{number}")
    await agent.get_by_role("link", name="Alle meldingen van deze melder").click()
    await expect(agent.locator("[data-row-link]", has_text=number)).to_be_visible()


async def test_the_desk_is_worked_by_keys_which_can_be_switched_off(portal: Any) -> None:
    agent = await portal.as_person(AGENT)
    await agent.goto("/werkvoorraad?beeld=alles")
    numbers = await agent.locator("[data-row-link]").all_inner_texts()
    for key in ("j", "ArrowDown", "j", "k", "x", "ArrowUp"):
        await agent.keyboard.press(key)
    await expect(agent.get_by_role("link", name=numbers[0])).to_be_focused()
    await expect(agent.get_by_label(f"{numbers[1]} kiezen")).to_be_checked()
    await expect(agent.get_by_role("status")).to_have_text("1 gekozen")
    await agent.keyboard.press("a")
    await expect(agent.get_by_role("status")).to_have_text(f"{len(numbers)} gekozen")
    await agent.keyboard.press("?")
    await agent.get_by_label("Sneltoetsen van één teken gebruiken").uncheck()
    await agent.get_by_role("button", name="Sluiten").click()
    await agent.keyboard.press("j")
    await expect(agent.get_by_role("link", name=numbers[0])).to_be_focused()
    await agent.keyboard.press("ArrowDown")
    await agent.keyboard.press("Enter")
    await agent.wait_for_url(f"**/meldingen/{numbers[1]}")
    await agent.goto("/werkvoorraad")
    await agent.get_by_role("button", name="Sneltoetsen").click()
    await expect(agent.get_by_label("Sneltoetsen van één teken gebruiken")).not_to_be_checked()


async def test_a_controller_looks_and_changes_nothing(portal: Any) -> None:
    controller = await portal.as_person(CONTROLLER)
    await controller.goto("/werkvoorraad?beeld=alles")
    await expect(controller.get_by_role("button", name="Verder")).to_have_count(0)
    await controller.goto("/werkvoorraad/bord")
    await expect(controller.locator(".portal-card").first).to_be_visible()
    await expect(controller.locator(".portal-card form")).to_have_count(0)
