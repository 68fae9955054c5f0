"""Following the stream: what is published is seen, once, whatever happens on the way."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from nats.aio.client import Client as Connection
from nats.aio.msg import Msg

from chassis.parking import PARKED
from chassis.provisioning import provision
from chassis.testing.broker import remove_stream
from chassis.testing.stream import eventually
from contracts import tickets
from contracts.topology import DOMAIN_STREAM

NUMBER = "INC-2026-000001"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def test_what_is_published_is_seen(projection: Any, publish: Any, teller: Any) -> None:
    teller.partner()
    teller.item()
    teller.opened(NUMBER)
    sequence = await publish(*teller.told)

    await projection.caught_up(sequence)

    answer = await projection.ask("ticket", ticket=NUMBER)
    assert answer["sequence"] == sequence
    fact = answer["ticket"]
    assert (fact["status"], fact["item_name"], fact["version"]) == ("new", "Werkplek", 1)
    assert fact["opened_at"] == "2026-03-02T08:00:00+00:00"


async def test_each_batch_is_announced_to_its_partner(
    projection: Any, publish: Any, teller: Any, connect_as: Any
) -> None:
    heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    async def hear(message: Msg) -> None:
        await heard.put((message.subject, orjson.loads(message.data)))

    gateway = await connect_as("gateway")
    await gateway.subscribe("live.tickets.*", cb=hear)
    await gateway.flush()
    sequence = await publish(teller.opened(NUMBER))

    announced = await asyncio.wait_for(heard.get(), 5)

    assert announced == ("live.tickets.zevenaar", {"sequence": sequence, "tickets": [NUMBER]})
    assert (await projection.ask("ticket", ticket=NUMBER))["sequence"] == sequence


async def test_an_event_that_is_published_twice_counts_once(
    projection: Any, publish: Any, teller: Any
) -> None:
    teller.opened(NUMBER)
    assigned = teller.then(NUMBER, tickets.TicketAssigned, AT, team="Netwerk", line="first")
    await projection.caught_up(await publish(*teller.told, assigned, assigned))
    fact = (await projection.ask("ticket", ticket=NUMBER))["ticket"]
    assert (fact["version"], fact["reassignments"]) == (2, 0)
    assert len((await projection.ask("timeline", ticket=NUMBER))["timeline"]) == 2


async def test_an_event_that_comes_too_early_is_parked_until_the_missing_one_comes(
    projection: Any, publish: Any, teller: Any
) -> None:
    opened = teller.opened(NUMBER)
    missing = teller.then(NUMBER, tickets.TicketAssigned, AT, team="Netwerk", line="first")
    early = teller.then(NUMBER, tickets.TicketWorkStarted, AT)
    other = teller.opened("INC-2026-000002")
    alert = PARKED.labels("projection")._value

    await projection.caught_up(await publish(opened, early, other))
    parked = "SELECT aggregate, version, error FROM parked"
    assert [tuple(row) for row in await projection.as_owner(parked)] == [
        (NUMBER, 3, "event 2 of this aggregate is missing")
    ]
    assert alert.get() == 1
    assert (await projection.ask("ticket", ticket=NUMBER))["ticket"]["version"] == 1
    assert (await projection.ask("ticket", ticket="INC-2026-000002"))["ticket"]["version"] == 1

    await projection.caught_up(await publish(missing))
    fact = (await projection.ask("ticket", ticket=NUMBER))["ticket"]
    assert (fact["version"], fact["status"]) == (3, "in-progress")
    assert await projection.as_owner(parked) == []
    assert alert.get() == 0


async def test_a_message_that_is_no_event_is_parked_and_the_rest_goes_on(
    projection: Any, publish: Any, teller: Any, stream: Connection
) -> None:
    await stream.jetstream().publish("evt.tickets.ticket-opened", b"{nonsense")
    await projection.caught_up(await publish(teller.opened(NUMBER)))
    rows = await projection.as_owner("SELECT aggregate, stream_seq, envelope FROM parked")
    assert [tuple(row) for row in rows] == [("unreadable", 1, '"{nonsense"')]


async def test_it_goes_on_where_it_was_after_a_restart(
    start_projection: Any, publish: Any, teller: Any
) -> None:
    first = await start_projection()
    await first.caught_up(await publish(teller.opened(NUMBER)))
    await first.stop()
    second = await start_projection(first.urls)
    for _ in range(3):
        teller.then(NUMBER, tickets.TicketPaused, AT, waiting_on="user")
        teller.then(NUMBER, tickets.TicketResumed, AT)
    await second.caught_up(await publish(*teller.told[1:]))
    assert (await second.ask("ticket", ticket=NUMBER))["ticket"]["version"] == 7


async def test_another_process_takes_over_when_the_first_stops(
    start_projection: Any, publish: Any, teller: Any
) -> None:
    first = await start_projection()
    second = await start_projection(first.urls)
    await second.caught_up(await publish(teller.opened(NUMBER)))
    assert await second.service.health.reasons() == []
    await first.stop()
    later = teller.then(NUMBER, tickets.TicketAssigned, AT, team="Netwerk", line="first")
    await second.caught_up(await publish(later))
    assert (await second.ask("ticket", ticket=NUMBER))["ticket"]["version"] == 2


async def test_what_waits_is_known_after_a_restart(
    start_projection: Any, publish: Any, teller: Any
) -> None:
    first = await start_projection()
    opened = teller.opened(NUMBER)
    missing = teller.then(NUMBER, tickets.TicketAssigned, AT, team="Netwerk", line="first")
    early = teller.then(NUMBER, tickets.TicketWorkStarted, AT)
    await first.caught_up(await publish(opened, early))
    await first.stop()
    second = await start_projection(first.urls)
    await second.caught_up(await publish(missing))
    assert (await second.ask("ticket", ticket=NUMBER))["ticket"]["version"] == 3


async def test_it_survives_the_loss_of_its_consumer(
    projection: Any, publish: Any, teller: Any, stream: Connection
) -> None:
    await projection.caught_up(await publish(teller.opened(NUMBER)))
    await stream.jetstream().delete_consumer(DOMAIN_STREAM, "projection-live")
    later = teller.then(NUMBER, tickets.TicketAssigned, AT, team="Netwerk", line="first")
    await projection.caught_up(await publish(later))
    assert (await projection.ask("ticket", ticket=NUMBER))["ticket"]["version"] == 2


async def test_another_stream_is_not_taken_for_the_same(
    projection: Any, publish: Any, teller: Any, stream: Connection
) -> None:
    await projection.caught_up(await publish(teller.opened(NUMBER)))
    await remove_stream(stream)
    await provision(stream)
    await publish(teller.opened("INC-2026-000002"), teller.opened("INC-2026-000003"))

    async def told() -> list[str]:
        reasons: list[str] = await projection.service.health.reasons()
        return [reason for reason in reasons if "bodemplaat rebuild" in reason]

    assert "was folded from DOMAIN" in (await eventually(told))[0]
    assert (await projection.ask("ticket", ticket=NUMBER))["ticket"]["version"] == 1

    await projection.rebuild()
    assert (await projection.ask("tickets"))["total"] == 2
    later = teller.then("INC-2026-000003", tickets.TicketResumed, AT + timedelta(hours=1))
    sequence = await publish(later)
    await projection.caught_up(sequence)
    assert not await told()


async def test_status_tells_how_far_it_is(projection: Any, publish: Any, teller: Any) -> None:
    sequence = await publish(teller.opened(NUMBER))
    assert await projection.caught_up(sequence) == {
        "generation": "g1",
        "sequence": sequence,
        "stream_sequence": sequence,
        "lag": 0,
    }
