"""What a partner pays in a year: its part of the budget, what it was charged, what is its own."""

from calendar import isleap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.amounts import euro, total
from services.projection.finance_models import (
    CHARGING_RUN,
    COST_POOL,
    SETTLED_YEAR,
    USER_COUNT,
)
from services.projection.finance_rows import ChargingRun, CostPool, SettledYear, UserCount
from services.projection.models import INVOICE, Invoice
from services.projection.tables import ReadModel
from services.projection.views.finance.budget import budget_of, direct_on, shared_on
from services.projection.views.finance.charging import Documents, documents, part_of
from services.projection.views.finance.lists import RowT, load
from services.projection.views.finance.params import OwnCostsParams
from services.projection.views.finance.scope import require_books
from services.projection.views.scope import require_partner


@dataclass(frozen=True, slots=True)
class OwnYear:
    """A partner's year: its pools, and the runs in which it has a part."""

    partner: str
    year: int
    pools: Sequence[CostPool]
    advances: Sequence[ChargingRun]
    settlement: ChargingRun | None

    def charged(self) -> Decimal:
        """By the settlement where there is one, else in advance."""
        if self.settlement is not None:
            return Decimal(self.settlement.parts[self.partner]["total"])
        return self.advanced()

    def advanced(self) -> Decimal:
        return total(run.parts[self.partner]["total"] for run in self.advances)

    def whole_year(self) -> str | None:
        """What the year comes to at what the days so far were charged; null before the first."""
        if self.settlement is not None:
            return euro(self.charged())
        days = sum((run.last - run.first).days + 1 for run in self.advances)
        return euro(self.advanced() * (365 + isleap(self.year)) / days) if days else None

    def of_pool(self, pool: CostPool) -> dict[str, Any]:
        settled = None if self.settlement is None else euro(self._on(pool, [self.settlement]))
        return {
            "pool": pool.pool,
            "name": pool.name,
            "charged": euro(self._on(pool, self.advances)),
            "settled": settled,
            "direct": euro(direct_on(pool, self.partner)),
            "budget": euro(budget_of(pool)),
            "booked_shared": euro(shared_on(pool)),
        }

    def _on(self, pool: CostPool, runs: Iterable[ChargingRun]) -> Decimal:
        return total(
            line["amount"]
            for run in runs
            for line in run.parts[self.partner]["lines"]
            if line["pool"] == pool.pool
        )

    def sources(self) -> list[dict[str, Any]]:
        """The events that the figures come from."""
        runs = [*self.advances, *filter(None, [self.settlement])]
        parts = [(run.aggregate, run.parts[self.partner]["version"]) for run in runs]
        return [
            *(_source(pool.aggregate, 1, pool.version) for pool in self.pools),
            *(_source(aggregate, version, version) for aggregate, version in parts),
        ]


def _source(aggregate: str, first: int, last: int) -> dict[str, Any]:
    return {"aggregate": aggregate, "first_version": first, "last_version": last}


async def own_costs(
    asked: OwnCostsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Raises `PartnerForbidden` for a partner that the caller does not act for."""
    require_books(context)
    await require_partner(session, context, asked.partner)
    runs = [
        run
        for run in await _of_year(session, ChargingRun, CHARGING_RUN, asked.year)
        if asked.partner in run.parts
    ]
    own = OwnYear(
        partner=asked.partner,
        year=asked.year,
        pools=await _of_year(session, CostPool, COST_POOL, asked.year),
        advances=[run for run in runs if run.kind == "advance"],
        settlement=next((run for run in runs if run.kind == "settlement"), None),
    )
    issued = await documents(session)
    return {
        "partner": asked.partner,
        "year": asked.year,
        "closed": bool(await _of_year(session, SettledYear, SETTLED_YEAR, asked.year)),
        "advances": [_told(run, asked.partner, issued) for run in own.advances],
        "settlement": own.settlement and _told(own.settlement, asked.partner, issued),
        "charged": euro(own.charged()),
        "whole_year": own.whole_year(),
        "direct": euro(total(direct_on(pool, asked.partner) for pool in own.pools)),
        "invoiced": euro(await _invoiced(session, asked.partner, [run.run for run in runs])),
        "users": await _users(session, asked),
        "pools": [own.of_pool(pool) for pool in own.pools],
        "sources": own.sources(),
    }


async def _of_year(
    session: AsyncSession, kind: type[RowT], model: ReadModel, year: int
) -> list[RowT]:
    return await load(session, kind, model, model.table.c.year == year)


def _told(run: ChargingRun, partner: str, issued: Documents) -> dict[str, Any]:
    return {
        "run": run.run,
        "first": run.first,
        "last": run.last,
        **part_of(run, partner, issued),
    }


async def _invoiced(session: AsyncSession, partner: str, runs: Sequence[str]) -> Decimal:
    """What the documents of the runs come to, credit notes off."""
    table = INVOICE.table.c
    found = await load(session, Invoice, INVOICE, table.partner == partner, table.run.in_(runs))
    return total(each.total for each in found)


async def _users(session: AsyncSession, asked: OwnCostsParams) -> int | None:
    table = USER_COUNT.table.c
    wanted = (table.partner == asked.partner, table.year == asked.year)
    found = await load(session, UserCount, USER_COUNT, *wanted)
    return found[0].users if found else None
