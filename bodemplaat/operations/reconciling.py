"""`bodemplaat reconcile`: each event log against the stream, and what was mended."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from bodemplaat.installation import Installation
from bodemplaat.operator import OPERATOR, operator_client
from chassis.reconcile import SHOWN
from contracts.topology import publishers

Report = dict[str, Any]
COUNTS = ("logged", "streamed", "missing", "moved", "doubled")


async def reconcile(installation: Installation, services: Sequence[str] = ()) -> list[Report]:
    """The report of each publishing service, or of those that are named.

    Raises `LookupError` for one that publishes nothing, `NotRunning`, `Refused`.
    """
    names = chosen(services)
    async with operator_client(installation) as client:
        return [await client.administer(name, "reconcile", {}, OPERATOR) for name in names]


def chosen(services: Sequence[str]) -> tuple[str, ...]:
    """The services that are meant. Raises `LookupError`."""
    known = tuple(service.name for service in publishers())
    for name in services:
        if name not in known:
            raise LookupError(f"{name!r} publishes no events; these do: {', '.join(known)}")
    return tuple(services) or known


def show(reports: Iterable[Report], console: Console) -> bool:
    """Whether the stream holds nothing that the logs do not."""
    table = Table("service", *COUNTS, "unknown", box=None, pad_edge=False)
    clean = True
    for report in reports:
        unknown = _unknown(report["unknown"])
        table.add_row(report["service"], *(str(report[count]) for count in COUNTS), unknown)
        clean = clean and not report["unknown"]
    console.print(table)
    return clean


def _unknown(sequences: Sequence[int]) -> str:
    """The first few stream sequences of events that no log holds."""
    told = ", ".join(map(str, sequences))
    more = " …" if len(sequences) == SHOWN else ""
    return f"[red]at {told}{more}[/red]" if sequences else "none"
