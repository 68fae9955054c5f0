"""`python -m services.gateway.reports --format pdf --language nl < report.json > report.pdf`

A document on standard input, the file on standard output; with `--images` a folder, the pages of
the PDF as images in it.
"""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from contracts.reports import Report
from services.gateway.house import Houses
from services.gateway.language import DEFAULT, LANGUAGES, Language, Texts
from services.gateway.reports.forms import Form, written
from services.gateway.reports.pdf import images
from services.gateway.settings import HouseSettings

REFUSED = 2


async def main() -> None:
    """Ends with 2 for what is no document."""
    asked = _asked()
    report = _given()
    texts, houses = Texts.load(), HouseSettings().houses()
    if asked.images:
        await _pictures(report, texts, asked.language, houses, asked.images)
    else:
        sys.stdout.buffer.write(await written(report, asked.format, texts, asked.language, houses))


async def _pictures(
    report: Report, texts: Texts, language: Language, houses: Houses, folder: Path
) -> None:
    for number, picture in enumerate(await images(report, texts, language, houses), start=1):
        (folder / f"report-{report.name}-{number}.png").write_bytes(picture)


def _given() -> Report:
    try:
        return Report.model_validate_json(sys.stdin.buffer.read())
    except ValidationError as error:
        sys.stderr.write(f"standard input holds no report: {error}\n")
        raise SystemExit(REFUSED) from None


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m services.gateway.reports", description=__doc__)
    parser.add_argument("--format", choices=get_args(Form), default="pdf")
    parser.add_argument("--language", choices=LANGUAGES, default=DEFAULT)
    parser.add_argument("--images", type=Path, metavar="FOLDER", help="pages of the PDF as images")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
