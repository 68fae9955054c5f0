"""What was told before, from the event log of `finance` itself."""

from collections.abc import Sequence

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.registry import DomainEvent, parse

_FIRST = text("""
    SELECT envelope ->> 'type' AS type, envelope -> 'data' AS data FROM event_log
    WHERE aggregate = ANY(:aggregates) AND version = 1
""")
_BOOKINGS = text("""
    SELECT envelope ->> 'type' AS type, envelope -> 'data' AS data FROM event_log
    WHERE aggregate = ANY(:aggregates) AND subject = 'evt.finance.cost-booked'
      AND envelope -> 'data' ->> 'booking' = ANY(:bookings)
""")


class Log:
    """The archive of events, read on the session of the command."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def first(self, aggregates: Sequence[str]) -> list[DomainEvent]:
        """With what these aggregates began, as far as they are there."""
        return await self._events(_FIRST, aggregates=aggregates) if aggregates else []

    async def bookings(self, pools: Sequence[str], bookings: Sequence[str]) -> list[DomainEvent]:
        """The bookings with these numbers on pools in a year (`2026-ict`)."""
        if not bookings:
            return []
        aggregates = [f"pool/{pool}" for pool in pools]
        return await self._events(_BOOKINGS, aggregates=aggregates, bookings=bookings)

    async def _events(self, query: TextClause, **asked: Sequence[str]) -> list[DomainEvent]:
        rows = await self._session.execute(query, {name: list(of) for name, of in asked.items()})
        return [parse(row.type, row.data) for row in rows]
