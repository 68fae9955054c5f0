"""Reports: documents made of the read models, and the rows that each of their figures counts."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from contracts.reports import Report
from services.projection.errors import ReportSourceUnknown
from services.projection.models import PARTNER
from services.projection.views import snapshot
from services.projection.views.reports.asking import Asked, ReportParams, SourcesParams, asked
from services.projection.views.reports.registry import BUILDERS, OPENERS
from services.projection.views.scope import require_partner

__all__ = ["ReportParams", "SourcesParams"]

_partner = PARTNER.table.c


async def report(params: ReportParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """The document as things stand now; the same for every reader."""
    question = asked(params, context, context.now)
    if question.partner is not None:
        await require_partner(session, context, question.partner)
    made = await assemble(question, session, await snapshot.sequence(session))
    return {"report": made.model_dump(mode="json")}


async def report_sources(
    params: SourcesParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """What a figure of the report is made of, a page of it, and how many there are in all.

    Raises `ReportSourceUnknown`.
    """
    question = asked(params, context, context.now)
    if question.partner is not None:
        await require_partner(session, context, question.partner)
    return await opened(params, question, session)


async def assemble(question: Asked, session: AsyncSession, sequence: int) -> Report:
    """The document, of whatever generation the session has entered."""
    name, theme = await _partner_of(question, session)
    return Report(
        name=question.name,
        partner=question.partner,
        partner_name=name,
        theme=theme,
        period=str(question.period),
        first=question.period.first,
        last=question.period.last,
        sequence=sequence,
        moment=question.moment,
        sections=tuple(await BUILDERS[question.name](question, session)),
    )


async def opened(params: SourcesParams, question: Asked, session: AsyncSession) -> dict[str, Any]:
    """The rows behind a figure, of whatever generation the session has entered."""
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
