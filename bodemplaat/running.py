"""`bodemplaat run`: the whole system with a case in it, until it is told to stop."""

import asyncio
import signal
from time import monotonic

from rich.console import Console

from bodemplaat.cases.loader import FOLDER, load_about, load_people
from bodemplaat.cases.player import play
from bodemplaat.environment import Door
from bodemplaat.installation import Installation
from bodemplaat.operator import operator_client
from bodemplaat.people import pseudonyms, show_people
from bodemplaat.system import System, running_system
from chassis.ports import is_free

DEFAULT_PORT = 8080
_PLAYED = "case"


class OtherCase(Exception):
    """The installation holds another case; its data must be removed first."""


class PortTaken(Exception):
    """Somebody else listens on the port that was asked for."""


async def run(installation: Installation, case: str, port: int | None, console: Console) -> None:
    """Run until SIGINT or SIGTERM.

    Raises `CaseUnknown`, `CaseInvalid`, `OtherCase`, `PortTaken`, `AlreadyRunning`, and what
    starting raises (`EngineFailedError`, `Drift`).
    """
    load_people(case)
    _require_case(installation, case)
    stop_at_signals()
    began = monotonic()
    console.print(f"Bodemplaat starts on {installation.folder} …", highlight=False)
    try:
        async with running_system(installation, _door(installation, case, port), tell) as system:
            console.print(f"Ready in {monotonic() - began:.1f} s", highlight=False)
            await play_once(system, case, console)
            _welcome(system, case, console)
            await asyncio.Event().wait()
    except asyncio.CancelledError:
        console.print("Stopped; the data is kept.", highlight=False)


async def play_once(system: System, case: str, console: Console) -> None:
    """Play the case in, unless it has been."""
    state = system.installation.state
    if state.get(_PLAYED) == case:
        return
    async with operator_client(system.installation) as client:
        known = pseudonyms(system.installation, system.door, case)
        await play(case, client, console=console, pseudonyms=known)
    state.keep(_PLAYED, case)


def tell(message: str) -> None:
    """What the supervisor says, on standard error."""
    Console(stderr=True).print(message, style="yellow", highlight=False)


def stop_at_signals() -> None:
    """The first SIGINT or SIGTERM cancels this task, to end in good order; others are not heard."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()

    def stop() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, lambda: None)
        if task:
            task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


def _require_case(installation: Installation, case: str) -> None:
    played = installation.state.get(_PLAYED)
    if played not in (None, case):
        raise OtherCase(f"{installation.folder} holds case {played}: `make clean` removes it")


def _door(installation: Installation, case: str, port: int | None) -> Door:
    if port is not None and not is_free(port):
        raise PortTaken(f"port {port} is taken")
    found = port or installation.state.port("gateway", DEFAULT_PORT)
    return Door(port=found, case=FOLDER / case, theme=load_about(case).theme)


def _welcome(system: System, case: str, console: Console) -> None:
    console.print()
    console.print(f"Open [bold]{system.door.url}[/bold]", highlight=False)
    console.print()
    show_people(case, console)
    console.print()
    console.print(f"Logs are in {system.installation.logs}; Ctrl-C stops.", highlight=False)
