"""The service desk: logging for a caller, a change from plan to result, a rating, the clock."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER, AGENT = "gebruiker-zevenaar", "servicedeskmedewerker"


async def unfold(page: Page, name: str) -> None:
    await page.locator("summary", has_text=name).click()


async def move(page: Page, name: str, done: str) -> None:
    """Make the move of this name, and see that it was made."""
    await page.get_by_role("button", name=name, exact=True).click()
    await expect(page.get_by_role("status").first).to_contain_text(done)


async def test_a_change_is_logged_for_a_caller_planned_and_carried_out(portal: Any) -> None:
    agent = await portal.as_person(AGENT)
    await agent.goto("/melden")
    await agent.get_by_label("Organisatie", exact=True).select_option("zevenaar")
    await agent.get_by_label("Naam van de melder").fill("B. Eller")
    await agent.get_by_label("E-mailadres van de melder").fill("b.eller@zevenaar.example")
    await agent.get_by_label("Wijziging", exact=True).check()
    await agent.get_by_label("Staat er niet bij").first.check()
    await agent.get_by_label("Onderwerp").fill("Nieuwe firewall")
    await agent.get_by_label("Omschrijving").fill("De oude wordt niet meer ondersteund.")
    await agent.get_by_label("Alleen ik").check()
    await agent.get_by_label("Ja, het kan wachten").check()
    await agent.get_by_role("button", name="Melding versturen").last.click()
    await agent.wait_for_url(re.compile(r"/meldingen/CHG-"))
    await unfold(agent, "Wijziging plannen")
    await agent.get_by_label("Soort").select_option("standard")
    await agent.get_by_label("Begin").fill("2099-03-14T08:00")
    await agent.get_by_label("Einde").fill("2099-03-14T12:00")
    await move(agent, "Wijziging plannen", "gepland")
    await expect(agent.locator(".portal-facts").first).to_contain_text("Goedgekeurd")
    await unfold(agent, "Uitvoering melden")
    await move(agent, "Uitvoering melden", "gemeld")
    await expect(agent.locator(".portal-timeline").last).to_contain_text("Wijziging uitgevoerd")


async def test_maintenance_in_the_past_is_refused_with_why(portal: Any) -> None:
    agent = await portal.as_person(AGENT)
    await agent.goto("/onderhoud")
    await agent.get_by_label("Onderhoudsvenster").check()
    await agent.get_by_label("Naam", exact=True).fill("Patchweekend")
    await agent.get_by_label("Begin").fill("2020-03-14T08:00")
    await agent.get_by_label("Einde").fill("2020-03-14T12:00")
    await agent.get_by_role("button", name="Onderhoud of wijzigingsstop plannen").click()
    await expect(agent.get_by_role("alert")).to_contain_text("ligt niet in het verleden")


async def test_who_asked_rates_after_closing_and_sees_the_clock(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT)
    number = await portal.report(user, "Muis werkt niet", item="Werkplek")
    await agent.goto(f"/meldingen/{number}")
    await unfold(agent, "Toewijzen aan een team")
    await agent.get_by_label("Team", exact=True).fill("Servicedesk")
    await move(agent, "Toewijzen aan een team", "toegewezen")
    await unfold(agent, "Tijd schrijven")
    await agent.get_by_label("Minuten").fill("15")
    await move(agent, "Tijd schrijven", "geschreven")
    await move(agent, "Als opgelost melden", "opgelost")
    await user.reload()
    await move(user, "Sluiten", "gesloten")
    await unfold(user, "Beoordelen")
    await user.get_by_label("Toelichting").fill("Snel geholpen")
    await move(user, "Beoordelen", "Dank u wel")
    await expect(user.locator(".portal-told").last).to_contain_text("Snel geholpen")
    await user.get_by_role("link", name="Hoe is de tijd geteld?").click()
    await expect(user.locator("tbody tr").first).to_be_visible()
