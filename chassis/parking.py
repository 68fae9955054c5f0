"""Parked aggregates: an event that cannot be handled is set aside with its aggregate.

Later events of that aggregate follow it, so that order is kept, and all other aggregates go on.
Nothing is dropped; the metric is an alert.
"""

from datetime import datetime
from uuid import UUID

from prometheus_client import Gauge
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

PARKED = Gauge("bodemplaat_parked_events", "Events set aside", ["consumer"])

_IS_PARKED = text("""
    SELECT EXISTS (SELECT FROM parked WHERE consumer = :consumer AND aggregate = :aggregate)
""")
_PARK = text("""
    INSERT INTO parked
        (consumer, event_id, aggregate, version, stream_seq, envelope, error, parked_at)
    VALUES
        (:consumer, :event_id, :aggregate, :version, :stream_seq, CAST(:envelope AS json), :error,
         :parked_at)
    ON CONFLICT (consumer, event_id) DO NOTHING
""")
_COUNT = text("SELECT count(*) FROM parked WHERE consumer = :consumer")


async def is_parked(session: AsyncSession, consumer: str, aggregate: str) -> bool:
    found = await session.execute(_IS_PARKED, {"consumer": consumer, "aggregate": aggregate})
    return bool(found.scalar())


async def park(  # noqa: PLR0913  a parked row has this many columns
    session: AsyncSession,
    *,
    consumer: str,
    event_id: UUID,
    aggregate: str,
    version: int,
    stream_seq: int,
    envelope: str,
    error: str,
    now: datetime,
) -> None:
    """Set an event aside; `envelope` is its JSON text."""
    await session.execute(
        _PARK,
        {
            "consumer": consumer,
            "event_id": event_id,
            "aggregate": aggregate,
            "version": version,
            "stream_seq": stream_seq,
            "envelope": envelope,
            "error": error,
            "parked_at": now,
        },
    )
    await count(session, consumer)


async def count(session: AsyncSession, consumer: str) -> int:
    """How many events this consumer has set aside; the metric follows."""
    found = int((await session.execute(_COUNT, {"consumer": consumer})).scalar_one())
    PARKED.labels(consumer).set(found)
    return found
