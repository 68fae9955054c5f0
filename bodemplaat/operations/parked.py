"""`bodemplaat parked`: what could not be handled, to be looked at, tried again or passed over."""

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bodemplaat.installation import Installation
from bodemplaat.operator import OPERATOR, operator_client
from chassis.databases import stateful

Consumer = Annotated[str, typer.Argument(help="The consumer, as the list names it.")]
Aggregate = Annotated[str, typer.Argument(help="The aggregate, as the list names it.")]
Reason = Annotated[str, typer.Option(help="Why, for whoever asks later; it is logged.")]

COLUMNS = ("consumer", "aggregate", "events", "since", "error")


async def overview(installation: Installation) -> list[dict[str, Any]]:
    """Every parked aggregate with its first error. Raises `NotRunning`, `Refused`."""
    async with operator_client(installation) as client:
        replies = [
            await client.administer(service, "parked", {}, OPERATOR) for service in stateful()
        ]
    return [row for reply in replies for row in reply["parked"]]


async def ask(
    installation: Installation, request: str, consumer: str, aggregate: str, **more: str
) -> dict[str, Any]:
    """The answer about one parked aggregate. Raises `LookupError`, `NotRunning`, `Refused`."""
    params = {"consumer": consumer, "aggregate": aggregate, **more}
    service = service_of(consumer)
    async with operator_client(installation) as client:
        return await client.administer(service, request, params, OPERATOR)


def service_of(consumer: str) -> str:
    """The service whose consumer it is: `<service>-<name>`. Raises `LookupError`."""
    for service in stateful():
        if consumer.startswith(f"{service}-"):
            return service
    raise LookupError(f"no consumer {consumer!r}: `bodemplaat parked list` names them")


def show_overview(rows: list[dict[str, Any]], console: Console) -> None:
    table = Table(*COLUMNS, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(escape(str(row[column])) for column in COLUMNS))
    console.print(table if rows else "Nothing is parked.")


def show_events(events: list[dict[str, Any]], console: Console) -> None:
    """Each event with its error, and its envelope as JSON."""
    for event in events:
        console.print(
            f"version {event['version']}, stream sequence {event['stream_seq']}, "
            f"parked {event['parked_at']}: {event['error']}",
            markup=False,
            highlight=False,
        )
        console.print_json(data=event["envelope"])
