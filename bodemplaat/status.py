"""`bodemplaat status`: is every part getting on, how far are the read models, what is parked."""

import asyncio
from typing import Any

from rich.console import Console
from rich.table import Table

from bodemplaat.engines.probe import answers
from bodemplaat.installation import Installation
from bodemplaat.operator import OPERATOR, operator_client
from bodemplaat.system import GATEWAY
from chassis.client import Client
from chassis.databases import stateful
from chassis.errors import Refused


async def show_status(installation: Installation, console: Console) -> bool:
    """Whether all is well. Raises `NotRunning`."""
    async with operator_client(installation) as client:
        parked = [event for name in stateful() for event in await _parked(client, name)]
        models = await _models(client)
    ready = await _readiness(installation)
    table = Table("part", "state", box=None, pad_edge=False)
    for name, is_ready in ready.items():
        table.add_row(name, "ready" if is_ready else "[red]not ready[/red]")
    table.add_row("read models", models or "[red]no answer[/red]")
    table.add_row("parked aggregates", f"[red]{len(parked)}[/red]" if parked else "none")
    console.print(table)
    return all(ready.values()) and models is not None and not parked


async def _readiness(installation: Installation) -> dict[str, bool]:
    """By service; empty for services that this installation did not start."""
    ports = {
        name: port
        for name in (*stateful(), GATEWAY)
        if (port := installation.state.get(f"health.{name}"))
    }
    probes = (asyncio.to_thread(answers, int(port), "/readyz") for port in ports.values())
    return dict(zip(ports, await asyncio.gather(*probes), strict=True))


async def _models(client: Client) -> str | None:
    try:
        found = await client.query("projection", "status", {}, OPERATOR)
    except Refused:
        return None
    return (
        f"{found['generation']}, at {found['sequence']} of {found['stream_sequence']}"
        f" (lag {found['lag']})"
    )


async def _parked(client: Client, service: str) -> list[dict[str, Any]]:
    try:
        reply = await client.administer(service, "parked", {}, OPERATOR)
    except Refused:
        return []
    found: list[dict[str, Any]] = reply["parked"]
    return found
