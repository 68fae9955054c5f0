"""Aggregates of `catalog` ↔ rows, on the session of the command that is being handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.aggregates import Repository
from services.catalog import models
from services.catalog.domain.agreement import Agreement
from services.catalog.domain.calendar import Calendar
from services.catalog.domain.experience import ExperienceTarget
from services.catalog.domain.item import Item
from services.catalog.domain.norm import ServiceLevel
from services.catalog.domain.partner import Partner


class Agreements(Repository[Agreement]):
    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session, models.Agreement, Agreement)

    async def of_partner(self, partner: str) -> Sequence[Agreement]:
        """All agreements of the partner; stable while the partner is locked."""
        columns = self._table.c
        query = select(columns.state).where(columns.partner == partner).order_by(columns.key)
        rows = await self._session.scalars(query)
        return [Agreement.model_validate(state) for state in rows]

    def _row(self, state: Agreement) -> dict[str, Any]:
        return {**super()._row(state), "partner": state.partner}


@dataclass(frozen=True, slots=True)
class Work:
    """The repositories on one session."""

    partners: Repository[Partner]
    items: Repository[Item]
    calendars: Repository[Calendar]
    norms: Repository[ServiceLevel]
    experiences: Repository[ExperienceTarget]
    agreements: Agreements
