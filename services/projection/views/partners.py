"""The partners that the caller acts for."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.models import PARTNER
from services.projection.views.params import Params
from services.projection.views.rows import fetch

_SHOWN = (
    "version",
    "slug",
    "name",
    "kind",
    "oin",
    "joined_on",
    "leaves_on",
    "theme",
    "statistics",
)


async def partners(_: Params, context: Context, session: AsyncSession) -> dict[str, Any]:
    table = PARTNER.table
    query = select(*(table.c[name] for name in _SHOWN)).order_by(table.c.slug)
    if context.partners is not None:
        query = query.where(table.c.slug.in_(sorted(context.partners)))
    return {"partners": await fetch(session, query)}
