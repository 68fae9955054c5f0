"""A document in the form that was asked: the gateway's renderers, as a process of their own."""

import asyncio
import os
import sys
from pathlib import Path

from bodemplaat.reporting.question import WRITTEN, Form
from contracts.reports import Report, as_read

THEME = "BODEMPLAAT_CENTRE_THEME"


class RenderingFailed(Exception):
    """The document could not be given this form; the message is the renderer's own."""


async def rendered(report: Report, form: Form, language: str, theme: str | None) -> bytes:
    """Raises `RenderingFailed`."""
    if form == "json":
        return as_read(report)
    house = {THEME: theme} if theme and THEME not in os.environ else {}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.gateway.reports",
        f"--format={form}",
        f"--language={language}",
        env={**os.environ, **house},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        file, told = await process.communicate(as_read(report))
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode != 0:
        last = told.decode(errors="replace").strip().rpartition("\n")[2]
        raise RenderingFailed(f"the report could not be made as {form}: {last}")
    return file


def place(report: Report, form: Form, output: Path | None) -> Path | None:
    """The file to write: the one that is named, or one beside us; `None` is standard output."""
    if output is not None or form in WRITTEN:
        return output
    parts = (report.name, report.partner, report.period.replace("..", "_"))
    return Path("-".join(part for part in parts if part)).with_suffix(f".{form}")
