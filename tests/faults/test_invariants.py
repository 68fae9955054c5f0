"""The checks find what is broken: each is shown a small world with one thing wrong."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.service import Running
from chassis.testing import invariants
from chassis.testing.invariants import Sent
from chassis.testing.stream import envelopes, event_log, eventually
from contracts.envelope import Envelope
from services.catalog.service import definition

OPERATOR = Caller(actor="operator", roles=frozenset({"operator"}), partners=None)
COMMANDS = ["first", "second"]


@pytest.fixture
async def dsn(
    stream: Connection,
    start_service: Callable[..., Awaitable[Running[Any]]],
    client_of: Callable[[str], Awaitable[Client]],
) -> str:
    """The database of a service that has carried out two commands."""
    catalog = await start_service(definition)
    client = await client_of("operator")
    for number, command_id in enumerate(COMMANDS, start=1):
        partner = {
            "partner": f"partner-{number}",
            "name": f"Partner {number}",
            "kind": "municipality",
            "oin": f"{number:020d}",
            "joined_on": "2020-01-01",
        }
        await client.command(
            "catalog", "register-partner", partner, OPERATOR, command_id=command_id
        )

    async def published() -> bool:
        return all(row.published for row in await event_log(catalog.database.dsn))

    await eventually(published)
    return catalog.database.dsn


def acknowledged(command_id: str, number: int) -> Sent:
    return Sent("catalog", command_id, reply={"partner": f"partner-{number}", "version": 1})


async def test_what_is_whole_passes(dsn: str, stream: Connection) -> None:
    told = await envelopes(stream)
    assert await invariants.streamed({"catalog": dsn}, told) == []
    assert invariants.in_order(told) == []
    assert await invariants.versions(dsn) == []
    assert await invariants.states(dsn) == []
    sent = [acknowledged("first", 1), Sent("catalog", "second"), Sent("catalog", "never came")]
    assert await invariants.commands(dsn, sent) == []


@pytest.mark.parametrize(
    "sent",
    [
        acknowledged("never kept", 1),
        acknowledged("first", 2),
        Sent("catalog", "first", refused=frozenset({"partner-exists"})),
    ],
)
async def test_an_answer_that_is_not_so_is_found(dsn: str, sent: Sent) -> None:
    assert len(await invariants.commands(dsn, [sent])) == 1


async def test_half_a_command_is_found(dsn: str) -> None:
    async with invariants.looking_into(dsn) as database:
        await database.execute("DELETE FROM command_reply WHERE command_id = 'first'")
    (found,) = await invariants.commands(dsn, [Sent("catalog", "first")])
    assert "half of it" in found


async def test_a_difference_between_log_and_stream_is_found(dsn: str, stream: Connection) -> None:
    first, second = await envelopes(stream)
    forged = second.model_copy(update={"id": uuid4()})
    assert len(await invariants.streamed({"catalog": dsn}, [first])) == 1
    assert len(await invariants.streamed({"catalog": dsn}, [first, second, second])) == 1
    assert len(await invariants.streamed({"catalog": dsn}, [first, second, forged])) == 1


async def test_a_gap_in_versions_is_found(dsn: str) -> None:
    async with invariants.looking_into(dsn) as database:
        await database.execute("UPDATE event_log SET version = 2 WHERE id = 1")
    assert len(await invariants.versions(dsn)) == 1
    assert len(await invariants.states(dsn)) == 1


async def test_an_effect_that_lacks_or_is_doubled_is_found(
    settings_for: Callable[..., Awaitable[Any]], facts: list[Envelope]
) -> None:
    dsn = (await settings_for("tickets")).database_url
    async with invariants.looking_into(dsn) as database:
        for fact in facts[1:]:
            await database.execute(
                "INSERT INTO inbox VALUES ('tickets-catalogue', $1, now())", fact.id
            )
    doubled = "SELECT event_id FROM inbox UNION ALL (SELECT event_id FROM inbox LIMIT 1)"
    found = await invariants.received(dsn, "tickets", facts, doubled)
    assert len(found) == 3
    assert f"inbox lacks: {facts[0].id}" in found[0]
    assert "had its effect twice" in found[2]


def test_events_out_of_order_are_found(facts: list[Envelope]) -> None:
    assert invariants.in_order(facts) == []
    assert len(invariants.in_order([*facts[:3], facts[4], facts[3], *facts[5:]])) == 3


def test_a_checkpoint_that_goes_back_is_found() -> None:
    checkpoints = invariants.Checkpoints()
    for sequence in (3, 7, 5):
        checkpoints.see("g1", "DOMAIN", sequence)
    assert checkpoints.found == ["checkpoint of g1 went back from 7 to 5"]
