"""Events that a generation set aside: in the table `parked`, under the generation's name.

They wait for an event that is missing, which reconciliation publishes again, or for a release
that can fold them. The metric is an alert.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

import asyncpg

from chassis.log import logger
from chassis.parking import PARKED
from services.projection.plan import SetAside
from services.projection.recorded import Recorded, read

log = logger(__name__)

METRIC = "projection"
"""The consumer in the metric: whichever generation is live."""

_AGGREGATES = "SELECT DISTINCT aggregate FROM parked WHERE consumer = $1"
_OF = "SELECT stream_seq, envelope FROM parked WHERE consumer = $1 AND aggregate = ANY($2)"
_ADD = """
    INSERT INTO parked
        (consumer, event_id, aggregate, version, stream_seq, envelope, error, parked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (consumer, event_id) DO NOTHING
"""
_FIRST = """
    SELECT event_id::text FROM parked WHERE consumer = $1 AND aggregate = $2
    ORDER BY version, stream_seq LIMIT 1
"""
_LEFT = "SELECT count(*) FROM parked WHERE consumer = $1 AND aggregate = $2"
_REMOVE = "DELETE FROM parked WHERE consumer = $1 AND event_id = ANY($2::uuid[])"
_COUNT = "SELECT count(*) FROM parked WHERE consumer = $1"


def consumer(schema: str) -> str:
    """The name under which a generation sets aside."""
    return f"projection-{schema}"


class Aside(Protocol):
    """Where events are that were set aside."""

    async def of(self, aggregates: Collection[str]) -> Mapping[str, Mapping[int, Recorded]]:
        """What waits of these aggregates, by version."""

    async def add(self, set_aside: Collection[SetAside]) -> None:
        """Keep events."""

    async def remove(self, ids: Collection[str]) -> None:
        """Let events go that have been folded."""


class Parked:
    """The events that one generation has set aside; those of before are known after `recall`."""

    def __init__(self, connection: asyncpg.Connection, schema: str) -> None:
        self._connection = connection
        self._consumer = consumer(schema)
        self._aggregates: set[str] = set()

    async def recall(self) -> None:
        """Know again what was set aside before; the metric follows."""
        rows = await self._connection.fetch(_AGGREGATES, self._consumer)
        self._aggregates = {row["aggregate"] for row in rows}
        PARKED.labels(METRIC).set(
            await self._connection.fetchval(_COUNT, self._consumer) if rows else 0
        )

    async def of(self, aggregates: Collection[str]) -> dict[str, dict[int, Recorded]]:
        """What waits of these aggregates, by version."""
        concerned = self._aggregates.intersection(aggregates)
        waiting: dict[str, dict[int, Recorded]] = {}
        if concerned:
            for row in await self._connection.fetch(_OF, self._consumer, list(concerned)):
                event = read(row["stream_seq"], row["envelope"].encode())
                waiting.setdefault(event.aggregate, {})[event.version] = event
        return waiting

    async def first(self, aggregate: str) -> str | None:
        """The id of the first event that waits of this aggregate."""
        found: str | None = await self._connection.fetchval(_FIRST, self._consumer, aggregate)
        return found

    async def left(self, aggregate: str) -> int:
        """How many events wait of this aggregate."""
        return int(await self._connection.fetchval(_LEFT, self._consumer, aggregate))

    async def add(self, set_aside: Collection[SetAside]) -> None:
        """Keep events, in the caller's transaction."""
        if not set_aside:
            return
        for each in set_aside:
            log.error(
                "event set aside",
                aggregate=each.event.aggregate,
                version=each.event.version,
                sequence=each.event.sequence,
                reason=each.reason,
            )
        await self._connection.executemany(_ADD, list(self._values(set_aside)))
        await self.recall()

    async def remove(self, ids: Collection[str]) -> None:
        """Let events go that have been folded, in the caller's transaction."""
        if ids:
            await self._connection.execute(_REMOVE, self._consumer, list(ids))
            await self.recall()

    def _values(self, set_aside: Iterable[SetAside]) -> Iterable[tuple[object, ...]]:
        now = datetime.now(UTC)
        for each in set_aside:
            event = each.event
            yield (
                self._consumer,
                UUID(event.id),
                event.aggregate,
                event.version,
                event.sequence,
                event.body.decode(),
                each.reason,
                now,
            )


class Remembered:
    """Events that a replay sets aside, for as long as it lasts; nobody is alarmed."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[int, Recorded]] = {}

    async def of(self, aggregates: Collection[str]) -> Mapping[str, Mapping[int, Recorded]]:
        return {each: self._waiting[each] for each in self._waiting.keys() & aggregates}

    async def add(self, set_aside: Collection[SetAside]) -> None:
        for each in set_aside:
            self._waiting.setdefault(each.event.aggregate, {})[each.event.version] = each.event

    async def remove(self, ids: Collection[str]) -> None:
        if not ids:
            return
        for aggregate, events in list(self._waiting.items()):
            left = {version: event for version, event in events.items() if event.id not in ids}
            if left:
                self._waiting[aggregate] = left
            else:
                del self._waiting[aggregate]
