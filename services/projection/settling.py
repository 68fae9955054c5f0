"""What the operator may do about events that the live generation has set aside.

A retry changes rows that the following process remembers. So it takes the lead: the follower
loses its connection, and begins again from the checkpoint once the retry is done.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from chassis.administration import NotParked, ReleaseImpossible
from chassis.consume import UNREADABLE
from chassis.database import Database
from services.projection import generations, store
from services.projection.follow import LOCK
from services.projection.models import Row
from services.projection.parked import Parked, consumer
from services.projection.plan import SetAside, needed, plan
from services.projection.recorded import Recorded

LEAD_SECONDS = 20.0
POLL_SECONDS = 0.02

_DISPLACE = """
    SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pid <> pg_backend_pid()
"""


class StillWaiting(Exception):
    """An event cannot be folded yet; the message tells why."""


async def retry(database: Database, name: str, aggregate: str) -> int:
    """Fold what waits of an aggregate, in order; returns how many events wait no longer.

    Raises `NotParked`, and `StillWaiting` when one has to wait on; what came before it is kept.
    """
    async with _live(database, name, aggregate) as (connection, parked):
        await _lead(connection)
        waiting = (await parked.of([aggregate])).get(aggregate, {})
        events = [waiting[version] for version in sorted(waiting)]
        still = await _fold(connection, parked, events)
        if still:
            raise StillWaiting(next(iter(still.values())).reason)
        return len(events)


async def release(database: Database, name: str, aggregate: str) -> int:
    """Forget a message that is no event; returns how many are left.

    Raises `NotParked`, and `ReleaseImpossible` for an event.
    """
    if aggregate != UNREADABLE:
        raise ReleaseImpossible
    async with _live(database, name, aggregate) as (connection, parked), connection.transaction():
        first = await parked.first(aggregate)
        await parked.remove([first] if first else [])
        return await parked.left(aggregate)


@asynccontextmanager
async def _live(database: Database, name: str, aggregate: str) -> AsyncIterator[tuple[Any, Parked]]:
    """A connection to the live generation's rows, and what it has set aside."""
    connection = await store.connect(database.dsn)
    try:
        generation = await generations.live(connection)
        parked = Parked(connection, generation.schema)
        if name != consumer(generation.schema) or await parked.first(aggregate) is None:
            raise NotParked(aggregate=aggregate)
        await store.use(connection, generation.schema)
        await parked.recall()
        yield connection, parked
    finally:
        await connection.close()


async def _lead(connection: Any) -> None:
    """Follow in place of whoever follows, for as long as the connection lasts."""
    async with asyncio.timeout(LEAD_SECONDS):
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            await connection.execute(_DISPLACE, LOCK)
            await asyncio.sleep(POLL_SECONDS)


async def _fold(
    connection: Any, parked: Parked, events: Sequence[Recorded]
) -> Mapping[str, SetAside]:
    """What still waits."""
    rows = store.LiveRows(connection)
    known: dict[str, Row] = {}
    async with connection.transaction():
        for model, keys in needed(events).items():
            known |= await rows.load(model, keys)
        made = plan(events, known, {})
        for model, changed in made.rows.items():
            await rows.save(model, changed)
        for model, entries in made.entries.items():
            await rows.append(model, entries)
        await parked.remove([event.id for event in events if event.id not in made.set_aside])
    return made.set_aside
