"""What `catalog` and `tickets` told ↔ rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.finance.charging import Source
from contracts.registry import DomainEvent, parse
from services.finance.domain.catalogue import Partners, Told, fold
from services.finance.domain.charging.facts import Hours
from services.finance.domain.periods import Period

LOGGED = "evt.tickets.time-logged"
MINUTES = 60

_ADD_EVENT = text("""
    INSERT INTO catalogue_event (event_id, aggregate, version, stream_sequence, type, data)
    VALUES (:event_id, :aggregate, :version, :sequence, :type, CAST(:data AS jsonb))
    ON CONFLICT (event_id) DO NOTHING
""")
_EVENTS = text("SELECT aggregate, version, type, data FROM catalogue_event ORDER BY id")
_NEWEST_EVENT = text("SELECT coalesce(max(stream_sequence), 0) FROM catalogue_event")
_ADD_TIME = text("""
    INSERT INTO logged_time (event_id, stream_sequence, ticket, partner, team, minutes, worked_on)
    VALUES (:event_id, :sequence, :ticket, :partner, :team, :minutes, :worked_on)
    ON CONFLICT (event_id) DO NOTHING
""")
_SET_SCOPE = text("""
    INSERT INTO ticket_scope (ticket, version, out_of_catalogue)
    VALUES (:ticket, :version, :out_of_catalogue)
    ON CONFLICT (ticket) DO UPDATE
    SET version = excluded.version, out_of_catalogue = excluded.out_of_catalogue
    WHERE ticket_scope.version < excluded.version
""")
_HOURS = text("""
    SELECT partner, team, worked_on, coalesce(out_of_catalogue, false) AS outside,
           sum(minutes) AS minutes, min(stream_sequence) AS first, max(stream_sequence) AS last
    FROM logged_time LEFT JOIN ticket_scope USING (ticket)
    WHERE worked_on BETWEEN :first AND :last
    GROUP BY partner, team, worked_on, outside ORDER BY partner, team, worked_on, outside
""")
_NEWEST_TIME = text("SELECT coalesce(max(stream_sequence), 0) FROM logged_time")


@dataclass(frozen=True, slots=True)
class Entry:
    """Charged time of a team on a ticket."""

    ticket: str
    partner: str
    team: str
    minutes: int
    worked_on: date


class Catalogue:
    """The copy of what `catalog` told of partners and agreements."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, event_id: UUID, sequence: int, told: Told) -> None:
        await self._session.execute(
            _ADD_EVENT,
            {
                "event_id": event_id,
                "aggregate": told.aggregate,
                "version": told.version,
                "sequence": sequence,
                "type": told.event.type(),
                "data": _json(told.event),
            },
        )

    async def partners(self) -> Partners:
        rows = await self._session.execute(_EVENTS)
        return fold(Told(row.aggregate, row.version, parse(row.type, row.data)) for row in rows)

    async def newest(self) -> int:
        """Stream sequence of the newest event that came in; 0 before the first."""
        return int(await self._session.scalar(_NEWEST_EVENT))


class Time:
    """The copy of the charged time that `tickets` told, and of what lies outside the catalogue."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, event_id: UUID, sequence: int, entry: Entry) -> None:
        await self._session.execute(
            _ADD_TIME,
            {
                "event_id": event_id,
                "sequence": sequence,
                "ticket": entry.ticket,
                "partner": entry.partner,
                "team": entry.team,
                "minutes": entry.minutes,
                "worked_on": entry.worked_on,
            },
        )

    async def set_scope(self, ticket: str, version: int, *, out_of_catalogue: bool) -> None:
        """Whether the ticket lies outside the catalogue; an older word changes nothing."""
        await self._session.execute(
            _SET_SCOPE,
            {"ticket": ticket, "version": version, "out_of_catalogue": out_of_catalogue},
        )

    async def hours(self, period: Period) -> Sequence[Hours]:
        """Hours per partner, team and day, inside and outside the catalogue."""
        rows = await self._session.execute(_HOURS, {"first": period.first, "last": period.last})
        return [_hours(row) for row in rows]

    async def newest(self) -> int:
        """Stream sequence of the newest entry that came in; 0 before the first."""
        return int(await self._session.scalar(_NEWEST_TIME))


def _hours(row: Any) -> Hours:
    return Hours(
        team=row.team,
        partner=row.partner,
        on=row.worked_on,
        hours=Decimal(row.minutes) / MINUTES,
        kind="out-of-catalogue-hours" if row.outside else "hours",
        source=Source(aggregate=LOGGED, first_version=row.first, last_version=row.last),
    )


def _json(event: DomainEvent) -> str:
    return orjson.dumps(event.model_dump(mode="json")).decode()
