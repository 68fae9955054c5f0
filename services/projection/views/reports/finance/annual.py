"""The figures part of the annual report: what the law (BBV) and the boards ask of a year."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance import (
    balance,
    budget,
    cash,
    financing,
    indicators,
    interest,
    per_resident,
    programme,
    resilience,
    risks,
)
from services.projection.views.reports.finance.security import security
from services.projection.views.reports.finance.shapes import headline
from services.projection.views.reports.tickets.key_figures import ticket_key_figures


async def annual(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    """Result, resilience, financing, ratios, indicators, and what the services did."""
    pools = await budget.standing(asked, session)
    assessed = await resilience.series(asked, session)
    register = await risks.register(asked, session)
    quarters = await cash.quarters(asked, session)
    years = await interest.assessed(asked, session)
    before, now = await balance.sheets(asked, session)
    known = await indicators.known(asked, session)
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
        resilience.resilience(assessed),
        risks.top_risks(register, await risks.before(asked, session)),
        financing.short_term(asked, quarters),
        financing.long_term(asked, years),
        await financing.borrowed(asked, session),
        financing.emu(asked, now),
        balance.ratios(asked, before, now),
        indicators.policy(asked, known),
        per_resident.known_only(asked, await per_resident.years(asked, session)),
        await ticket_key_figures(asked, session),
        await security(asked, session),
    ]
    return [each for each in sections if each is not None]
