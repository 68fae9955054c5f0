"""A process that ends at any of its worst moments loses nothing and doubles nothing.

Every point of `chassis.faults` is tried: the process ends there in the midst of its work, a new
one takes over, and what must hold is checked.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from nats.aio.client import Client as Connection
from nats.js.api import ConsumerConfig

from chassis.client import Caller, Client
from chassis.credentials import Credentials
from chassis.databases import DatabaseUrls
from chassis.errors import Refused
from chassis.faults import POINTS
from chassis.provisioning import durable_consumers
from chassis.settings import Settings
from chassis.testing import invariants
from chassis.testing.processes import ServiceProcess, service_process
from chassis.testing.stream import envelopes, event_log, eventually
from contracts.envelope import Envelope
from contracts.topology import DOMAIN_STREAM
from services.projection.rebuild import RebuildSettings, rebuild

OPERATOR = Caller(actor="operator", roles=frozenset({"operator"}), partners=None)
AT_ONCE = 4
PARTNERS = 40
TICKETS = 6
RECOVERY_SECONDS = 60.0
"""Patience, not a promise: the machine may be busy."""

OPENED = datetime(2026, 2, 5, 9, 0, tzinfo=UTC)
OVERDUE = [
    ("sla-at-risk", datetime(2026, 2, 5, 9, 45, tzinfo=UTC)),
    ("sla-breached", datetime(2026, 2, 5, 10, 0, tzinfo=UTC)),
    ("sla-at-risk", datetime(2026, 2, 5, 15, 0, tzinfo=UTC)),
    ("sla-breached", datetime(2026, 2, 6, 8, 0, tzinfo=UTC)),
]


def points(*prefixes: str) -> list[str]:
    return sorted(point for point in POINTS if point.partition(".")[0] in prefixes)


PUBLISHING = points("command", "relay")
CONSUMING = points("consumer")
FIRING = points("timer")
FOLDING = points("projection")

SettingsFor = Callable[..., Awaitable[Settings]]
ClientOf = Callable[[str], Awaitable[Client]]
Tell = Callable[[Sequence[Envelope]], Awaitable[None]]


def test_every_point_is_tried() -> None:
    tried = [*PUBLISHING, *CONSUMING, *FIRING, *FOLDING]
    assert sorted(tried) == sorted(POINTS)


async def insist(client: Client, service: str, command: str, **told: Any) -> dict[str, Any]:
    """Give one command until it is accepted, always under the same id; its reply."""
    command_id = str(uuid4())
    now = told.pop("now", None)
    while True:
        try:
            return await client.command(
                service, command, told, OPERATOR, command_id=command_id, now=now, timeout=1.0
            )
        except Refused as refused:
            if {fault.slug for fault in refused.faults} != {"unavailable"}:
                raise
            await asyncio.sleep(0.05)


async def register(client: Client, number: int) -> str:
    reply = await insist(
        client,
        "catalog",
        "register-partner",
        partner=f"partner-{number}",
        name=f"Partner {number}",
        kind="municipality",
        oin=f"{number:020d}",
        joined_on="2020-01-01",
    )
    assert reply["version"] == 1
    return f"partner/{reply['partner']}"


async def register_all(client: Client) -> list[str]:
    """Give all commands, some at the same time; the aggregates that were accepted."""
    numbers = iter(range(PARTNERS))

    async def give() -> list[str]:
        return [await register(client, number) for number in numbers]

    given = await asyncio.gather(*(give() for _ in range(AT_ONCE)))
    return sorted(aggregate for part in given for aggregate in part)


async def die_and_come_back(process: ServiceProcess, point: str, *, after: int = 3) -> None:
    """The first process ends when it is at the fault point again; the second has none."""
    await process.start(BODEMPLAAT_FAULT=f"{point}:{after}")
    assert await process.ended() == -signal.SIGKILL
    await process.start()


async def all_published(settings: Settings, count: int) -> None:
    async def published() -> bool:
        log = await event_log(settings.database_url)
        return len(log) >= count and all(row.published for row in log)

    await eventually(published, seconds=RECOVERY_SECONDS)


@pytest.mark.parametrize("point", PUBLISHING)
async def test_nothing_is_lost_or_doubled_when_a_publisher_ends(
    point: str, stream: Connection, settings_for: SettingsFor, client_of: ClientOf
) -> None:
    settings = await settings_for("catalog", relay_poll_seconds=0.1)
    client = await client_of("operator")

    async with service_process("catalog", settings) as catalog:
        accepted, _ = await asyncio.gather(register_all(client), die_and_come_back(catalog, point))
        await all_published(settings, PARTNERS)

    assert sorted(row.aggregate for row in await event_log(settings.database_url)) == accepted
    assert await invariants.versions(settings.database_url) == []
    found = await envelopes(stream)
    assert await invariants.streamed({"catalog": settings.database_url}, found) == []


@pytest.mark.parametrize("point", CONSUMING)
async def test_every_event_has_its_effect_once_when_a_consumer_ends(
    point: str,
    stream: Connection,
    settings_for: SettingsFor,
    facts: list[Envelope],
    tell: Tell,
) -> None:
    settings = await settings_for("tickets")
    await deliver_again_soon(stream)
    await tell(facts)

    async def all_taken_in() -> bool:
        return not await violations()

    async def violations() -> list[str]:
        effects = "SELECT event_id FROM catalogue_event ORDER BY id"
        return await invariants.received(settings.database_url, "tickets", facts, effects)

    async with service_process("tickets", settings) as tickets:
        await die_and_come_back(tickets, point)
        await eventually(all_taken_in, seconds=RECOVERY_SECONDS)

    async with invariants.looking_into(settings.database_url) as database:
        taken_in = await database.fetch("SELECT event_id FROM catalogue_event ORDER BY id")
    assert [row["event_id"] for row in taken_in] == [fact.id for fact in facts]


async def deliver_again_soon(stream: Connection) -> None:
    """The consumers wait a second, not their usual time, for a process that ended."""
    jetstream = stream.jetstream()
    for consumer in durable_consumers():
        await jetstream.delete_consumer(DOMAIN_STREAM, str(consumer.name))
        soon = ConsumerConfig(**{**consumer.__dict__, "ack_wait": 1.0})
        await jetstream.add_consumer(DOMAIN_STREAM, soon)


@pytest.mark.parametrize("point", FIRING)
async def test_every_clock_is_told_once_at_its_true_moments_when_its_teller_ends(
    point: str,
    stream: Connection,
    settings_for: SettingsFor,
    client_of: ClientOf,
    facts: list[Envelope],
    tell: Tell,
    report: dict[str, Any],
) -> None:
    """All tickets were opened long ago, so that their clocks have everything to tell at once."""
    settings = await settings_for("tickets", relay_poll_seconds=0.1)
    client = await client_of("operator")
    await tell(facts)

    async def open_all() -> list[str]:
        await knows(settings, facts)
        opened = [
            await insist(client, "tickets", "open-ticket", **report, now=OPENED)
            for _ in range(TICKETS)
        ]
        return [reply["ticket"] for reply in opened]

    async with service_process("tickets", settings) as tickets:
        opened, _ = await asyncio.gather(open_all(), die_and_come_back(tickets, point))
        await all_published(settings, TICKETS * (1 + len(OVERDUE)))

    told = await envelopes(stream, "evt.tickets.>")
    assert invariants.clocks(told) == []
    for ticket in opened:
        events = [envelope.event() for envelope in told if envelope.subject == ticket]
        assert [(event.event_name, event.occurred_at) for event in events[1:]] == OVERDUE
    assert await invariants.streamed({"tickets": settings.database_url}, told) == []
    assert await invariants.overdue_timers(settings.database_url) == []


async def knows(settings: Settings, facts: Sequence[Envelope]) -> None:
    """Returns when `tickets` has taken in the catalogue."""

    async def known() -> bool:
        async with invariants.looking_into(settings.database_url) as database:
            return bool(await database.fetchval("SELECT count(*) FROM inbox") == len(facts))

    await eventually(known, seconds=RECOVERY_SECONDS)


@pytest.mark.parametrize("point", FOLDING)
async def test_read_models_equal_a_replay_when_the_projection_ends(
    point: str,
    stream: Connection,
    service_databases: Callable[..., Awaitable[dict[str, DatabaseUrls]]],
    nats_url: str,
    credentials: Credentials,
    facts: list[Envelope],
    tell: Tell,
) -> None:
    urls = (await service_databases("projection"))["projection"]
    settings = Settings(
        nats_url=nats_url,
        nats_seed_file=credentials.seed_file("projection"),
        database_url=urls.runtime,
    )
    checkpoints = invariants.Checkpoints()

    async def caught_up() -> bool:
        await checkpoints.look(urls.runtime)
        return max(checkpoints.highest.values()) == len(facts)

    async def tell_one_by_one() -> None:
        for fact in facts:
            await tell([fact])
            await asyncio.sleep(0.02)

    async with service_process("projection", settings) as projection:
        await asyncio.gather(tell_one_by_one(), die_and_come_back(projection, point, after=1))
        await eventually(caught_up, seconds=RECOVERY_SECONDS)

    values = {**settings.model_dump(), "owner_database_url": urls.owner}
    rebuilt = await rebuild(RebuildSettings.model_construct(**values), lambda _: None)
    assert (rebuilt.events, rebuilt.equal) == (len(facts), True)
    assert checkpoints.found == []
    assert await invariants.received(urls.runtime, "projection", facts) == []
