"""The system that is asked: the one that runs, or one of our own for as long as it takes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bodemplaat.cases.loader import FOLDER, load_about, load_people
from bodemplaat.environment import Door
from bodemplaat.installation import Installation, NotRunning
from bodemplaat.operator import OPERATOR, operator_client
from bodemplaat.running import play_once, stop_at_signals, tell
from bodemplaat.system import running_system
from chassis.client import Client
from contracts.topology import publishers

_PLAYED = "case"
_POLL_SECONDS = 0.2


class ReportRefused(Exception):
    """The message tells why, in the language that was asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A system to ask; `theme` is the house style of its service centre."""

    client: Client
    theme: str | None


@asynccontextmanager
async def asked(case: str | None, console: Console) -> AsyncIterator[Asked]:
    """The system that runs, where it holds the case; else one of our own with the case in it.

    Raises `NotRunning` when no case is named, or servers of somebody else's, and what starting
    and playing raise.
    """
    installation = Installation()
    try:
        async with operator_client(installation) as client:
            played = installation.state.get(_PLAYED)
            if case in (None, played):
                yield Asked(client, _theme(played))
                return
    except NotRunning:
        if case is None:
            raise
    if installation.external():
        raise NotRunning
    async with _own(case or "", console) as own:
        yield own


@asynccontextmanager
async def _own(case: str, console: Console) -> AsyncIterator[Asked]:
    """In a folder that is gone afterwards, also when we are told to stop."""
    load_people(case)
    stop_at_signals()
    with TemporaryDirectory(prefix="bodemplaat-report-") as folder:
        installation = Installation(Path(folder))
        port = installation.state.port("gateway")
        door = Door(port, FOLDER / case, load_about(case).theme)
        console.print(f"A system with case {case} is started for this …", highlight=False)
        try:
            async with running_system(installation, door, tell) as system:
                await play_once(system, case, console)
                async with operator_client(installation) as client:
                    await caught_up(client)
                    yield Asked(client, _theme(case))
        finally:
            installation.postgres().forget()


async def caught_up(client: Client) -> None:
    """Until the read models hold all that was committed."""
    while not await _holds_all(client):  # noqa: ASYNC110  another process sets no Event
        await asyncio.sleep(_POLL_SECONDS)


async def _holds_all(client: Client) -> bool:
    """Whether all that was committed is on the stream, and all of that in the read models."""
    for service in publishers():
        if (await client.administer(service.name, "backlog", {}, OPERATOR))["unpublished"]:
            return False
    status = await client.query("projection", "status", {}, OPERATOR)
    return bool(status["lag"] == 0)


def _theme(case: str | None) -> str | None:
    return load_about(case).theme if case else None
