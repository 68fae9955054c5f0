"""`make docs-images`: the pictures in `docs/images/`, of real systems with cases in them.

`--all FOLDER` takes every kind of page instead, wide and narrow, to look at; `--case NAME` only
those of one case.
"""

import argparse
import asyncio
import socket
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright
from rich.console import Console

from bodemplaat.cases.loader import FOLDER, load_about
from bodemplaat.environment import Door
from bodemplaat.installation import Installation
from bodemplaat.operator import operator_client
from bodemplaat.reporting.systems import caught_up
from bodemplaat.running import play_once
from bodemplaat.system import running_system
from tests.portal.indexed import indexed

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
IMAGES = Path("docs/images")
WIDTHS = (1200, 390)
"""Those of a wide screen and of a phone. Pages are taken whole."""
HEIGHT = 900
PageOf = tuple[str, str, str]
"""Who looks, where, and the name of the picture."""
PICTURES: Mapping[str, tuple[PageOf, ...]] = {
    "de-liemers": (
        ("contractmanager-zevenaar", "/dashboard/zevenaar", "dashboard"),
        ("controller", "/rapporten", "page-reports"),
        ("contractmanager-zevenaar", "/rapporten/dashboard", "page-dashboard"),
        (
            "contractmanager-zevenaar",
            "/rapporten/dashboard/bron?bron=tickets&waar=measure:overdue",
            "page-sources",
        ),
        ("contractmanager-zevenaar", "/rapporten/service-level", "page-service-level"),
        ("servicedeskmedewerker", "/rapporten/day-board", "page-day-board"),
        ("eigenaar-zevenaar", "/rapporten/benchmark?periode=2023", "page-benchmark"),
        ("controller", "/rapporten/bewaard", "page-kept"),
    ),
    "ons": (
        ("opdrachtgever-zwolle", "/rapporten/partner-quarter?periode=2022-Q4", "page-quarter"),
        ("eigenaar-zwolle", "/rapporten/board?periode=2022-Q4", "page-board"),
        ("eigenaar-zwolle", "/rapporten/annual?periode=2022", "page-annual"),
    ),
    "blnp": (("eigenaar-leusden", "/rapporten/business-case?periode=2021", "page-business-case"),),
}
EVERY: Mapping[str, tuple[PageOf, ...]] = {
    "de-liemers": (
        *PICTURES["de-liemers"],
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
    ),
}


async def pictures(browser: Browser, url: str, wanted: Iterable[PageOf], to: Path) -> None:
    """Each page wide and narrow."""
    workshop = await browser.new_page()
    for person, path, name in wanted:
        context = await browser.new_context(base_url=url, locale="nl-NL")
        page = await context.new_page()
        await page.goto("/")
        await page.locator(f"button[value='{person}']").click()
        await page.goto(path)
        for width in WIDTHS:
            suffix = "" if width == WIDTHS[0] else "-phone"
            to.joinpath(f"{name}{suffix}.png").write_bytes(await _taken(page, width, workshop))
        await context.close()


async def _taken(page: Page, width: int, workshop: Page) -> bytes:
    await page.set_viewport_size({"width": width, "height": HEIGHT})
    await page.wait_for_timeout(500)
    return await indexed(workshop, await page.screenshot(full_page=True))


async def take(case: str, wanted: Iterable[PageOf], to: Path) -> None:
    """Of a fresh system with the case in it."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        listening.close()
        installation = Installation(Path(folder) / "run")
        door = Door(port, FOLDER / case, load_about(case).theme)
        async with running_system(installation, door) as system:
            await play_once(system, case, Console(stderr=True))
            async with operator_client(installation) as client:
                await caught_up(client)
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                await pictures(browser, system.door.url, wanted, to)
                await browser.close()
        installation.forget()


async def take_all(wanted: Mapping[str, Iterable[PageOf]], to: Path, case: str | None) -> None:
    for name, pages in wanted.items():
        if case in (None, name):
            await take(name, pages, to)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every kind of page, to look at")
    parser.add_argument("--case", choices=PICTURES, help="only the pictures of this case")
    given = parser.parse_args()
    wanted = EVERY if given.all else PICTURES
    to = given.all or IMAGES
    to.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all(wanted, to, given.case))


if __name__ == "__main__":
    main()
