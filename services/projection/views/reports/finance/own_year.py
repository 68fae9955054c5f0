"""A partner's year as far as it was charged for by the end of the report's period."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import PartnerForbidden
from contracts.reports import Of
from services.projection.finance_models import CHARGING_RUN
from services.projection.finance_rows import ChargingRun, CostPool
from services.projection.views.finance.lists import load
from services.projection.views.finance.own_costs import OwnYear
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.as_then import pools_on
from services.projection.views.reports.finance.formulas import only
from services.projection.views.reports.finance.shapes import LINES, events

Line = Mapping[str, Any]


def partner_of(asked: Asked) -> str:
    """Raises `PartnerForbidden` for a report that is of no partner."""
    if asked.partner is None:
        raise PartnerForbidden
    return asked.partner


async def own_year(asked: Asked, session: AsyncSession) -> OwnYear:
    partner, year = partner_of(asked), asked.period.first.year
    found = await load(session, ChargingRun, CHARGING_RUN, CHARGING_RUN.table.c.year == year)
    runs = [run for run in found if partner in run.parts and run.last <= asked.period.last]
    return OwnYear(
        partner=partner,
        year=year,
        pools=in_order(await pools_on(session, year, asked.period.last)),
        advances=sorted((run for run in runs if run.kind == "advance"), key=lambda run: run.first),
        settlement=next((run for run in runs if run.kind == "settlement"), None),
    )


def in_order(pools: Iterable[CostPool]) -> list[CostPool]:
    return sorted(pools, key=lambda pool: pool.pool)


def pool_of(own: OwnYear, where: Mapping[str, str]) -> CostPool:
    """Raises `NoSuchFigure` for one that the year does not have."""
    return only(pool for pool in own.pools if pool.pool == where["pool"])


def lines_of(run: ChargingRun, own: OwnYear, pool: str | None = None) -> Sequence[Line]:
    """The partner's lines of a run; of one pool, or of all."""
    lines: Sequence[Line] = run.parts[own.partner]["lines"]
    return [line for line in lines if pool in (None, line["pool"])]


def decisive(own: OwnYear) -> Sequence[ChargingRun]:
    """The settlement where there is one, else the advances so far."""
    return [own.settlement] if own.settlement else own.advances


def of_lines(run: ChargingRun, pool: str | None = None) -> Of:
    narrowed = {} if pool is None else {"pool": pool}
    return Of(source=LINES, where={"run": run.run, **narrowed})


def of_basis(line: Line) -> Of | None:
    """The events of the pool or method that its amount or price was taken from."""
    for source in line["sources"]:
        if source["aggregate"].partition("/")[0] in ("pool", "method"):
            first, last = (str(source[f"{end}_version"]) for end in ("first", "last"))
            return events(source["aggregate"], None, first=first, last=last)
    return None
