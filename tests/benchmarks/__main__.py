"""`make bench`: run the benchmarks (or those named) and write docs/performance.md.

With names given, the page is printed instead of written.
"""

import asyncio
import sys
from importlib import import_module
from pathlib import Path

import uvloop
from figures import Section, page

BENCHMARKS = ("relay", "rebuild", "door", "system", "growth", "ons")
PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


async def measure(names: list[str]) -> list[Section]:
    sections = []
    for name in names:
        sys.stderr.write(f"{name} …\n")
        sections.append(await import_module(name).measure())
    return sections


def main() -> None:
    named = sys.argv[1:]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        text = page(runner.run(measure(named or list(BENCHMARKS))))
    if named:
        print(text)  # noqa: T201  a command's answer
    else:
        PAGE.write_text(text)


main()
