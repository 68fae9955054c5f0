"""`make docs-images`: the pictures in `docs/images/`, of a real system with De Liemers in it.

`--all FOLDER` takes every kind of page instead, wide and narrow, to look at.
"""

import argparse
import asyncio
import socket
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from rich.console import Console

from bodemplaat.cases.loader import FOLDER
from bodemplaat.environment import Door
from bodemplaat.installation import Installation
from bodemplaat.running import play_once
from bodemplaat.system import running_system

CASE = "de-liemers"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
IMAGES = Path("docs/images")
WIDTHS = (1280, 390)
HEIGHT = 1550
"""As far down as the chart of a dashboard reaches; to look at, pages are taken whole."""
DASHBOARD = ("contractmanager-zevenaar", "/dashboard/zevenaar", "dashboard")
EVERY = (
    DASHBOARD,
    ("gebruiker-zevenaar", "/", "start"),
    ("gebruiker-zevenaar", "/melden", "melden"),
    ("gebruiker-zevenaar", "/meldingen?toon=all", "meldingen"),
    ("gebruiker-1stroom", "/catalogus", "catalogus"),
    ("gebruiker-1stroom", "/catalogus/ICT-WP-01", "product"),
    ("servicedeskmedewerker", "/", "start-servicedesk"),
    ("servicedeskmedewerker", "/werkvoorraad", "werkvoorraad"),
    ("servicedeskmedewerker", "/werkvoorraad/bord", "bord"),
    ("servicedeskmedewerker", "/werkvoorraad/zoeken?zoek=0001", "zoeken"),
    ("servicedeskmedewerker", "/deelnemers", "deelnemers"),
    ("servicedeskmedewerker", "/bestaat-niet", "niet-gevonden"),
)


async def picture(
    browser: Browser, url: str, page_of: tuple[str, str, str], to: Path, widths: tuple[int, ...]
) -> None:
    """One page of one person, in these widths; the wide one without its width in the name."""
    person, path, name = page_of
    context = await browser.new_context(base_url=url, locale="nl-NL")
    page = await context.new_page()
    await page.goto("/")
    await page.locator(f"button[value='{person}']").click()
    await page.goto(path)
    await page.wait_for_timeout(500)
    for width in widths:
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        suffix = "" if width == widths[0] else f"-{width}"
        await page.screenshot(path=to / f"{name}{suffix}.png", full_page=len(widths) > 1)
    await context.close()


async def take(wanted: tuple[tuple[str, str, str], ...], to: Path, widths: tuple[int, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        listening.close()
        installation = Installation(Path(folder) / "run")
        async with running_system(installation, Door(port=port, case=FOLDER / CASE)) as system:
            await play_once(system, CASE, Console(stderr=True))
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                for page_of in wanted:
                    await picture(browser, system.door.url, page_of, to, widths)
                await browser.close()
        installation.forget()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every kind of page, to look at")
    folder = parser.parse_args().all
    to = folder or IMAGES
    to.mkdir(parents=True, exist_ok=True)
    wanted, widths = (EVERY, WIDTHS) if folder else ((DASHBOARD,), WIDTHS[:1])
    asyncio.run(take(wanted, to, widths))


if __name__ == "__main__":
    main()
