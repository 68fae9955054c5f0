"""The money in a partner's quarterly report: its own, and what all partners share."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.bills import bills
from services.projection.views.reports.finance.explained import explained, own_programme
from services.projection.views.reports.finance.own_costs import own_costs
from services.projection.views.reports.finance.own_forecast import own_forecast
from services.projection.views.reports.finance.own_year import own_year


async def partner_costs(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    """Cost against budget with the forecast, what explains it, one-off programmes, bills."""
    own = await own_year(asked, session)
    told = (
        own_costs(asked, own),
        own_forecast(asked, own),
        explained(asked, own),
        own_programme(own),
    )
    return [*(each for each in told if each is not None), *await bills(asked, session)]
