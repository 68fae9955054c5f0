"""The business case monitor, for directors and works councils."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance import indicators
from services.projection.views.reports.finance.cases import monitored, section_of
from services.projection.views.reports.finance.goals import goals
from services.projection.views.reports.finance.shapes import nothing, section


async def business_case(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    """A section per case; then what working together brought beside money."""
    found = await monitored(asked, session)
    if not found:
        return [section("finance-cases", nothing("cases", asked.period.first.year))]
    known = await indicators.known(asked, session)
    return [*(section_of(asked, case) for case in found), goals(known)]
