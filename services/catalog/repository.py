"""Aggregates of `catalog` ↔ rows, on the session of the command that is being handled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.catalog import models
from services.catalog.domain.aggregate import Aggregate
from services.catalog.domain.agreement import Agreement
from services.catalog.domain.calendar import Calendar
from services.catalog.domain.experience import ExperienceTarget
from services.catalog.domain.item import Item
from services.catalog.domain.norm import ServiceLevel
from services.catalog.domain.partner import Partner

StateT = TypeVar("StateT", bound=Aggregate)


class Repository(Generic[StateT]):
    """The aggregates of one kind."""

    def __init__(self, session: AsyncSession, model: type[models.Row], state: type[StateT]) -> None:
        self._session = session
        self._table = model.metadata.tables[model.__name__.lower()]
        self._state = state

    @property
    def kind(self) -> str:
        """What its aggregates are called in their ids and in replies."""
        return str(self._table.name)

    async def get(self, key: str) -> StateT | None:
        """The aggregate, locked until the transaction ends; `None` when there is none."""
        columns = self._table.c
        query = select(columns.state).where(columns.key == key).with_for_update()
        row = await self._session.scalar(query)
        return None if row is None else self._state.model_validate(row)

    async def referenced(self, keys: Iterable[str]) -> dict[str, StateT]:
        """Those of the aggregates that exist; they cannot change until the transaction ends."""
        columns = self._table.c
        wanted = sorted(set(keys))
        if not wanted:
            return {}
        query = (
            select(columns.key, columns.state)
            .where(columns.key.in_(wanted))
            .order_by(columns.key)
            .with_for_update(read=True)
        )
        rows = await self._session.execute(query)
        return {key: self._state.model_validate(state) for key, state in rows}

    async def save(self, key: str, state: StateT) -> None:
        """Write the state after its new events.

        Of two commands that create the same aggregate at once, the event log refuses one.
        """
        row = self._row(state)
        statement = insert(self._table).values(key=key, **row)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_=row)
        )

    def _row(self, state: StateT) -> dict[str, Any]:
        return {"version": state.version, "state": state.model_dump(mode="json")}


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
