"""The privacy officer erases somebody and reads who saw their data."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from chassis.testing.stream import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AGENT, OFFICER = "servicedeskmedewerker", "privacyfunctionaris"
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
REPORT = {"partner": "zevenaar", "kind": "incident", "title": "Geen beeld", "description": "Zwart"}


async def reported(portal: Any, mailbox: str, *, ended: bool = True) -> str:
    """A ticket that the desk logged for a caller."""
    async with httpx.AsyncClient(base_url=portal.url) as http:
        form = {"grant_type": "person", "person": AGENT}
        token = (await http.post("/dev-issuer/token", data=form)).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        body = REPORT | {"requester": {"name": "K. Beller", "email": mailbox}}
        made = (await http.post("/v1/tickets", json=body, headers=headers)).raise_for_status()
        ticket: str = made.json()["ticket"]
        if ended:
            reason = {"reason": "Werkt weer"}
            await http.post(f"/v1/tickets/{ticket}/_cancel", json=reason, headers=headers)
        return ticket


async def find(officer: Page, known_by: str, value: str) -> None:
    await officer.goto("/persoonsgegevens")
    await officer.get_by_label("Bekend aan").select_option(label=known_by)
    await officer.get_by_label("Gegeven", exact=True).fill(value)
    await officer.get_by_role("button", name="Zoek").click()


async def violations(page: Page) -> list[str]:
    await page.evaluate(AXE)
    found = await page.evaluate("() => axe.run(document).then(result => result.violations)")
    return [one["id"] for one in found]


async def test_somebody_is_found_erased_and_certified(portal: Any) -> None:
    ticket = await reported(portal, "k.beller@zevenaar.example")
    officer = await portal.as_person(OFFICER)
    await find(officer, "een meldingsnummer", ticket)
    await expect(officer.get_by_text("Wissen is onherroepelijk")).to_be_visible()
    assert await violations(officer) == []
    await officer.get_by_role("button", name="Wis deze persoon").click()
    await officer.wait_for_url(re.compile(r"/persoonsgegevens/[0-9a-f-]{36}$"))
    await expect(officer.get_by_role("heading", name="Verklaring van wissing")).to_be_visible()

    async def complete() -> bool:
        await officer.reload()
        return await officer.get_by_text("Volledig gewist", exact=True).is_visible()

    await eventually(complete)
    rows = officer.get_by_role("row")
    await expect(rows.filter(has_text="Gebeurtenissenlogboek")).to_contain_text("vernietigd")
    assert await violations(officer) == []
    agent = await portal.as_person(AGENT)
    await agent.goto(f"/meldingen/{ticket}")
    await expect(agent.get_by_text("De cijfers blijven")).to_be_visible()
    await expect(agent.get_by_text("Persoonsgegevens gewist")).to_be_visible()


async def test_who_saw_the_data_is_in_the_log(portal: Any) -> None:
    ticket = await reported(portal, "l.lezer@zevenaar.example", ended=False)
    agent, officer = await portal.as_person(AGENT), await portal.as_person(OFFICER)
    await agent.goto(f"/meldingen/{ticket}")
    await find(officer, "het mailadres", "l.lezer@zevenaar.example")
    await expect(officer.get_by_text(ticket)).to_be_visible()
    await officer.get_by_role("link", name="Wie heeft deze gegevens ingezien?").click()
    await expect(officer.get_by_role("row").filter(has_text="tickets.texts").first).to_be_visible()
    await expect(officer.get_by_role("row").filter(has_text="tickets.open-ticket")).to_be_visible()


@pytest.mark.parametrize(
    ("value", "told"),
    [("", "Vul in waaraan"), ("INC-2026-999999", "Niemand met dit pseudoniem")],
)
async def test_nobody_is_erased_by_mistake(portal: Any, value: str, told: str) -> None:
    officer = await portal.as_person(OFFICER, scripts=False)
    await find(officer, "een meldingsnummer", value)
    await expect(officer.get_by_role("alert")).to_contain_text(told)


async def test_the_pages_in_english(portal: Any) -> None:
    officer = await portal.as_person(OFFICER)
    await officer.goto("/taal/en?terug=/persoonsgegevens")
    await officer.goto("/persoonsgegevens")
    await expect(officer.get_by_role("heading", name="Erase personal data")).to_be_visible()
    await officer.goto("/verwerkingenlogboek")
    await expect(officer.get_by_role("heading", name="Processing log")).to_be_visible()
