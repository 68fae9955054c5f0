"""`bodemplaat import …`: histories and books from other systems."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bodemplaat.doing import do
from bodemplaat.imports.finance import import_file
from bodemplaat.imports.importer import import_tickets
from bodemplaat.installation import Installation
from bodemplaat.operator import operator_client
from contracts.finance.files import FILES, FileKind

app = typer.Typer(no_args_is_help=True, help="Histories and books from other systems.")
Rejects = Annotated[Path | None, typer.Option(help="File for what was not used.")]

PSEUDONYM_SECRET = "BODEMPLAAT_PSEUDONYM_SECRET"  # noqa: S105  the variable's name
"""What pseudonyms are made with where the installation's folder does not keep it."""


@app.command("tickets")
def tickets(
    file: Path,
    mapping: Annotated[str, typer.Option(help="A ready mapping's name, or a file.")],
    partner: Annotated[str | None, typer.Option(help="Whose tickets they are.")] = None,
    rejects: Rejects = None,
) -> None:
    """Play a ticket log through the same decisions, with its own dates; twice changes nothing."""
    do(_import(Installation(), file, mapping, partner, rejects))


def _taking(kind: FileKind) -> None:
    """One command for each kind of file that finance takes."""

    @app.command(kind, help=f"Take in {kind} from CSV or XLSX, row by row; twice changes nothing.")
    def take(file: Path, rejects: Rejects = None) -> None:
        do(_take(Installation(), kind, file, rejects))


for _kind in FILES:
    _taking(_kind)


async def _take(
    installation: Installation, kind: FileKind, file: Path, rejects: Path | None
) -> None:
    async with operator_client(installation) as client:
        await import_file(kind, file, client, rejects=rejects, console=Console())


async def _import(
    installation: Installation,
    file: Path,
    mapping: str,
    partner: str | None,
    rejects: Path | None,
) -> None:
    secret = os.environ.get(PSEUDONYM_SECRET) or installation.state.secret("pseudonyms")
    async with operator_client(installation) as client:
        await import_tickets(
            file,
            mapping,
            client,
            secret=secret,
            partner=partner,
            rejects=rejects,
            console=Console(),
        )
