"""The quarterly report to the board: the year so far, the risks, and how the services did."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance import (
    budget,
    financing,
    programme,
    resilience,
    risks,
)
from services.projection.views.reports.finance.position import key_figures, position
from services.projection.views.reports.finance.security import security
from services.projection.views.reports.tickets.key_figures import ticket_key_figures


async def board(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    """Key figures, result and forecast, risks with their change, resilience, treasury, services."""
    found = await position(asked, session)
    sections = [
        key_figures(asked, found),
        budget.result(asked, found.pools),
        programme.programme(found.programme),
        risks.top_risks(found.register, found.earlier),
        resilience.resilience(found.assessed),
        financing.short_term(asked, found.quarters),
        financing.long_term(asked, found.years),
        await ticket_key_figures(asked, session),
        await security(asked, session),
    ]
    return [each for each in sections if each is not None]
