"""The quarterly report to the board: the year so far, the risks, and how the services did."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance import (
    budget,
    cash,
    financing,
    interest,
    programme,
    resilience,
    risks,
)
from services.projection.views.reports.finance.security import security
from services.projection.views.reports.finance.shapes import headline
from services.projection.views.reports.tickets.key_figures import ticket_key_figures


async def board(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    """Key figures, result and forecast, risks with their change, resilience, treasury, services."""
    pools = await budget.standing(asked, session)
    assessed = await resilience.series(asked, session)
    register = await risks.register(asked, session)
    quarters = await cash.quarters(asked, session)
    years = await interest.assessed(asked, session)
    sections = [
        headline(
            *budget.key_figures(asked, pools),
            *resilience.key_figures(assessed),
            *risks.key_figures(register),
            cash.key_figure(quarters),
            interest.key_figure(asked, years),
        ),
        budget.result(asked, pools),
        programme.programme(await programme.measures(asked, session)),
        risks.top_risks(register, await risks.before(asked, session)),
        resilience.resilience(assessed),
        financing.short_term(asked, quarters),
        financing.long_term(asked, years),
        await ticket_key_figures(asked, session),
        await security(asked, session),
    ]
    return [each for each in sections if each is not None]
