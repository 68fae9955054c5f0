"""Aggregates of `finance` ↔ rows, on the session of the command that is being handled."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance import models
from services.finance.domain.aggregate import Aggregate
from services.finance.domain.invoice import Invoice
from services.finance.domain.pool import PoolYear
from services.finance.domain.run import Year

StateT = TypeVar("StateT", bound=Aggregate)

_HOLD_YEAR = text("SELECT pg_advisory_xact_lock_shared(hashtext('finance-year'), :year)")
_TAKE_YEAR = text("SELECT pg_advisory_xact_lock(hashtext('finance-year'), :year)")
_NEXT_NUMBER = text("""
    INSERT INTO invoice_number (year, last) VALUES (:year, 1)
    ON CONFLICT (year) DO UPDATE SET last = invoice_number.last + 1
    RETURNING last
""")
_REMEMBER = text("""
    INSERT INTO booking (pool, booking) VALUES (:pool, :booking)
    ON CONFLICT DO NOTHING RETURNING booking
""")


class Repository(Generic[StateT]):
    """The aggregates of one kind."""

    def __init__(
        self, session: AsyncSession, model: type[models.State], state: type[StateT]
    ) -> None:
        self._session = session
        self._table = model.metadata.tables[str(model.__tablename__)]
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

    async def all(self, prefix: str = "") -> Sequence[StateT]:
        """Those whose keys begin so, in the order of their keys; stable until the end."""
        columns = self._table.c
        query = (
            select(columns.state)
            .where(columns.key.startswith(prefix, autoescape=True))
            .order_by(columns.key)
            .with_for_update(read=True)
        )
        rows = await self._session.scalars(query)
        return [self._state.model_validate(state) for state in rows]

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


class Pools(Repository[PoolYear]):
    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session, models.Pool, PoolYear)

    async def remember(self, pool: str, booking: str) -> bool:
        """Whether this booking was made for the first time; it is now."""
        found = await self._session.scalar(_REMEMBER, {"pool": pool, "booking": booking})
        return found is not None


class Years(Repository[Year]):
    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session, models.Year, Year)

    async def closed(self, year: int) -> bool:
        """Whether the year is settled; it is not being settled until the transaction ends."""
        await self._session.execute(_HOLD_YEAR, {"year": year})
        return await self.get(str(year)) is not None

    async def take(self, year: int) -> bool:
        """As `closed`, and nobody else works on the year until the transaction ends."""
        await self._session.execute(_TAKE_YEAR, {"year": year})
        return await self.get(str(year)) is not None


class Invoices(Repository[Invoice]):
    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session, models.Invoice, Invoice)

    async def next_number(self, year: int) -> str:
        """The next in the year's series; one transaction at a time, so none is skipped."""
        last = await self._session.scalar(_NEXT_NUMBER, {"year": year})
        return f"F{year}-{last:05d}"

    async def of_run(self, run: str, partner: str) -> Invoice | None:
        """The invoice of a partner's part of a run; stable while the run is locked."""
        columns = self._table.c
        query = select(columns.state).where(columns.run == run, columns.partner == partner)
        row = await self._session.scalar(query)
        return None if row is None else Invoice.model_validate(row)

    async def corrections(self, prefix: str) -> Sequence[Invoice]:
        """Credit notes, and what came in the place of invoices, of runs that begin so."""
        columns = self._table.c
        query = (
            select(columns.state)
            .where(
                columns.run.is_(None),
                columns.state["run"].astext.startswith(prefix, autoescape=True),
            )
            .order_by(columns.key)
        )
        rows = await self._session.scalars(query)
        return [Invoice.model_validate(state) for state in rows]

    def _row(self, state: Invoice) -> dict[str, Any]:
        run = None if state.corrects or state.replaces else state.run
        return {**super()._row(state), "run": run, "partner": state.partner}
