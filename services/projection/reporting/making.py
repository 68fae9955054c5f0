"""Making what is asked, of whatever read models the session is on: the live ones or the past."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Report
from services.projection.errors import ReportPartnerAbsent
from services.projection.models import PARTNER
from services.projection.reporting.question import Question
from services.projection.views.reports import assemble, opened

_slug = PARTNER.table.c.slug


async def document(question: Question, session: AsyncSession, sequence: int) -> Report:
    """Raises `ReportPartnerAbsent`."""
    await _require_partner(question, session)
    made = await assemble(question.asked(), session, sequence)
    return made.model_copy(update={"on": question.on})


async def rows(question: Question, session: AsyncSession, sequence: int) -> dict[str, Any]:
    """What the figure is made of that the question opens.

    Raises `ReportPartnerAbsent` and `ReportSourceUnknown`.
    """
    await _require_partner(question, session)
    told = await opened(question.params(), question.asked(), session)
    return {**told, "sequence": sequence}


async def _require_partner(question: Question, session: AsyncSession) -> None:
    if question.partner is None:
        return
    known = select(_slug).where(_slug == question.partner)
    if (await session.execute(known)).first() is None:
        raise ReportPartnerAbsent("partner", partner=question.partner)
