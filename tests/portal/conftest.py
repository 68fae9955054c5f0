"""A whole system with a case in it, and browsers in which people of that case are logged in."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from rich.console import Console

from bodemplaat.cases.loader import FOLDER
from bodemplaat.environment import Door
from bodemplaat.installation import Installation
from bodemplaat.running import play_once
from bodemplaat.system import running_system
from chassis.ports import free_port

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
CASE = "de-liemers"
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NUMBER = re.compile(r"[A-Z]{3}-\d{4}-\d{6}")
EXPECTED = re.compile(r"status of 4\d\d|^htmx:(afterRequest|sendAbort|sendError)\b")
WIDE = {"width": 1280, "height": 900}
PATIENCE_MILLISECONDS = 15_000
"""How long a page may take to show something: the whole system and a browser share the machine."""


@dataclass
class Portal:
    """The address of a running portal, and a browser that opens it."""

    url: str
    browser: Browser
    stack: AsyncExitStack
    complaints: list[str] = field(default_factory=list)
    foreseen: str | None = None
    """What the pages of this one test may say besides."""

    async def anonymous(self, *, scripts: bool = True) -> BrowserContext:
        """A browser that nobody has used; what its pages complain of is kept."""
        context = await self.browser.new_context(
            base_url=self.url, viewport=WIDE, locale="nl-NL", java_script_enabled=scripts
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        context.on("console", lambda message: self._hear(message.type, message.text))
        context.on("weberror", lambda error: self._hear("error", str(error.error)))
        self.stack.push_async_callback(context.close)
        return context

    async def as_person(self, person: str, *, scripts: bool = True) -> Page:
        """The first page of somebody who has just logged in."""
        context = await self.anonymous(scripts=scripts)
        page = await context.new_page()
        await page.goto("/")
        await page.locator(f"button[value='{person}']").click()
        await page.wait_for_url(f"{self.url}/")
        return page

    @staticmethod
    async def report(page: Page, subject: str, *, item: str = "") -> str:
        """Report an incident on an item, or outside the catalogue; the number of the ticket."""
        await page.goto("/melden")
        if item:
            await page.get_by_label("Zoek in de catalogus").fill(item)
        await page.get_by_label(item or "Staat er niet bij").first.check()
        await page.get_by_label("Onderwerp").fill(subject)
        await page.get_by_label("Omschrijving").fill("Sinds vanochtend.")
        await page.get_by_label("Alleen ik").check()
        await page.get_by_label("Ja, maar met hinder").check()
        await page.get_by_role("button", name="Melding versturen").last.click()
        await page.wait_for_url(re.compile(r"/meldingen/[A-Z]{3}-"))
        return NUMBER.findall(page.url)[0]

    @staticmethod
    async def violations(page: Page) -> list[str]:
        """What axe finds on the page as it stands: rule and the first elements."""
        await page.evaluate(AXE.read_text(encoding="utf-8"))
        found = await page.evaluate("() => axe.run().then(result => result.violations)")
        return [f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}" for one in found]

    def _hear(self, kind: str, text: str) -> None:
        """No fault: a status that was asked for, and a request cut off by leaving its page."""
        if kind == "error" and text != self.foreseen and not EXPECTED.search(text):
            self.complaints.append(text)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium")
    return CHROMIUM


@pytest_asyncio.fixture(scope="session")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(
            executable_path=chromium, args=list(CHROMIUM_ARGUMENTS)
        )


@pytest_asyncio.fixture(scope="session")
async def portal_url(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    """The whole system with De Liemers in it, as `make run` starts it."""
    installation = Installation(tmp_path_factory.mktemp("portal") / "run")
    door = Door(port=free_port(), case=FOLDER / CASE)
    async with running_system(installation, door) as system:
        await play_once(system, CASE, Console(quiet=True))
        yield door.url
    installation.forget()


@pytest_asyncio.fixture
async def portal(portal_url: str, browser: Browser) -> AsyncIterator[Portal]:
    """The portal; afterwards no page may have complained in its console."""
    async with AsyncExitStack() as stack:
        portal = Portal(portal_url, browser, stack)
        yield portal
    assert portal.complaints == []
