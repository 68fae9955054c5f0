"""`bodemplaat case …`: real cooperations, as data."""

from pathlib import Path

import typer
from rich.console import Console

from bodemplaat import running
from bodemplaat.cases.comparing import compare
from bodemplaat.cases.loader import load
from bodemplaat.cases.player import play
from bodemplaat.cases.showing import (
    comparison_in_markdown,
    show_case,
    show_cases,
    show_comparison,
)
from bodemplaat.doing import do
from bodemplaat.environment import Door
from bodemplaat.installation import Installation
from bodemplaat.operator import operator_client
from bodemplaat.people import pseudonyms

app = typer.Typer(no_args_is_help=True, help="Real cooperations, as data.")


@app.command("play")
def play_case(name: str) -> None:
    """Play a cooperation in through the same commands that people use."""
    do(_play(Installation(), name))


@app.command("show")
def show(name: str) -> None:
    """Tell what a case holds, and what of it was published and what was chosen."""

    async def tell() -> None:
        show_case(name, Console())

    do(tell())


@app.command("list")
def list_cases() -> None:
    """Tell which cases there are."""

    async def tell() -> None:
        show_cases(Console())

    do(tell())


@app.command("compare")
def compare_case(name: str, *, markdown: bool = False) -> None:
    """Hold what the cooperation published against the reports of the running system.

    Ends with 1 when a figure differs.
    """
    if not do(_compare(Installation(), name, markdown=markdown)):
        raise typer.Exit(1)


async def _compare(installation: Installation, name: str, *, markdown: bool) -> bool:
    case = load(name)
    async with operator_client(installation) as client:
        compared = await compare(case.published, client)
    if markdown:
        typer.echo(comparison_in_markdown(case, compared))
    else:
        show_comparison(compared, Console())
    return all(each.equal for each in compared)


async def _play(installation: Installation, name: str) -> None:
    port = installation.state.get("gateway") or str(running.DEFAULT_PORT)
    known = pseudonyms(installation, Door(int(port), Path(name)), name)
    async with operator_client(installation) as client:
        await play(name, client, console=Console(), pseudonyms=known)
