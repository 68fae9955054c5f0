"""`make bench`: run the benchmarks and write docs/performance.md, a section as each is done.

With names given, only those run, and the page is printed instead of written.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path

import uvloop
from figures import Section, page

BENCHMARKS = ("system", "door", "relay", "rebuild", "growth", "dashboards", "ons")
PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


async def measured(names: list[str]) -> AsyncIterator[list[Section]]:
    """The sections so far, each time that one is done."""
    sections: list[Section] = []
    for name in names:
        sys.stderr.write(f"{name} …\n")
        found = await import_module(name).measure()
        sections += found if isinstance(found, list) else [found]
        yield sections


async def run(named: list[str]) -> None:
    text = ""
    async for sections in measured(named or list(BENCHMARKS)):
        text = page(sections)
        if not named:
            PAGE.write_text(text)
    if named:
        print(text)  # noqa: T201  a command's answer


def main() -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(sys.argv[1:]))


main()
