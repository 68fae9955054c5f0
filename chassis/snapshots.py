"""One moment for several databases, while the services go on working.

Each service commits on its own, so there is no moment at which all of them stand still. What a
set of snapshots must not hold is an effect without its cause: an event that a consumer has taken
in, and that its publisher's event log lacks. An event is taken in with a row of the inbox, so the
inboxes of all databases are held before the first snapshot is taken and let go after the last:
whatever any of them had taken in by then was committed by its publisher before, and is in the
publisher's snapshot. Commands, timers and relays go on meanwhile; consumers wait for milliseconds.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import asyncpg

from chassis.database import driver_url

HOLD = "10s"
"""For a consumer that is busy with an event we wait this long."""

_ABOUT = """
    SELECT pg_export_snapshot() AS name,
           (SELECT version_num FROM alembic_version) AS revision,
           (SELECT count(*) FROM event_log) AS events,
           (SELECT max(stream_seq) FROM event_log) AS stream_sequence
"""


class ConsumerBusy(Exception):
    """A consumer was in the midst of an event for too long; nothing has been done."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A database at one moment.

    `name` is what `pg_dump --snapshot` takes; `stream_sequence` is the newest in the stream that
    its event log knew of.
    """

    name: str
    revision: str
    events: int
    stream_sequence: int | None


@asynccontextmanager
async def snapshots(urls: Mapping[str, str]) -> AsyncIterator[dict[str, Snapshot]]:
    """A snapshot of each database, by service, for as long as the block lasts.

    `urls` are the owner role's. Raises `ConsumerBusy`.
    """
    async with AsyncExitStack() as stack:
        sessions = {
            service: await stack.enter_async_context(_connection(url))
            for service, url in urls.items()
        }
        async with AsyncExitStack() as held:
            for url in urls.values():
                await held.enter_async_context(_inbox_held(url))
            taken = {
                service: await stack.enter_async_context(_snapshot(session))
                for service, session in sessions.items()
            }
        yield taken


@asynccontextmanager
async def _connection(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(driver_url(url, ""))
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def _inbox_held(url: str) -> AsyncIterator[None]:
    """Nothing is taken in during the block; what was being taken in is committed before."""
    async with _connection(url) as connection, connection.transaction():
        await connection.execute(f"SET LOCAL lock_timeout = '{HOLD}'")
        try:
            await connection.execute("LOCK TABLE inbox IN SHARE MODE")
        except asyncpg.LockNotAvailableError:
            raise ConsumerBusy(f"a consumer has been busy for more than {HOLD}") from None
        yield


@asynccontextmanager
async def _snapshot(session: asyncpg.Connection) -> AsyncIterator[Snapshot]:
    async with session.transaction(isolation="repeatable_read", readonly=True):
        (row,) = await session.fetch(_ABOUT)
        yield Snapshot(**row)
