"""The traps of the broker's libraries, each closed: what a default would do does not happen."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from faststream.nats import NatsBroker, NatsMessage
from nats.aio.client import Client as Connection
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig

from bodemplaat.engines.nats import Nats
from chassis import broker as brokers
from chassis.broker import Watchdog, connect, domain_stream, make_broker, one_by_one
from chassis.clock import utc_now
from chassis.credentials import Credentials, accounts_config
from chassis.health import Beat
from chassis.intake import _whole_message
from chassis.provisioning import provision
from chassis.relay import Relay
from chassis.settings import Settings
from chassis.testing.broker import ADMINISTRATOR
from chassis.testing.stream import eventually
from contracts.topology import DOMAIN_STREAM

LEAKS = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""nats-py leaves the sockets of failed attempts to the garbage collector."""
SUBJECT = "evt.catalog.partner-joined"


@pytest.fixture
def settings(nats_url: str, credentials: Credentials) -> Settings:
    seed = credentials.seed_file(ADMINISTRATOR.name)
    return Settings(nats_url=nats_url, nats_seed_file=seed, stop_seconds=1)


@pytest_asyncio.fixture
async def broker(settings: Settings) -> AsyncIterator[NatsBroker]:
    made = make_broker(settings, ADMINISTRATOR.name)
    yield made
    await made.stop()


async def add_consumer(stream: Connection, **other: Any) -> str:
    """A durable consumer that expects an acknowledgement within half a second."""
    usual: dict[str, Any] = {
        "name": "trap",
        "durable_name": "trap",
        "filter_subject": SUBJECT,
        "ack_policy": AckPolicy.EXPLICIT,
        "ack_wait": 0.5,
    }
    await stream.jetstream().add_consumer(DOMAIN_STREAM, ConsumerConfig(**usual | other))
    return "trap"


def subscribe(
    broker: NatsBroker, durable: str, handle: Callable[[NatsMessage], Awaitable[None]]
) -> None:
    subscriber: Any = broker.subscriber(
        SUBJECT,
        stream=domain_stream(),
        durable=durable,
        pull_sub=one_by_one(),
        decoder=_whole_message,
    )
    subscriber(handle)


async def test_starting_a_broker_leaves_the_stream_as_it_was_provisioned(
    stream: Connection, broker: NatsBroker
) -> None:
    """FastStream's `start()` would rewrite the configuration with its own defaults."""

    async def handle(message: NatsMessage) -> None:
        await message.ack()

    subscribe(broker, await add_consumer(stream), handle)
    before = (await stream.jetstream().stream_info(DOMAIN_STREAM)).config
    await broker.start()
    after = (await stream.jetstream().stream_info(DOMAIN_STREAM)).config
    assert after == before
    await provision(stream)


async def test_an_event_whose_handler_breaks_comes_again(
    stream: Connection, broker: NatsBroker
) -> None:
    """FastStream's policy on an error is to terminate: the event would be lost for the consumer."""
    attempts: list[int] = []

    async def handle(message: NatsMessage) -> None:
        attempts.append(message.raw_message.metadata.num_delivered or 0)
        if len(attempts) == 1:
            raise RuntimeError("broken")
        await message.ack()

    async def twice() -> bool:
        return len(attempts) == 2

    subscribe(broker, await add_consumer(stream), handle)
    await broker.start()
    await stream.jetstream().publish(SUBJECT, b"{}")
    assert await eventually(twice)
    assert attempts == [1, 2]


async def test_events_are_taken_one_at_a_time_and_in_order(
    stream: Connection, broker: NatsBroker
) -> None:
    """A larger fetch without batches, or more workers, would hand them out side by side."""
    seen: list[int] = []
    at_work = 0

    async def handle(message: NatsMessage) -> None:
        nonlocal at_work
        at_work += 1
        assert at_work == 1
        await asyncio.sleep(0.02 if len(seen) % 2 else 0)
        seen.append(message.raw_message.metadata.sequence.stream)
        at_work -= 1
        await message.ack()

    async def all_seen() -> bool:
        return len(seen) == 30

    durable = await add_consumer(stream, max_ack_pending=1, ack_wait=30)
    for _ in range(30):
        await stream.jetstream().publish(SUBJECT, b"{}")
    subscribe(broker, durable, handle)
    await broker.start()
    await eventually(all_seen)
    assert seen == list(range(1, 31))


class Server:
    """A NATS server of one's own, to be stopped, paused and started again."""

    def __init__(self, folder: Path, credentials: Credentials) -> None:
        self._folder = folder
        accounts = accounts_config(credentials, guests=[ADMINISTRATOR])
        self.engine = Nats(folder, accounts, durable=False)
        self.replacement: Nats | None = None
        self._seed = credentials.seed_file(ADMINISTRATOR.name)

    @property
    def settings(self) -> Settings:
        return Settings(nats_url=self.engine.url, nats_seed_file=self._seed)

    async def replaced_by(self, credentials: Credentials) -> Nats:
        """A server in its place that knows these keys only."""
        await self.engine.stop()
        self.replacement = Nats(self._folder, accounts_config(credentials), durable=False)
        await self.replacement.start()
        return self.replacement

    async def stop(self) -> None:
        for engine in filter(None, [self.replacement, self.engine]):
            await engine.stop()

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.engine.pid or 0, number)


@pytest_asyncio.fixture
async def server(tmp_path: Path, credentials: Credentials) -> AsyncIterator[Server]:
    made = Server(tmp_path / "nats", credentials)
    await made.engine.start()
    yield made
    await made.stop()


@pytest_asyncio.fixture
async def connection(server: Server, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Connection]:
    """A hardened connection that reconnects in quick succession."""
    monkeypatch.setattr(brokers, "RECONNECT_WAIT_SECONDS", 0.01)
    made = await connect(server.settings, ADMINISTRATOR.name)
    yield made
    await made.close()


async def test_a_connection_outlives_any_number_of_attempts(
    server: Server, connection: Connection
) -> None:
    """nats-py would give up, and close for good, after sixty."""
    await server.engine.stop()

    async def tried_often() -> bool:
        return connection._server_pool[0].reconnects > 70

    await eventually(tried_often)
    assert not connection.is_closed
    await server.engine.start()

    async def connected() -> bool:
        return connection.is_connected

    assert await eventually(connected)
    await connection.flush()


async def test_the_watchdog_is_silent_while_a_connection_may_come_back(
    server: Server, connection: Connection
) -> None:
    watchdog = Watchdog(connection, interval=0.02)
    waiting = asyncio.ensure_future(watchdog.lost())
    await server.engine.stop()
    await asyncio.sleep(0.5)
    assert not waiting.done()
    await server.engine.start()
    await asyncio.sleep(0.5)
    assert not waiting.done()
    waiting.cancel()


async def test_the_watchdog_tells_of_a_closed_connection(connection: Connection) -> None:
    watchdog = Watchdog(connection, interval=0.02)
    assert watchdog.reason() is None
    await connection.close()
    assert "closed" in await asyncio.wait_for(watchdog.lost(), 1)


@LEAKS
async def test_refused_credentials_do_not_end_reconnecting(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FastStream's own error callback raises on them, and so kills the task that reconnects."""
    monkeypatch.setattr(brokers, "RECONNECT_WAIT_SECONDS", 0.1)
    broker = make_broker(server.settings, ADMINISTRATOR.name)
    connection = await broker.connect()
    watchdog = Watchdog(connection)
    refusing = await server.replaced_by(Credentials(tmp_path / "others"))
    await asyncio.sleep(1)
    assert not connection.is_connected
    assert watchdog.reason() is None
    await refusing.stop()
    await server.engine.start()

    async def connected() -> bool:
        return connection.is_connected

    assert await eventually(connected)
    await broker.stop()
    gc.collect()


@LEAKS
async def test_the_watchdog_tells_of_a_client_that_is_neither_open_nor_closed(
    server: Server, connection: Connection, tmp_path: Path
) -> None:
    async def give_up(error: Exception) -> None:
        if "Authorization" in str(error):
            raise error

    connection._error_cb = give_up
    watchdog = Watchdog(connection, interval=0.02)
    await server.replaced_by(Credentials(tmp_path / "others"))
    assert "stopped" in await asyncio.wait_for(watchdog.lost(), 20)
    assert not connection.is_closed
    gc.collect()


@LEAKS
async def test_refused_credentials_end_the_first_attempt_to_connect(
    server: Server, tmp_path: Path
) -> None:
    stranger = Credentials(tmp_path / "others").seed_file(ADMINISTRATOR.name)
    settings = server.settings.model_copy(update={"nats_seed_file": stranger})
    with pytest.raises(NatsError, match="Authorization"):
        await make_broker(settings, ADMINISTRATOR.name).connect()
    gc.collect()


async def test_a_service_whose_connection_is_lost_for_good_asks_to_be_started_again(
    counter: Any,
) -> None:
    await counter.service.connection.close()
    await asyncio.wait_for(counter.service.failed.wait(), 5)


async def test_a_slow_stream_is_waited_for(server: Server, connection: Connection) -> None:
    """FastStream would give a publish half a second, and then not know what became of it."""
    await provision(connection)
    relay = Relay(connection, server.settings, utc_now, asyncio.Event(), Beat("relay", 5))
    server.signal(signal.SIGSTOP)
    asyncio.get_running_loop().call_later(1.2, server.signal, signal.SIGCONT)
    assert await relay._request(SUBJECT, b"{}", {}) == 1


async def test_a_body_of_any_kind_comes_to_the_handler_as_it_is(counter: Any) -> None:
    """FastStream would decode it first, and fail on what is no JSON before we could answer."""
    answer = await counter.client._connection.request(
        "cmd.catalog.register-partner",
        b"\xff{",
        headers={"content-type": "application/json", "Bodemplaat-Actor": "someone"},
        timeout=5,
    )
    assert b"body-not-json" in answer.data
