"""`bodemplaat`: runs the system on this machine, and whatever else its operator does."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bodemplaat import provision as provisioning
from bodemplaat import rebuilding, running, status
from bodemplaat.cases import commands as case_commands
from bodemplaat.doing import do, fail
from bodemplaat.imports import commands as importing
from bodemplaat.installation import Installation
from bodemplaat.operations import backup as backing_up
from bodemplaat.operations import parked, reconciling
from bodemplaat.operations import restore as restoring
from bodemplaat.operations.doctor import examination
from bodemplaat.people import show_people
from bodemplaat.privacy import commands as privacy
from bodemplaat.reporting import commands as reporting
from chassis import log as logs
from chassis.credentials import accounts_config

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__
)
app.add_typer(case_commands.app, name="case")
parked_app = typer.Typer(no_args_is_help=True, help="Events that could not be handled.")
app.add_typer(importing.app, name="import")
app.add_typer(parked_app, name="parked")
app.add_typer(privacy.app, name="privacy")
app.add_typer(reporting.app, name="report")

Case = Annotated[str, typer.Option(envvar="CASE", help="The cooperation, from cases/.")]
DEFAULT_CASE = "de-liemers"


@app.command()
def run(
    case: Case = DEFAULT_CASE,
    port: Annotated[
        int | None, typer.Option(envvar="PORT", help="Of the portal and the API; 8080 if free.")
    ] = None,
) -> None:
    """Start everything, play the case in, and run until Ctrl-C. The data is kept."""
    do(running.run(Installation(), case, port, Console()))


@app.command()
def clean() -> None:
    """Remove all data, secrets and logs of a system that is stopped."""

    async def remove() -> None:
        Installation().forget()

    do(remove())


@app.command()
def provision(
    replicas: Annotated[int, typer.Option(min=1, max=5, help="Of the streams.")] = 1,
) -> None:
    """Make streams, consumers, databases and roles on the servers that the environment names."""
    do(_provision(Installation(), replicas))
    Console().print("Everything is as it must be.")


@app.command()
def accounts() -> None:
    """Print the accounts and permissions for nats-server's configuration; makes missing keys."""
    sys.stdout.write(accounts_config(Installation().credentials))


@app.command()
def people(case: Case = DEFAULT_CASE) -> None:
    """Print who can log in when the system runs locally."""

    async def show() -> None:
        show_people(case, Console())

    do(show())


@app.command()
def rebuild() -> None:
    """Make the read models again from the first event, beside the ones that are read."""
    made = do(rebuilding.rebuild(Installation(), Console()))
    Console().print(
        f"{made['events']} events in {made['seconds']} s: {made['generation']}", highlight=False
    )
    if made["equal"] is False:
        Console(stderr=True).print("The old read models held something else.", style="red")
        raise typer.Exit(2)


@app.command("status")
def show_status() -> None:
    """Tell whether every part gets on; exit 1 when one does not."""
    if not do(status.show_status(Installation(), Console())):
        raise typer.Exit(1)


@app.command()
def doctor(
    replicas: Annotated[int, typer.Option(min=1, max=5, help="Of the streams.")] = 1,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Tell what is wrong and what to do about it; exit 1 when something is."""
    findings = do(examination.examine(Installation(), replicas=replicas))
    show = examination.show_json if as_json else examination.show
    show(findings, Console())
    if findings:
        raise typer.Exit(1)


@app.command()
def reconcile(
    services: Annotated[list[str] | None, typer.Argument(help="Which; all by default.")] = None,
) -> None:
    """Compare event logs with the stream, publish again what it lost; exit 1 on unknown events."""
    reports = do(reconciling.reconcile(Installation(), services or ()))
    if not reconciling.show(reports, Console()):
        fail("The stream holds events that no event log knows: somebody else wrote them.")


@app.command()
def backup(folder: Path) -> None:
    """Back everything up at one consistent point, into a folder; the system may run or not."""
    made = do(backing_up.backup(Installation(), folder, Console()))
    Console().print(f"Backed up as of {made.taken_at:%Y-%m-%d %H:%M:%S %Z}.", highlight=False)


@app.command()
def restore(folder: Path) -> None:
    """Bring a backup back into an empty installation; start the system afterwards."""
    made = do(restoring.restore(Installation(), folder, Console()))
    Console().print(f"Everything is as of {made.taken_at:%Y-%m-%d %H:%M:%S %Z}.", highlight=False)


@parked_app.command("list")
def list_parked() -> None:
    """List every parked aggregate with its first error."""
    parked.show_overview(do(parked.overview(Installation())), Console())


@parked_app.command("show")
def show_parked(consumer: parked.Consumer, aggregate: parked.Aggregate) -> None:
    """Print the events of one parked aggregate."""
    found = do(parked.ask(Installation(), "parked-events", consumer, aggregate))
    parked.show_events(found["events"], Console())


@parked_app.command("retry")
def retry_parked(consumer: parked.Consumer, aggregate: parked.Aggregate) -> None:
    """Handle the events of one parked aggregate again, in order."""
    done = do(parked.ask(Installation(), "retry-parked", consumer, aggregate))
    Console().print(f"Events that went through: {done['handled']}", highlight=False)


@parked_app.command("release")
def release_parked(
    consumer: parked.Consumer, aggregate: parked.Aggregate, reason: parked.Reason
) -> None:
    """Pass over the first parked event of one aggregate for good."""
    asked = parked.ask(Installation(), "release-parked", consumer, aggregate, reason=reason)
    Console().print(f"Passed over; still parked: {do(asked)['left']}", highlight=False)


async def _provision(installation: Installation, replicas: int) -> None:
    await provisioning.provision_all(
        installation.addresses(), installation.credentials, replicas=replicas
    )


def main() -> None:
    logs.setup("operator", os.environ.get("BODEMPLAAT_LOG_LEVEL", "ERROR"))
    app()


if __name__ == "__main__":
    main()
