"""The quarterly report of a partner: what it was served, and what that cost."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.partner_costs import partner_costs
from services.projection.views.reports.service_level import divided, measured, summary
from services.projection.views.reports.tickets import ahead, experience
from services.projection.views.reports.tickets.breaches import counts_and_reasons
from services.projection.views.reports.tickets.outside import out_of_catalogue


async def build(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    """Single breaches stand in the service level reports of its months."""
    found = await measured(asked, session)
    reasons = await counts_and_reasons(asked, session, found.whole)
    return [
        summary(found),
        Section(key="levels", blocks=tuple(divided(found))),
        Section(key="breaches", blocks=tuple(reasons)),
        await experience.section(asked, session),
        out_of_catalogue(found.made),
        *await partner_costs(asked, session),
        Section(key="ahead", blocks=tuple(await ahead.tables(asked, session))),
    ]
