"""`bodemplaat privacy …`: who was erased, and who processed whose personal data."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bodemplaat.doing import do
from bodemplaat.installation import Installation
from bodemplaat.privacy import ledger, processing

app = typer.Typer(no_args_is_help=True, help="People's personal data.")


@app.command()
def erasures(folder: Path) -> None:
    """Write down beside the backups in this folder who was erased, for when one is restored."""
    named = do(ledger.write(Installation(), folder))
    Console().print(f"People named in {folder / ledger.NAME}: {named}", highlight=False)


@app.command("processing-log")
def processing_log(
    subject: Annotated[str | None, typer.Option(help="Pseudonym of a person.")] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", help="From this moment, in UTC.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", help="Until this moment, in UTC.")
    ] = None,
    page: Annotated[int, typer.Option(min=1, help="Which page, of 100 lines.")] = 1,
) -> None:
    """Print who processed whose personal data as JSON Lines, the newest first."""
    reply = do(processing.ask(Installation(), subject, since, until, page))
    processing.show(reply, Console(stderr=True))
