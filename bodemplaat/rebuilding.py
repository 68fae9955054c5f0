"""`bodemplaat rebuild`: the projection's read models, made again from the first event."""

import asyncio
import sys
from typing import Any

import orjson
from rich.console import Console
from rich.progress import Progress

from bodemplaat.environment import service_environment
from bodemplaat.installation import Installation
from chassis.databases import database_urls

SERVICE = "projection"


class RebuildFailed(Exception):
    """The rebuild ended without a result; the read models are as they were."""


async def rebuild(installation: Installation, console: Console) -> dict[str, Any]:
    """Rebuild as a process of its own, beside the running projection; returns what it made.

    Raises `NotRunning`, `RebuildFailed`.
    """
    addresses = installation.addresses()
    urls = database_urls(addresses.database_url, installation.credentials, SERVICE, name=SERVICE)
    environment = service_environment(
        installation, SERVICE, addresses, health_port=0, database=urls
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"services.{SERVICE}",
        "rebuild",
        env=environment | {"BODEMPLAAT_OWNER_DATABASE_URL": urls.owner},
        stdout=asyncio.subprocess.PIPE,
    )
    result = await _follow(process, console)
    if await process.wait() != 0 or result is None:
        raise RebuildFailed("the rebuild failed; the read models are as they were")
    return result


async def _follow(process: asyncio.subprocess.Process, console: Console) -> dict[str, Any] | None:
    """Show how far it is; returns its last line, which is what it made."""
    result: dict[str, Any] | None = None
    if process.stdout is None:
        return None
    with Progress(console=console) as progress:
        events = progress.add_task("Events", total=None)
        async for line in process.stdout:
            told: dict[str, Any] = orjson.loads(line)
            if "last" in told:
                progress.update(events, completed=told["sequence"], total=told["last"])
            else:
                result = told
    return result
