"""Events that the stream lost come back from the event log, under the same ids, and only once."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.provisioning import domain_stream, provision
from chassis.service import Running
from chassis.testing.broker import remove_stream
from chassis.testing.stream import Logged, event_log, eventually, streamed
from contracts.topology import DOMAIN_STREAM
from services.catalog.service import definition

OPERATOR = Caller(actor="operator", roles=frozenset({"operator"}), partners=None)
PARTNERS = 25


@pytest.fixture
async def catalog(
    stream: Connection, start_service: Callable[..., Awaitable[Running[Any]]]
) -> Running[Any]:
    return await start_service(definition)


@pytest.fixture
async def deletable(stream: Connection) -> Connection:
    """A stream from which messages can disappear, as they do from a disk that fails."""
    await remove_stream(stream)
    config = replace(domain_stream(), deny_delete=False, deny_purge=False)
    await stream.jetstream().add_stream(config)
    return stream


@pytest.fixture
async def operator(client_of: Callable[[str], Awaitable[Client]]) -> Client:
    return await client_of("operator")


async def register_partners(client: Client, count: int = PARTNERS) -> None:
    for number in range(count):
        partner = {
            "partner": f"partner-{number}",
            "name": f"Partner {number}",
            "kind": "municipality",
            "oin": f"{number:020d}",
            "joined_on": "2020-01-01",
        }
        await client.command(
            "catalog", "register-partner", partner, OPERATOR, command_id=str(uuid4())
        )


async def settled(catalog: Running[Any]) -> list[Logged]:
    """The event log, once all of it has been published."""

    async def published() -> list[Logged] | None:
        log = await event_log(catalog.database.dsn)
        return log if all(row.published for row in log) else None

    return await eventually(published)


async def test_a_stream_that_holds_everything_is_left_alone(
    catalog: Running[Any], operator: Client
) -> None:
    await register_partners(operator)
    await settled(catalog)

    report = await operator.administer("catalog", "reconcile", {}, OPERATOR)

    assert report["logged"] == report["streamed"] == PARTNERS
    assert (report["missing"], report["moved"], report["doubled"]) == (0, 0, 0)
    assert report["unknown"] == []


async def test_messages_that_disappeared_come_back(
    deletable: Connection, catalog: Running[Any], operator: Client, stream: Connection
) -> None:
    await register_partners(operator)
    log = await settled(catalog)
    for row in log[3:9]:
        await stream.jetstream().delete_msg(DOMAIN_STREAM, row.stream_seq)

    report = await operator.administer("catalog", "reconcile", {}, OPERATOR)
    await settled(catalog)

    assert report["missing"] == 6
    assert sorted(await streamed(stream)) == sorted(row.event_id for row in log)


async def test_a_lost_stream_is_rebuilt_in_order(
    catalog: Running[Any], operator: Client, stream: Connection
) -> None:
    await register_partners(operator)
    log = await settled(catalog)
    await remove_stream(stream)
    await provision(stream)

    report = await operator.administer("catalog", "reconcile", {}, OPERATOR)
    await settled(catalog)

    assert report["missing"] == PARTNERS
    assert await streamed(stream) == [row.event_id for row in log]


async def test_the_note_of_a_sequence_is_put_right(catalog: Running[Any], operator: Client) -> None:
    await register_partners(operator)
    log = await settled(catalog)
    database = await asyncpg.connect(catalog.database.dsn)
    await database.execute("UPDATE event_log SET stream_seq = stream_seq + 100")
    await database.close()

    report = await operator.administer("catalog", "reconcile", {}, OPERATOR)

    assert report["moved"] == PARTNERS
    assert await event_log(catalog.database.dsn) == log


async def test_a_message_that_no_relay_wrote_is_reported(
    catalog: Running[Any], operator: Client, stream: Connection
) -> None:
    await register_partners(operator)
    await settled(catalog)
    forged = await stream.jetstream().publish("evt.catalog.partner-joined", b"{}")

    report = await operator.administer("catalog", "reconcile", {}, OPERATOR)

    assert report["unknown"] == [forged.seq]
    assert report["missing"] == 0
