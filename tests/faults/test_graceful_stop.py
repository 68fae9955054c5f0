"""A service that is told to stop finishes and answers what it has taken in."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from uuid import uuid4

from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.errors import Refused
from chassis.settings import Settings
from chassis.testing.processes import service_process
from chassis.testing.stream import envelopes, event_log, eventually

OPERATOR = Caller(actor="operator", roles=frozenset({"operator"}), partners=None)
AT_ONCE = 16


async def test_every_command_that_was_taken_in_is_answered_and_relayed(
    stream: Connection,
    settings_for: Callable[..., Awaitable[Settings]],
    client_of: Callable[[str], Awaitable[Client]],
) -> None:
    settings = await settings_for("catalog")
    client = await client_of("operator")
    answers: Counter[str] = Counter()
    stopped = asyncio.Event()

    async def give_until_nobody_is_there(giver: int) -> None:
        number = 0
        while not stopped.is_set():
            number += 1
            answers[await _answer(client, giver * 10_000 + number)] += 1

    async with service_process("catalog", settings) as catalog:
        await catalog.start()
        await eventually(lambda: _answers(client))
        givers = [asyncio.create_task(give_until_nobody_is_there(n)) for n in range(AT_ONCE)]
        await asyncio.sleep(0.5)
        assert catalog.process
        catalog.process.terminate()
        assert await catalog.ended() == 0
        stopped.set()
        await asyncio.gather(*givers)

    assert answers["unknown"] == 0
    log = await event_log(settings.database_url)
    assert len(log) == answers["accepted"] > AT_ONCE
    assert all(row.published for row in log)
    assert {str(envelope.id) for envelope in await envelopes(stream)} == {
        row.event_id for row in log
    }


async def _answers(client: Client) -> bool:
    """Whether the service takes commands; one that it refuses leaves nothing behind."""
    try:
        await client.command("catalog", "register-partner", {}, OPERATOR, command_id="none")
    except Refused as refused:
        return refused.faults[0].slug != "unavailable"
    return True


async def _answer(client: Client, number: int) -> str:
    partner = {
        "partner": f"partner-{number}",
        "name": f"Partner {number}",
        "kind": "municipality",
        "oin": f"{number:020d}",
        "joined_on": "2020-01-01",
    }
    try:
        await client.command(
            "catalog", "register-partner", partner, OPERATOR, command_id=str(uuid4())
        )
    except Refused as refused:
        await asyncio.sleep(0.01)
        return str(refused.faults[0].params["outcome"])
    return "accepted"
