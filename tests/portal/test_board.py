"""The service desk's board: cards that move by form and by hand, and that move by themselves."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER, AGENT = "gebruiker-zevenaar", "servicedeskmedewerker"
ABOVE = 8
"""Cards above the one that is dragged: it is then below the fold."""
BOARD = "/werkvoorraad/bord?partner=zevenaar&team="


def card(page: Page, number: str) -> Locator:
    return page.locator(".portal-card", has=page.get_by_role("link", name=number, exact=True))


def column(page: Page, name: str) -> Locator:
    return page.locator(f"section[data-column='{name}']")


Seen = Callable[[], Awaitable[None]]


async def drag(page: Page, dragged: Locator, to: Locator, seen: Seen) -> None:
    """Drag until it is seen to have happened: a board that moves under the hand drops the card."""
    for _ in range(2):
        await drag_once(page, dragged, to)
        with suppress(AssertionError):
            return await seen()
    await drag_once(page, dragged, to)
    return await seen()


async def drag_once(page: Page, dragged: Locator, to: Locator) -> None:
    """As a hand does it: the browser takes it for dragging once the card has come along a bit.

    Straight across, for the top of a long board is out of sight of its lower cards.
    """
    subject = dragged.locator(".portal-card__subject")
    await subject.hover()
    await page.mouse.down()
    start, end = await subject.bounding_box(), await to.bounding_box()
    assert start is not None
    assert end is not None
    await page.mouse.move(end["x"] + 60, start["y"] + start["height"] / 2, steps=8)
    await page.mouse.up()


async def test_a_card_moves_by_its_form_without_scripts(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT, scripts=False)
    number = await portal.report(user, "Bordtest zonder scripts")
    await agent.goto(f"{BOARD}&meer=new")
    moving = card(agent, number)
    await moving.get_by_text("Verplaatsen").first.click()
    await moving.get_by_label("Team (bij toewijzen)").fill("Bordteam")
    await moving.get_by_role("button", name="Verplaatsen").click()
    await expect(agent.get_by_role("status").first).to_contain_text(f"{number}: De melding is toe")
    assert "partner=zevenaar" in agent.url
    await agent.goto("/werkvoorraad/bord?team=Bordteam")
    moving = column(agent, "assigned").locator(card(agent, number))
    await moving.get_by_text("Verplaatsen").first.click()
    await moving.get_by_label("Naar").select_option(label="In behandeling nemen")
    await moving.get_by_role("button", name="Verplaatsen").click()
    await expect(column(agent, "in-progress").locator(card(agent, number))).to_be_visible()


async def test_a_card_is_dragged_and_another_screen_follows(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT)
    for place in range(ABOVE):
        await portal.report(user, f"Bordtest erboven {place}")
    number = await portal.report(user, "Bordtest met de hand")
    other = await agent.context.new_page()
    await other.goto(f"{BOARD}&meer=new")
    await agent.goto(f"{BOARD}&meer=new")
    team = card(agent, number).get_by_label("Team (bij toewijzen)")
    await drag(
        agent,
        card(agent, number),
        column(agent, "assigned"),
        lambda: expect(team).to_be_focused(),
    )
    await team.fill("Handteam")
    await team.press("Enter")
    await expect(agent.get_by_role("status").first).to_contain_text("toegewezen")
    await expect(column(other, "new").locator(card(other, number))).to_have_count(0)
    await agent.goto("/werkvoorraad/bord?team=Handteam")
    await drag(
        agent,
        card(agent, number),
        column(agent, "in-progress"),
        lambda: expect(agent.get_by_role("status").first).to_contain_text("gestart"),
    )
    await expect(agent.get_by_role("link", name=number, exact=True)).to_be_focused()
    await drag(
        agent,
        card(agent, number),
        column(agent, "waiting"),
        lambda: expect(card(agent, number).get_by_label("Naar")).to_be_focused(),
    )
    await expect(card(agent, number).get_by_label("Naar")).to_have_value("wait-user")


async def test_a_board_waits_for_who_is_busy_and_is_worked_by_keys(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT)
    number = await portal.report(user, "Bordtest met toetsen")
    other = await agent.context.new_page()
    for page in (other, agent):
        await page.goto(f"{BOARD}&meer=new")
    await agent.keyboard.press("j")
    await agent.keyboard.press("m")
    await expect(agent.locator(".portal-card__move[open] select")).to_be_focused()
    later = await portal.report(user, "Bordtest die erbij komt")
    await expect(card(other, later)).to_be_visible()
    await expect(card(agent, later)).to_have_count(0)
    await agent.locator(".portal-card__move[open] summary").click()
    await expect(card(agent, later)).to_contain_text("Bordtest die erbij komt")
    await expect(card(agent, number)).to_contain_text("Bordtest met toetsen")
    await card(agent, number).locator("a").first.focus()
    await agent.keyboard.press("l")
    focused = agent.locator("section[data-column]:has(:focus)")
    await expect(focused).not_to_have_attribute("data-column", "new")


async def test_a_step_that_cannot_be_made_is_refused_with_why(portal: Any) -> None:
    user, agent = await portal.as_person(USER), await portal.as_person(AGENT)
    number = await portal.report(user, "Bordtest die ingetrokken wordt")
    await agent.goto(f"{BOARD}&meer=new")
    await agent.locator(f"#step-{number}").evaluate("one => one.closest('details').open = true")
    await user.get_by_text("Intrekken").first.click()
    await user.get_by_label("Reden").fill("Toch niet.")
    await user.get_by_role("button", name="Intrekken").click()
    await expect(user.get_by_role("status").first).to_contain_text("ingetrokken")
    await card(agent, number).get_by_label("Team (bij toewijzen)").fill("Bordteam")
    await card(agent, number).get_by_role("button", name="Verplaatsen").click()
    await expect(agent.get_by_role("alert")).to_contain_text(f"{number} is niet verplaatst")
    await expect(agent.get_by_role("alert")).to_contain_text("intussen gewijzigd")
