"""Invoices of the partners that the caller acts for, each line with what explains it."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.models import INVOICE
from services.projection.views.params import InvoicesParams
from services.projection.views.rows import fetch
from services.projection.views.scope import require_partner


async def invoices(
    asked: InvoicesParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """A page of them, the newest first, and how many there are."""
    table = INVOICE.table
    wanted = []
    if asked.partner is not None:
        await require_partner(session, context, asked.partner)
        wanted.append(table.c.partner == asked.partner)
    elif context.partners is not None:
        wanted.append(table.c.partner.in_(sorted(context.partners)))
    if asked.invoice is not None:
        wanted.append(table.c.invoice == asked.invoice)
    told = [column for column in table.c if column.name not in ("aggregate", "version")]
    query = (
        select(table.c.version.label("aggregate_version"), *told)
        .where(*wanted)
        .order_by(table.c.issued_on.desc(), table.c.invoice.desc())
        .limit(asked.size)
        .offset((asked.page - 1) * asked.size)
    )
    total = await session.scalar(select(func.count()).select_from(table).where(*wanted))
    rows = await fetch(session, query)
    return {"items": rows, "total": total, "page": asked.page, "size": asked.size}
