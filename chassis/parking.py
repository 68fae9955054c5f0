"""Parked aggregates: an event that cannot be handled is set aside with its aggregate.

Later events of that aggregate follow it, so that order is kept, and all other aggregates go on.
Nothing is dropped; the metric is an alert.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from prometheus_client import Gauge
from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession

PARKED = Gauge("bodemplaat_parked_events", "Events set aside", ["consumer"])

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:consumer || ' ' || :aggregate, 0))")
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
_LIST = text("""
    SELECT consumer, aggregate, count(*) AS events, min(parked_at) AS since,
           (array_agg(error ORDER BY version))[1] AS error
    FROM parked GROUP BY consumer, aggregate ORDER BY since, consumer, aggregate
""")
_SHOW = text("""
    SELECT event_id, version, stream_seq, envelope, error, parked_at FROM parked
    WHERE consumer = :consumer AND aggregate = :aggregate ORDER BY version, stream_seq
""")
_FORGET = text("DELETE FROM parked WHERE consumer = :consumer AND event_id = :event_id")


async def is_parked(session: AsyncSession, consumer: str, aggregate: str) -> bool:
    """Whether an event of this aggregate is set aside.

    Holds the aggregate until the transaction ends, so that none is parked behind the back of a
    retry that has just emptied it.
    """
    await session.execute(_LOCK, {"consumer": consumer, "aggregate": aggregate})
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


async def overview(session: AsyncSession) -> Sequence[RowMapping]:
    """Each parked aggregate: consumer, aggregate, events, since, and the first one's error."""
    return (await session.execute(_LIST)).mappings().all()


async def show(session: AsyncSession, consumer: str, aggregate: str) -> Sequence[RowMapping]:
    """The parked events of one aggregate, in order; `envelope` is JSON."""
    found = await session.execute(_SHOW, {"consumer": consumer, "aggregate": aggregate})
    return found.mappings().all()


async def forget(session: AsyncSession, consumer: str, event_id: UUID) -> None:
    """Take one event out of the car park: it was handled, or deliberately passed over."""
    await session.execute(_FORGET, {"consumer": consumer, "event_id": event_id})
    await count(session, consumer)
