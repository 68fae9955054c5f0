"""Live changes: each listener hears its own scope, in order, and misses nothing unknowingly."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from services.gateway import live as live_module


class Listener:
    """The events of one stream, as a browser reads them."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.aiter_lines()

    async def next(self) -> dict[str, Any]:
        """The next event; comments and the advice to reconnect are passed over."""
        event: dict[str, Any] = {}
        async with asyncio.timeout(5):
            async for line in self._lines:
                name, _, value = line.partition(": ")
                if line == "" and "data" in event:
                    return event
                if name in ("event", "id"):
                    event[name] = value
                elif name == "data":
                    event["data"] = json.loads(value)
        raise AssertionError("the stream ended")

    async def silence(self) -> None:
        """Only a heartbeat comes."""
        async with asyncio.timeout(5):
            async for line in self._lines:
                assert not line.startswith(("event", "data")), line
                if line == ": alive":
                    return
        raise AssertionError("the stream ended")

    async def end(self) -> None:
        async with asyncio.timeout(5):
            async for _ in self._lines:
                pass


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110  nothing tells
            await asyncio.sleep(0.01)


@asynccontextmanager
async def listening(
    door: Any, person: str, query: str = "", **headers: str
) -> AsyncIterator[Listener]:
    headers["Authorization"] = f"Bearer {await door.token(person)}"
    before = door.app.state.live.listeners
    async with door.http.stream("GET", f"/v1/events{query}", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        await until(lambda: door.app.state.live.listeners > before)
        yield Listener(answer)


@pytest.fixture
async def announce(as_user: Any) -> Callable[..., Awaitable[None]]:
    projection = await as_user("projection")

    async def publish(partner: str, sequence: int, *tickets: str) -> None:
        message = {"sequence": sequence, "tickets": tickets}
        await projection.publish(f"live.tickets.{partner}", json.dumps(message).encode())
        await projection.flush()

    return publish


@pytest.fixture
async def door(open_door: Any) -> Any:
    return await open_door(heartbeat_seconds=0.3)


async def test_each_partner_hears_its_own_changes_only(door: Any, announce: Any) -> None:
    async with (
        listening(door, "contract-manager-alfa") as alfa,
        listening(door, "contract-manager-beta") as beta,
        listening(door, "agent") as centre,
    ):
        await announce("alfa", 5, "INC-2026-000001")
        event = {
            "event": "tickets",
            "id": "5",
            "data": {"sequence": 5, "partner": "alfa", "tickets": ["INC-2026-000001"]},
        }
        assert await alfa.next() == event
        assert await centre.next() == event
        await beta.silence()


async def test_a_user_is_told_that_something_changed_but_not_which_ticket(
    door: Any, announce: Any
) -> None:
    async with listening(door, "user-alfa") as user:
        await announce("alfa", 5, "INC-2026-000001")
        assert (await user.next())["data"] == {"sequence": 5, "partner": "alfa"}


async def test_a_foreign_partner_cannot_be_listened_to(door: Any) -> None:
    answer = await door.get("/v1/events?partner=beta", "contract-manager-alfa")
    door.problem(answer, 404, "not-found")


async def test_the_centre_may_listen_to_one_partner(door: Any, announce: Any) -> None:
    async with listening(door, "agent", "?partner=beta") as centre:
        await announce("alfa", 5, "INC-2026-000001")
        await announce("beta", 6, "INC-2026-000002")
        assert (await centre.next())["id"] == "6"


async def test_who_comes_back_is_told_what_was_missed_within_the_scope(
    door: Any, announce: Any
) -> None:
    for sequence, partner in ((5, "alfa"), (6, "beta"), (7, "alfa")):
        await announce(partner, sequence, f"INC-2026-{sequence:06}")
    async with listening(door, "agent") as probe:
        await announce("alfa", 8)
        await probe.next()
    async with listening(door, "contract-manager-alfa", **{"Last-Event-ID": "6"}) as alfa:
        assert [(await alfa.next())["id"] for _ in range(2)] == ["7", "8"]
        await alfa.silence()


async def test_who_missed_more_than_is_remembered_is_told_to_start_anew(
    door: Any, announce: Any
) -> None:
    async with listening(door, "agent") as probe:
        await announce("alfa", 50)
        await probe.next()
    async with listening(door, "contract-manager-beta", **{"Last-Event-ID": "3"}) as back:
        event = await back.next()
        assert (event["event"], event["id"]) == ("reset", "50")
        assert event["data"] == {"sequence": 50, "partner": None, "tickets": []}


@pytest.mark.parametrize("last", ["-1", "x", "9" * 30])
async def test_an_unreadable_last_event_is_refused(door: Any, last: str) -> None:
    answer = await door.get("/v1/events", "agent", headers={"Last-Event-ID": last})
    door.problem(answer, 400, "header-unreadable")


async def test_a_listener_that_lags_is_let_go_and_the_others_hear_on(
    door: Any, announce: Any
) -> None:
    hub = door.app.state.live
    slow = hub.subscribe(None, heartbeat=5.0)
    reading = asyncio.create_task(anext(slow))
    await asyncio.sleep(0)
    async with listening(door, "agent") as quick:
        for sequence in range(1, live_module.QUEUE + 4):
            await announce("alfa", sequence)
            assert (await quick.next())["id"] == str(sequence)
        assert (await reading).sequence == 1
        async with asyncio.timeout(5):
            assert [change async for change in slow] == []


async def test_a_listener_that_leaves_is_forgotten(door: Any) -> None:
    hub = door.app.state.live
    async with listening(door, "agent"):
        assert hub.listeners == 1
    await until(lambda: hub.listeners == 0)


async def test_when_the_gateway_stops_its_listeners_are_let_go(door: Any) -> None:
    async with listening(door, "agent") as listener:
        door.app.state.live.close()
        await listener.end()


async def test_a_message_that_cannot_be_read_harms_nobody(
    door: Any, announce: Any, as_user: Any
) -> None:
    projection = await as_user("projection")
    async with listening(door, "agent") as listener:
        await projection.publish("live.tickets.alfa", b"no json")
        await projection.flush()
        await announce("alfa", 9)
        assert (await listener.next())["id"] == "9"
