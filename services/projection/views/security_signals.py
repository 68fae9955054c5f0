"""Security signals: the counts of each month, per partner."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import PartnerForbidden
from services.projection.models import SECURITY_SIGNALS
from services.projection.views.params import SecuritySignalsParams
from services.projection.views.rows import fetch
from services.projection.views.scope import only_own, require_partner

_s = SECURITY_SIGNALS.table.c


async def security_signals(
    asked: SecuritySignalsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """A page, the latest month first. Raises `PartnerForbidden` for whoever is only a user."""
    if only_own(context):
        raise PartnerForbidden
    if asked.partner is not None:
        await require_partner(session, context, asked.partner)
    wanted = list(_conditions(asked, context))
    query = (
        select(
            _s.version.label("aggregate_version"), _s.partner, _s.month, _s.counts, _s.counted_at
        )
        .where(*wanted)
        .order_by(_s.month.desc(), _s.partner)
        .limit(asked.size)
        .offset((asked.page - 1) * asked.size)
    )
    total = await session.scalar(
        select(func.count()).select_from(SECURITY_SIGNALS.table).where(*wanted)
    )
    rows = await fetch(session, query)
    return {"items": rows, "total": total, "page": asked.page, "size": asked.size}


def _conditions(asked: SecuritySignalsParams, context: Context) -> Iterator[ColumnElement[bool]]:
    if asked.partner is not None:
        yield _s.partner == asked.partner
    elif context.partners is not None:
        yield _s.partner.in_(sorted(context.partners))
    if asked.from_ is not None:
        yield _s.month >= asked.from_
    if asked.to is not None:
        yield _s.month <= asked.to
