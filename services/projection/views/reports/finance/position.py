"""Where the centre stands by the end of a period, as both reports to the board tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance import (
    budget,
    cash,
    interest,
    programme,
    resilience,
    risks,
)
from services.projection.views.reports.finance.shapes import headline


@dataclass(frozen=True, slots=True)
class Position:
    """The year's pools and programme, the risks now and before, resilience, treasury."""

    pools: budget.Pools
    programme: programme.Pools
    assessed: resilience.Assessments
    register: risks.Register
    earlier: Mapping[str, Mapping[str, Any]]
    quarters: cash.Quarters
    years: interest.Years


async def position(asked: Asked, session: AsyncSession) -> Position:
    return Position(
        pools=await budget.standing(asked, session),
        programme=await programme.measures(asked, session),
        assessed=await resilience.series(asked, session),
        register=await risks.register(asked, session),
        earlier=await risks.before(asked, session),
        quarters=await cash.quarters(asked, session),
        years=await interest.assessed(asked, session),
    )


def key_figures(asked: Asked, found: Position) -> Section | None:
    """What stands above all else; `None` while nothing is known."""
    return headline(
        *budget.key_figures(asked, found.pools),
        *resilience.key_figures(found.assessed),
        *risks.key_figures(found.register),
        cash.key_figure(found.quarters),
        interest.key_figure(asked, found.years),
    )
