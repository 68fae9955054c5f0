"""Known errors while reporting, major incidents as each partner sees them, security signals."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER, NEIGHBOUR = "gebruiker-zevenaar", "gebruiker-1stroom"
AGENT, MANAGER = "servicedeskmedewerker", "contractmanager-zevenaar"


async def told(page: Page, text: str) -> None:
    await expect(page.get_by_role("status").first).to_contain_text(text)


async def problem_of(agent: Page, title: str) -> str:
    """A problem that the service desk logs."""
    await agent.goto("/melden")
    await agent.get_by_label("Organisatie", exact=True).select_option("zevenaar")
    await agent.get_by_label("Naam van de melder").fill("B. Eller")
    await agent.get_by_label("E-mailadres van de melder").fill("b.eller@zevenaar.example")
    await agent.get_by_label("Probleem achter storingen").check()
    await agent.get_by_label("Staat er niet bij").first.check()
    await agent.get_by_label("Onderwerp").fill(title)
    await agent.get_by_label("Omschrijving").fill("Meerdere storingen met dezelfde oorzaak.")
    await agent.get_by_label("Alleen ik").check()
    await agent.get_by_label("Ja, maar met hinder").check()
    await agent.get_by_role("button", name="Melding versturen").last.click()
    await agent.wait_for_url(re.compile(r"/meldingen/PRB-"))
    return re.findall(r"PRB-\d{4}-\d{6}", agent.url)[0]


async def test_a_known_error_helps_while_reporting(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT)
    incident = await portal.report(user, "Tweede scherm zwart")
    problem = await problem_of(agent, "Schermen vallen uit na update")

    await agent.goto(f"/meldingen/{incident}")
    await agent.get_by_role("link", name="Aan een probleem koppelen").click()
    await agent.get_by_label("Probleem").select_option(problem)
    await agent.get_by_role("button", name="Koppelen").click()
    await told(agent, "aan het probleem gekoppeld")

    await agent.goto(f"/meldingen/{problem}")
    await expect(agent.get_by_role("link", name=incident)).to_be_visible()
    await agent.get_by_role("link", name="Bekende fout vastleggen").click()
    await agent.get_by_label("Wat gaat er mis?").fill("Beeldscherm blijft zwart na de update")
    await agent.get_by_label("Wat helpt intussen?").fill("Sluit de kabel opnieuw aan.")
    await agent.get_by_role("button", name="Bekende fout vastleggen").click()
    await told(agent, "bekende fout is vastgelegd")

    await user.goto("/melden")
    await user.get_by_label("Onderwerp").fill("Mijn beeldscherm doet niets")
    likely = user.locator("#known-errors")
    await expect(likely).to_contain_text("Beeldscherm blijft zwart na de update")
    await expect(likely).to_contain_text("Sluit de kabel opnieuw aan.")
    await user.goto("/bekende-fouten?zoek=beeldscherm")
    await expect(user.locator(f"#{problem}")).to_contain_text("Sluit de kabel opnieuw aan.")
    await user.goto(f"/meldingen/{incident}")
    await expect(user.locator("main")).to_contain_text("Sluit de kabel opnieuw aan.")

    plain = await portal.as_person(USER, scripts=False)
    await plain.goto("/melden")
    await plain.get_by_label("Onderwerp").fill("Mijn beeldscherm doet niets")
    await plain.get_by_role("button", name="Zoeken").click()
    await expect(plain.locator("#known-errors")).to_contain_text("Beeldscherm blijft zwart")


async def test_each_partner_sees_its_own_part_of_a_major_incident(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT)
    neighbour = await portal.as_person(NEIGHBOUR)
    incident = await portal.report(user, "Geen e-mail")
    await user.goto("/")
    await neighbour.goto("/")

    await agent.goto(f"/meldingen/{incident}")
    await agent.get_by_role("link", name="Tot grote storing verklaren").click()
    await agent.get_by_label("Titel").fill("E-mail ligt eruit")
    await agent.get_by_label("Eerste bericht").fill("Wij zoeken de oorzaak.")
    await agent.get_by_role("button", name="Tot grote storing verklaren").click()
    await told(agent, "nu een grote storing")
    banner = user.locator("#major-now")
    await expect(banner).to_contain_text("Wij zoeken de oorzaak.")
    await expect(neighbour.locator("#major-now")).not_to_contain_text("E-mail")

    await agent.locator("summary", has_text="Met meer deelnemers delen").click()
    await agent.locator("#share-1stroom").check()
    await agent.get_by_role("button", name="Met meer deelnemers delen").click()
    await told(agent, "met meer deelnemers gedeeld")
    await expect(neighbour.locator("#major-now")).to_contain_text("E-mail ligt eruit")
    await agent.get_by_label("Bericht", exact=True).fill("Alleen Zevenaar: gebruik webmail.")
    await agent.locator("#update-zevenaar").check()
    await agent.get_by_role("button", name="Bericht plaatsen").click()
    await told(agent, "bericht is geplaatst")
    await expect(banner).to_contain_text("gebruik webmail")

    await neighbour.get_by_role("link", name="E-mail ligt eruit").click()
    page = neighbour.locator("main")
    await expect(page).to_contain_text("Wij zoeken de oorzaak.")
    for hidden in ("webmail", "Zevenaar", incident):
        await expect(page).not_to_contain_text(hidden)
    await user.get_by_role("link", name="E-mail ligt eruit").click()
    await expect(user.get_by_role("link", name=incident)).to_be_visible()

    await user.goto("/")
    await agent.locator("summary", has_text="Voorbij melden").click()
    await agent.get_by_label("Laatste bericht").fill("Alles werkt weer.")
    await agent.get_by_role("button", name="Voorbij melden").click()
    await told(agent, "voorbij gemeld")
    await expect(user.locator("#major-now")).not_to_contain_text("E-mail ligt eruit")
    await user.goto("/grote-storingen")
    await expect(user.locator("tbody")).to_contain_text("Voorbij")


async def test_counted_signals_stand_on_the_dashboard_of_the_partner(portal: Any) -> None:
    agent, manager = await portal.as_person(AGENT), await portal.as_person(MANAGER)
    await agent.goto("/beveiligingssignalen/nieuw")
    await agent.get_by_label("Deelnemer").select_option("zevenaar")
    await agent.get_by_label("Maand").fill("2099-01")
    await agent.get_by_label("Soort signaal").select_option("phishing-mail")
    await agent.get_by_label("Aantal").fill("318")
    await agent.get_by_role("button", name="Vastleggen").click()
    await expect(agent.get_by_role("alert")).to_contain_text("moet nog beginnen")
    await agent.get_by_label("Maand").fill("2026-01")
    await agent.get_by_role("button", name="Vastleggen").click()
    await told(agent, "aantal is vastgelegd")
    await manager.goto("/dashboard/zevenaar")
    row = manager.locator("tr", has_text="januari 2026")
    await expect(row).to_contain_text("318")
    await expect(row).to_contain_text("niet geteld")
