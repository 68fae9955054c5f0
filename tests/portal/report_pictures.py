"""The pages of every report's PDF in `docs/images/`, of real systems with a case in them.

Part of `make docs-images`; `--documents FOLDER` also keeps what they were made of.
"""

import argparse
import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from bodemplaat.cases.loader import load_about
from bodemplaat.reporting.asking import document
from bodemplaat.reporting.question import AsOf, Question
from bodemplaat.reporting.systems import asked
from contracts.reports import Report, ReportName, canonical
from services.gateway.house import Houses
from services.gateway.language import Texts
from services.gateway.reports.pdf import images

IMAGES = Path("docs/images")
AT_MOST = 6
"""Pages of one report; a list of tickets goes on in the same way."""
Wanted = tuple[ReportName, str | None, str | None]
WANTED: Mapping[str, tuple[Wanted, ...]] = {
    "blnp": (("business-case", None, "2021"),),
    "de-liemers": (("dashboard", "zevenaar", None), ("benchmark", None, "2022")),
    "ons": (
        ("annual", None, "2022"),
        ("board", None, "2022-Q4"),
        ("day-board", None, "2022-12"),
        ("service-level", "zwolle", "2022-12"),
        ("partner-quarter", "zwolle", "2022-Q4"),
    ),
}
"""Of each case the report, whose, and over what."""


async def take(case: str, to: Path, documents: Path | None) -> None:
    console, texts = Console(stderr=True), Texts.load()
    houses = Houses.load(centre=load_about(case).theme)
    async with asked(case, console) as system:
        for name, partner, period in WANTED[case]:
            question = Question(name, partner, period, AsOf())
            report = await document(system.client, question, console)
            await picture(report, texts, houses, to)
            if documents is not None:
                (documents / f"{case}-{report.name}.json").write_bytes(canonical(report))


async def picture(report: Report, texts: Texts, houses: Houses, to: Path) -> None:
    """In the place of those that are there."""
    pages = await images(report, texts, "nl", houses)
    _replace(to, f"report-{report.name}", pages[:AT_MOST])


def _replace(folder: Path, name: str, pages: Sequence[bytes]) -> None:
    for old in folder.glob(f"{name}-?.png"):
        old.unlink()
    for number, page in enumerate(pages, start=1):
        (folder / f"{name}-{number}.png").write_bytes(page)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", default=list(WANTED), metavar="CASE")
    parser.add_argument("--documents", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    for case in given.cases:
        asyncio.run(take(case, IMAGES, given.documents))


if __name__ == "__main__":
    main()
