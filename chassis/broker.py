"""The only way a process connects to NATS, with the defaults that hurt closed.

- FastStream's `start()` rewrites a stream's configuration → `domain_stream()` never declares.
- Its acknowledgement policy on error loses the event for the consumer → always `MANUAL`.
- A client gives up after 60 attempts and its loop spins → reconnect for ever; a connection that is
  closed all the same ends the process (`Watchdog`).
- FastStream's error callback raises on an authorization error, which ends the reconnecting and
  leaves a client that is neither open nor closed → `Broker` logs it and goes on; `Watchdog` sees
  whatever else has that effect.
- FastStream's publish time-out of half a second → callers pass their own.
"""

import asyncio
from types import TracebackType
from typing import Any

import nats
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.security import NatsNKey
from nats.aio.client import Client
from nats.errors import ConnectionClosedError

from chassis.log import logger
from chassis.settings import Settings
from contracts.topology import DOMAIN_STREAM

log = logger(__name__)

RECONNECT_WAIT_SECONDS = 0.5
PING_SECONDS = 10
ACK_POLICY = AckPolicy.MANUAL


def servers(settings: Settings) -> list[str]:
    return [url.strip() for url in settings.nats_url.split(",")]


def inbox_prefix(service: str) -> str:
    """Each service hears replies under a prefix that no other service may subscribe to."""
    return f"_INBOX_{service}"


def _options(settings: Settings, service: str) -> dict[str, Any]:
    return {
        "name": f"bodemplaat-{service}",
        "allow_reconnect": True,
        "max_reconnect_attempts": -1,
        "reconnect_time_wait": RECONNECT_WAIT_SECONDS,
        "ping_interval": PING_SECONDS,
        "max_outstanding_pings": 2,
        "connect_timeout": settings.publish_timeout_seconds,
        "inbox_prefix": inbox_prefix(service),
        "error_cb": _log_error,
        "disconnected_cb": _log_disconnected,
        "reconnected_cb": _log_reconnected,
    }


class Broker(NatsBroker):
    """FastStream's broker, on a connection that may be refused or closed while it is in use.

    Refused credentials end the first attempt to connect, but no later one.
    """

    async def _connect(self) -> Client:
        connection = await super()._connect()
        connection._error_cb = _log_error  # noqa: SLF001  FastStream's own would end reconnecting
        return connection

    async def stop(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> None:
        """Stop the subscribers and drain the connection, unless it is closed already."""
        try:
            await super().stop(exc_type, exc_val, exc_tb)
        except* ConnectionClosedError:
            log.warning("the connection to NATS was closed before the stop")


def make_broker(settings: Settings, service: str) -> NatsBroker:
    """A FastStream broker for this service; nothing is connected yet."""
    seed = settings.nats_seed_file
    return Broker(
        servers(settings),
        **_options(settings, service),
        security=NatsNKey.from_file(seed) if seed else None,
        ack_policy=ACK_POLICY,
        apply_types=False,
        graceful_timeout=settings.stop_seconds,
        logger=None,
    )


async def connect(settings: Settings, service: str) -> Client:
    """A bare connection, hardened in the same way."""
    seed = settings.nats_seed_file
    return await nats.connect(
        servers(settings),
        nkeys_seed=str(seed) if seed else None,
        **_options(settings, service),
    )


def domain_stream() -> JStream:
    """The domain stream as it is provisioned: bound, never declared."""
    return JStream(DOMAIN_STREAM, declare=False)


def one_by_one() -> PullSub:
    """One message is fetched and settled before the next: larger fetches reorder."""
    return PullSub(batch_size=1, timeout=5.0)


class Watchdog:
    """Ends the wait when a connection can never come back by itself.

    nats-py leaves two such states: closed for good, and disconnected with no task that reconnects.
    The process must then stop and be started again.
    """

    def __init__(self, connection: Client, *, interval: float = 1.0) -> None:
        self._connection = connection
        self._interval = interval

    async def lost(self) -> str:
        """Waits until the connection is beyond recovery; returns why."""
        while True:
            if reason := self.reason():
                return reason
            await asyncio.sleep(self._interval)

    def reason(self) -> str | None:
        """Why the connection is beyond recovery, or `None`."""
        if self._connection.is_closed:
            return "the connection to NATS is closed"
        task = self._connection._reconnection_task  # noqa: SLF001  nats-py shows it nowhere else
        if not self._connection.is_connected and (task is None or task.done()):
            return "reconnecting to NATS has stopped"
        return None


async def _log_error(error: Exception) -> None:
    log.warning("NATS error", error=str(error) or type(error).__name__)


async def _log_disconnected() -> None:
    log.info("disconnected from NATS")


async def _log_reconnected() -> None:
    log.info("reconnected to NATS")
