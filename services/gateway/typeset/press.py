"""The press: typst on threads of its own, so that a document holds up no other request."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import typst

from services.gateway.language import Language
from services.gateway.typeset.letters import fonts, shown

TEMPLATES = Path(__file__).parent / "templates"
AT_ONCE = 2
"""Documents that are set at the same time; others wait their turn."""
PICTURE_PPI = 144


async def typeset(
    template: str,
    data: Mapping[str, Any],
    language: Language,
    dated: date,
    house: Mapping[str, str],
) -> bytes:
    """The PDF of `templates/<template>.typ`, tagged, in the `house` style: `Houses.colours`.

    `data` is JSON with at least `title` and `author`. `dated` is the document's own date, so that
    the same document is the same bytes whenever it is made. Nothing is fetched from elsewhere.
    Raises `typst.TypstError` for a template that cannot be set.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_press(), _set, template, _told(data, language, house), dated)


async def pictured(
    template: str, data: Mapping[str, Any], language: Language, *, house: Mapping[str, str]
) -> list[bytes]:
    """The pages of the same document as PNG images, to look at."""
    press: Any = typst.compile
    made = await asyncio.to_thread(
        press,
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        format="png",
        ppi=PICTURE_PPI,
        font_paths=_fonts(),
        sys_inputs={"told": _told(data, language, house)},
    )
    return made if isinstance(made, list) else [made]


def _told(data: Mapping[str, Any], language: Language, house: Mapping[str, str]) -> str:
    return orjson.dumps({**shown(dict(data)), "language": language, "house": house}).decode()


def _set(template: str, told: str, dated: date) -> bytes:
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"told": told},
        pdf_standards="ua-1",
        timestamp=datetime.combine(dated, time(12), UTC),
    )


@cache
def _press() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="press")


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts only: a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(fonts())])
