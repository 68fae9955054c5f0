"""A connection that outlives its server, and tells when it cannot."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection
from nats.errors import Error as NatsError

from bodemplaat.engines.nats import Nats
from chassis import broker as brokers
from chassis.broker import Watchdog, connect, make_broker
from chassis.credentials import Credentials, accounts_config
from chassis.provisioning import provision
from chassis.publishing import Publisher
from chassis.settings import Settings
from chassis.testing.broker import ADMINISTRATOR
from chassis.testing.stream import eventually

LEAKS = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""nats-py leaves the sockets of failed attempts to the garbage collector."""
SUBJECT = "evt.catalog.partner-joined"


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
    publisher = Publisher(connection, server.settings.publish_timeout_seconds)
    server.signal(signal.SIGSTOP)
    asyncio.get_running_loop().call_later(1.2, server.signal, signal.SIGCONT)
    assert await publisher.request(SUBJECT, b"{}", {}) == 1
