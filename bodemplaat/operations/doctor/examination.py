"""The whole examination, and its report."""

import asyncio
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bodemplaat.installation import Installation, NotRunning
from bodemplaat.operations.doctor import broker, databases, machine, services
from bodemplaat.operations.doctor.finding import Finding


async def examine(installation: Installation, *, replicas: int = 1) -> list[Finding]:
    """All that is wrong, as far as it can be seen; `replicas` are those of the stream."""
    findings = list(machine.examine(installation))
    try:
        addresses = installation.addresses()
    except NotRunning:
        return [*findings, _never_started(installation)]
    if lacking := machine.lacking(installation):
        return [*findings, *lacking]
    found = await asyncio.gather(
        databases.examine(installation, addresses.database_url),
        broker.examine(installation, addresses, replicas=replicas),
        services.examine(installation),
    )
    return [*findings, *(finding for part in found for finding in part)]


def _never_started(installation: Installation) -> Finding:
    return Finding(
        "installation",
        f"No system was ever started on {installation.folder}.",
        "Start one with `bodemplaat run`, or name its folder with BODEMPLAAT_FOLDER.",
    )


def show(findings: Sequence[Finding], console: Console) -> None:
    """A table of the findings."""
    if not findings:
        console.print("Nothing is wrong.")
        return
    table = Table("where", "what is wrong", "what to do", box=None, pad_edge=False, show_lines=True)
    for finding in findings:
        table.add_row(*(escape(text) for text in (finding.check, finding.what, finding.do)))
    console.print(table)


def show_json(findings: Sequence[Finding], console: Console) -> None:
    """The findings for a program: `{"healthy", "findings": [{"check", "what", "do"}]}`."""
    told = [finding.as_json() for finding in findings]
    console.print_json(data={"healthy": not findings, "findings": told})
