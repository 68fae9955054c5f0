"""The figures part of the annual report: what the law (BBV) and the boards ask of a year."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance import (
    balance,
    budget,
    financing,
    indicators,
    per_resident,
    programme,
    resilience,
    risks,
)
from services.projection.views.reports.finance.position import key_figures, position
from services.projection.views.reports.finance.security import security
from services.projection.views.reports.tickets.key_figures import ticket_key_figures


async def annual(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    """Result, resilience, financing, ratios, indicators, and what the services did."""
    found = await position(asked, session)
    before, now = await balance.sheets(asked, session)
    known = await indicators.known(asked, session)
    sections = [
        key_figures(asked, found),
        budget.result(asked, found.pools),
        programme.programme(found.programme),
        resilience.resilience(found.assessed),
        risks.top_risks(found.register, found.earlier),
        financing.short_term(asked, found.quarters),
        financing.long_term(asked, found.years),
        await financing.borrowed(asked, session),
        financing.emu(asked, now),
        balance.ratios(asked, before, now),
        indicators.policy(asked, known),
        per_resident.known_only(asked, await per_resident.years(asked, session)),
        await ticket_key_figures(asked, session),
        await security(asked, session),
    ]
    return [each for each in sections if each is not None]
