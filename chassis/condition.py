"""How a service's database and consumers stand, for whoever looks from outside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import asyncpg
from nats.aio.client import Client
from nats.js.errors import NotFoundError

from chassis.database import driver_url
from chassis.provisioning import durable_consumers
from contracts.topology import DOMAIN_STREAM

CONNECT_SECONDS = 5.0
STATEMENT_SECONDS = 20.0

_CONDITION = """
    SELECT clock_timestamp() AS now,
           (SELECT count(*) FROM event_log WHERE published_at IS NULL) AS unpublished,
           (SELECT min(recorded_at) FROM event_log WHERE published_at IS NULL) AS unpublished_since,
           (SELECT recorded_at FROM event_log ORDER BY id DESC LIMIT 1) AS last_recorded,
           (SELECT count(*) FROM timer WHERE due_at <= clock_timestamp()) AS overdue,
           (SELECT min(due_at) FROM timer WHERE due_at <= clock_timestamp()) AS overdue_since
"""
_PARKED = """
    SELECT consumer, aggregate, count(*) AS events, (array_agg(error ORDER BY version))[1] AS error
    FROM parked GROUP BY consumer, aggregate ORDER BY consumer, aggregate
"""
_UNREACHABLE = (OSError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.InterfaceError)


class DatabaseUnreachable(Exception):
    """The server does not answer; the message tells why."""


class DatabaseMissing(Exception):
    """The server has no such database."""


class LoginRefused(Exception):
    """The server knows another password, or no such role."""


class TablesMissing(Exception):
    """The database has not been migrated."""


@dataclass(frozen=True, slots=True)
class ParkedAggregate:
    """An aggregate that waits, with its first error."""

    consumer: str
    aggregate: str
    events: int
    error: str


@dataclass(frozen=True, slots=True)
class Condition:
    """`now` is the server's clock; `overdue` are timers that are due and have not fired."""

    now: datetime
    unpublished: int
    unpublished_since: datetime | None
    last_recorded: datetime | None
    overdue: int
    overdue_since: datetime | None
    parked: tuple[ParkedAggregate, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What a durable consumer has before it; `settled` is the stream sequence it is done with."""

    waiting: int
    settled: int


async def condition(url: str) -> Condition:
    """Of one service's database.

    Raises `DatabaseUnreachable`, `DatabaseMissing`, `LoginRefused`, `TablesMissing`.
    """
    async with _looking_into(url) as database:
        try:
            (row,) = await database.fetch(_CONDITION)
            parked = await database.fetch(_PARKED)
        except asyncpg.UndefinedTableError:
            raise TablesMissing from None
    return Condition(**row, parked=tuple(ParkedAggregate(**each) for each in parked))


async def backlogs(connection: Client) -> dict[str, Backlog]:
    """Of each durable consumer that is there; `connection` is the provisioner's."""
    found = {}
    for wanted in durable_consumers():
        try:
            found[str(wanted.name)] = await backlog_of(connection, str(wanted.name))
        except NotFoundError:
            continue
    return found


async def backlog_of(connection: Client, consumer: str) -> Backlog:
    """Of a durable consumer. Raises `NotFoundError` of nats-py when there is none."""
    info = await connection.jetstream().consumer_info(DOMAIN_STREAM, consumer)
    waiting = (info.num_pending or 0) + (info.num_ack_pending or 0)
    floor = info.ack_floor.stream_seq if info.ack_floor else 0
    return Backlog(waiting, floor)


@asynccontextmanager
async def _looking_into(url: str) -> AsyncIterator[asyncpg.Connection]:
    try:
        database = await asyncpg.connect(
            driver_url(url, ""), timeout=CONNECT_SECONDS, command_timeout=STATEMENT_SECONDS
        )
    except asyncpg.InvalidCatalogNameError:
        raise DatabaseMissing from None
    except asyncpg.InvalidAuthorizationSpecificationError:
        raise LoginRefused from None
    except _UNREACHABLE as error:
        raise DatabaseUnreachable(str(error) or type(error).__name__) from None
    try:
        yield database
    except _UNREACHABLE as error:
        raise DatabaseUnreachable(str(error) or type(error).__name__) from None
    finally:
        await database.close()
