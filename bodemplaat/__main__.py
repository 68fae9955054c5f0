"""`bodemplaat`: runs the system on this machine, and whatever else its operator does."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from bodemplaat import provision as provisioning
from bodemplaat import rebuilding, running, status
from bodemplaat.cases.errors import CaseInvalid, CaseRefused, CaseUnknown
from bodemplaat.cases.player import play
from bodemplaat.engines.account import NoAccountError, NoPlaceError
from bodemplaat.engines.process import EngineFailedError
from bodemplaat.environment import Door
from bodemplaat.imports.importer import import_tickets
from bodemplaat.imports.mapping import MappingInvalid
from bodemplaat.imports.rows import FileUnreadable
from bodemplaat.installation import AlreadyRunning, Installation, NotRunning
from bodemplaat.operations import backup as backing_up
from bodemplaat.operations import parked, reconciling
from bodemplaat.operations import restore as restoring
from bodemplaat.operations.doctor import examination
from bodemplaat.operations.manifest import BackupUnusable
from bodemplaat.operations.postgres_tools import ToolFailed
from bodemplaat.operations.private_files import CredentialsDiffer
from bodemplaat.operator import operator_client
from bodemplaat.people import pseudonyms, show_people
from chassis import log as logs
from chassis.credentials import accounts_config
from chassis.errors import Fault, Refused
from chassis.provisioning import Drift
from chassis.republish import ServiceLeads
from chassis.snapshots import ConsumerBusy

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__
)
case_app = typer.Typer(no_args_is_help=True, help="Real cooperations, as data.")
import_app = typer.Typer(no_args_is_help=True, help="Histories from other systems.")
app.add_typer(case_app, name="case")
parked_app = typer.Typer(no_args_is_help=True, help="Events that could not be handled.")
app.add_typer(import_app, name="import")
app.add_typer(parked_app, name="parked")

Case = Annotated[str, typer.Option(envvar="CASE", help="The cooperation, from cases/.")]
DEFAULT_CASE = "de-liemers"
PSEUDONYM_SECRET = "BODEMPLAAT_PSEUDONYM_SECRET"  # noqa: S105  the variable's name
"""What pseudonyms are made with where the installation's folder does not keep it."""

EXPLAINED = (
    BackupUnusable,
    CaseInvalid,
    CaseRefused,
    CaseUnknown,
    ConsumerBusy,
    CredentialsDiffer,
    Drift,
    EngineFailedError,
    FileUnreadable,
    LookupError,
    MappingInvalid,
    NoAccountError,
    NoPlaceError,
    OSError,
    ServiceLeads,
    ToolFailed,
    ValueError,
    backing_up.FolderTaken,
    rebuilding.RebuildFailed,
    restoring.NotEmpty,
    restoring.RestoreFailed,
    running.OtherCase,
    running.PortTaken,
)
"""Errors whose own words tell the operator what is wrong."""


@app.command()
def run(
    case: Case = DEFAULT_CASE,
    port: Annotated[
        int | None, typer.Option(envvar="PORT", help="Of the portal and the API; 8080 if free.")
    ] = None,
) -> None:
    """Start everything, play the case in, and run until Ctrl-C. The data is kept."""
    _do(running.run(Installation(), case, port, Console()))


@app.command()
def clean() -> None:
    """Remove all data, secrets and logs of a system that is stopped."""

    async def remove() -> None:
        Installation().forget()

    _do(remove())


@app.command()
def provision(
    replicas: Annotated[int, typer.Option(min=1, max=5, help="Of the streams.")] = 1,
) -> None:
    """Make streams, consumers, databases and roles on the servers that the environment names."""
    _do(_provision(Installation(), replicas))
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

    _do(show())


@case_app.command("play")
def play_case(name: str) -> None:
    """Play a cooperation in through the same commands that people use."""
    _do(_play(Installation(), name))


@import_app.command("tickets")
def tickets(
    file: Path,
    mapping: Annotated[str, typer.Option(help="A ready mapping's name, or a file.")],
    partner: Annotated[str | None, typer.Option(help="Whose tickets they are.")] = None,
    rejects: Annotated[Path | None, typer.Option(help="File for what was not used.")] = None,
) -> None:
    """Play a ticket log through the same decisions, with its own dates; twice changes nothing."""
    _do(_import(Installation(), file, mapping, partner, rejects))


@app.command()
def rebuild() -> None:
    """Make the read models again from the first event, beside the ones that are read."""
    made = _do(rebuilding.rebuild(Installation(), Console()))
    Console().print(
        f"{made['events']} events in {made['seconds']} s: {made['generation']}", highlight=False
    )
    if made["equal"] is False:
        Console(stderr=True).print("The old read models held something else.", style="red")
        raise typer.Exit(2)


@app.command("status")
def show_status() -> None:
    """Tell whether every part gets on; exit 1 when one does not."""
    if not _do(status.show_status(Installation(), Console())):
        raise typer.Exit(1)


@app.command()
def doctor(
    replicas: Annotated[int, typer.Option(min=1, max=5, help="Of the streams.")] = 1,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Tell what is wrong and what to do about it; exit 1 when something is."""
    findings = _do(examination.examine(Installation(), replicas=replicas))
    show = examination.show_json if as_json else examination.show
    show(findings, Console())
    if findings:
        raise typer.Exit(1)


@app.command()
def reconcile(
    services: Annotated[list[str] | None, typer.Argument(help="Which; all by default.")] = None,
) -> None:
    """Compare event logs with the stream, publish again what it lost; exit 1 on unknown events."""
    reports = _do(reconciling.reconcile(Installation(), services or ()))
    if not reconciling.show(reports, Console()):
        _fail("The stream holds events that no event log knows: somebody else wrote them.")


@app.command()
def backup(folder: Path) -> None:
    """Back everything up at one consistent point, into a folder; the system may run or not."""
    made = _do(backing_up.backup(Installation(), folder, Console()))
    Console().print(f"Backed up as of {made.taken_at:%Y-%m-%d %H:%M:%S %Z}.", highlight=False)


@app.command()
def restore(folder: Path) -> None:
    """Bring a backup back into an empty installation; start the system afterwards."""
    made = _do(restoring.restore(Installation(), folder, Console()))
    Console().print(f"Everything is as of {made.taken_at:%Y-%m-%d %H:%M:%S %Z}.", highlight=False)


@parked_app.command("list")
def list_parked() -> None:
    """List every parked aggregate with its first error."""
    parked.show_overview(_do(parked.overview(Installation())), Console())


@parked_app.command("show")
def show_parked(consumer: parked.Consumer, aggregate: parked.Aggregate) -> None:
    """Print the events of one parked aggregate."""
    found = _do(parked.ask(Installation(), "parked-events", consumer, aggregate))
    parked.show_events(found["events"], Console())


@parked_app.command("retry")
def retry_parked(consumer: parked.Consumer, aggregate: parked.Aggregate) -> None:
    """Handle the events of one parked aggregate again, in order."""
    done = _do(parked.ask(Installation(), "retry-parked", consumer, aggregate))
    Console().print(f"Events that went through: {done['handled']}", highlight=False)


@parked_app.command("release")
def release_parked(
    consumer: parked.Consumer, aggregate: parked.Aggregate, reason: parked.Reason
) -> None:
    """Pass over the first parked event of one aggregate for good."""
    asked = parked.ask(Installation(), "release-parked", consumer, aggregate, reason=reason)
    Console().print(f"Passed over; still parked: {_do(asked)['left']}", highlight=False)


async def _provision(installation: Installation, replicas: int) -> None:
    await provisioning.provision_all(
        installation.addresses(), installation.credentials, replicas=replicas
    )


async def _play(installation: Installation, name: str) -> None:
    port = installation.state.get("gateway") or str(running.DEFAULT_PORT)
    known = pseudonyms(installation, Door(int(port), Path(name)), name)
    async with operator_client(installation) as client:
        await play(name, client, console=Console(), pseudonyms=known)


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


def _do(work: Coroutine[Any, Any, Any]) -> Any:
    """Its result; an error that an operator can understand is told in its own words, exit 1."""
    try:
        return asyncio.run(work)
    except AlreadyRunning:
        _fail("The system is running on this folder; stop it first.")
    except NotRunning:
        _fail("The system is not running: start it with `make run`.")
    except Refused as refused:
        _fail("\n".join(_words(fault) for fault in refused.faults))
    except EXPLAINED as error:
        _fail(str(error) or type(error).__name__)


def _words(fault: Fault) -> str:
    """The rule that was broken, and the facts."""
    facts = {"field": fault.field} if fault.field else {}
    told = ", ".join(f"{name}: {value}" for name, value in (facts | fault.params).items())
    return f"{fault.slug} ({told})" if told else fault.slug


def _fail(message: str) -> NoReturn:
    Console(stderr=True).print(message, style="red", highlight=False)
    raise typer.Exit(1)


def main() -> None:
    logs.setup("operator", os.environ.get("BODEMPLAAT_LOG_LEVEL", "ERROR"))
    app()


if __name__ == "__main__":
    main()
