"""Aggregates of `finance` ↔ rows, on the session of the command that is being handled."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.aggregates import Repository
from services.finance import models
from services.finance.domain.invoice import Invoice
from services.finance.domain.pool import PoolYear
from services.finance.domain.run import Year

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
