"""A process that ends at any of its worst moments loses nothing and doubles nothing."""

import asyncio
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.errors import Refused
from chassis.faults import POINTS
from chassis.settings import Settings
from chassis.testing.processes import ServiceProcess, service_process
from chassis.testing.stream import envelopes, event_log, eventually

OPERATOR = Caller(actor="operator", roles=frozenset({"operator"}), partners=None)
COMMANDS = 40
AT_ONCE = 4
PUBLISHING = sorted(point for point in POINTS if point.startswith(("command.", "relay.")))


async def insist(client: Client, number: int) -> str:
    """Give one command until it is accepted, always under the same id; its aggregate."""
    command_id = str(uuid4())
    partner = {
        "partner": f"partner-{number}",
        "name": f"Partner {number}",
        "kind": "municipality",
        "oin": f"{number:020d}",
        "joined_on": "2020-01-01",
    }
    while True:
        try:
            reply = await client.command(
                "catalog", "register-partner", partner, OPERATOR, command_id=command_id, timeout=1.0
            )
        except Refused as refused:
            if {fault.slug for fault in refused.faults} != {"unavailable"}:
                raise
            await asyncio.sleep(0.05)
        else:
            assert reply["version"] == 1
            return f"partner/{reply['partner']}"


async def load(client: Client) -> list[str]:
    """Give all commands, some at the same time; the aggregates that were accepted."""
    numbers = iter(range(COMMANDS))

    async def give() -> list[str]:
        return [await insist(client, number) for number in numbers]

    given = await asyncio.gather(*(give() for _ in range(AT_ONCE)))
    return sorted(aggregate for part in given for aggregate in part)


async def die_and_come_back(catalog: ServiceProcess, point: str) -> None:
    """The first process ends at the fault point, the second has none."""
    await catalog.start(BODEMPLAAT_FAULT=f"{point}:3")
    assert await catalog.ended() == -signal.SIGKILL
    await catalog.start()


@pytest.mark.parametrize("point", PUBLISHING)
async def test_nothing_is_lost_or_doubled_when_a_publisher_ends(
    point: str,
    stream: Connection,
    settings_for: Callable[..., Awaitable[Settings]],
    client_of: Callable[[str], Awaitable[Client]],
) -> None:
    settings = await settings_for("catalog", relay_poll_seconds=0.1)
    client = await client_of("operator")

    async with service_process("catalog", settings) as catalog:
        accepted, _ = await asyncio.gather(load(client), die_and_come_back(catalog, point))

        async def all_published() -> bool:
            return all(row.published for row in await event_log(settings.database_url))

        await eventually(all_published)

    log = await event_log(settings.database_url)
    assert sorted(row.aggregate for row in log) == accepted
    assert {row.version for row in log} == {1}
    found = Counter(str(envelope.id) for envelope in await envelopes(stream))
    assert found == Counter(row.event_id for row in log)
