"""Reports: documents made of the read models, and the rows that each of their figures counts."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.periods import AMSTERDAM
from contracts.reports import Report
from services.projection.errors import ReportSourceUnknown
from services.projection.models import PARTNER
from services.projection.views.billing import centre_name
from services.projection.views.reports.asking import Asked, SourcesParams
from services.projection.views.reports.registry import BUILDERS, OPENERS

_partner = PARTNER.table.c


async def assemble(question: Asked, session: AsyncSession, sequence: int) -> Report:
    """The document, of whatever generation the session has entered."""
    name, theme = await _partner_of(question, session)
    today = question.moment.astimezone(AMSTERDAM).date()
    return Report(
        name=question.name,
        partner=question.partner,
        subject=name,
        theme=theme,
        centre=await centre_name(session, today),
        period=str(question.period),
        first=question.period.first,
        last=question.period.last,
        sequence=sequence,
        moment=question.moment,
        sections=tuple(await BUILDERS[question.name](question, session)),
    )


async def opened(params: SourcesParams, question: Asked, session: AsyncSession) -> dict[str, Any]:
    """The rows behind a figure, of whatever generation the session has entered.

    Raises `ReportSourceUnknown`.
    """
    opener = OPENERS.get(params.source)
    if opener is None:
        raise ReportSourceUnknown("source", source=params.source)
    table, total = await opener(params, question, session)
    told = table.model_dump(mode="json")
    return {"table": told, "total": total, "page": params.page, "size": params.size}


async def _partner_of(question: Asked, session: AsyncSession) -> tuple[str | None, str | None]:
    if question.partner is None:
        return None, None
    query = select(_partner.name, _partner.theme).where(_partner.slug == question.partner)
    name, theme = (await session.execute(query)).one()
    return name, theme
