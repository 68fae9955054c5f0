"""`bodemplaat parked`: what could not be handled, to be looked at, tried again or passed over."""

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bodemplaat.installation import Installation
from bodemplaat.operator import OPERATOR, operator_client
from chassis.databases import stateful

Service = Annotated[str, typer.Argument(help="The service that could not handle it.")]
Consumer = Annotated[str, typer.Argument(help="Its consumer, as the list names it.")]
Aggregate = Annotated[str, typer.Argument(help="The aggregate, as the list names it.")]


async def show_all(console: Console) -> None:
    """Every parked aggregate with its first error. Raises `NotRunning`."""
    table = Table("service", "consumer", "aggregate", "events", "since", "error", box=None)
    async with operator_client(Installation()) as client:
        for service in stateful():
            reply = await client.administer(service, "parked", {}, OPERATOR)
            for row in reply["parked"]:
                cells = (
                    row[name] for name in ("consumer", "aggregate", "events", "since", "error")
                )
                table.add_row(service, *(str(cell) for cell in cells))
    console.print(table if table.row_count else "Nothing is parked.")


async def ask(request: str, service: str, consumer: str, aggregate: str) -> dict[str, Any]:
    """The service's answer about one parked aggregate. Raises `NotRunning`, `Refused`."""
    if service not in stateful():
        raise LookupError(f"no service {service!r}; there are: {', '.join(stateful())}")
    params = {"consumer": consumer, "aggregate": aggregate}
    async with operator_client(Installation()) as client:
        return await client.administer(service, request, params, OPERATOR)
