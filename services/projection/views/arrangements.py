"""What was set and agreed, version by version: calendars, norms, experience targets, agreements.

`aggregate_version` goes with every change, and is the version that the next command may expect.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.models import (
    AGREEMENT,
    CALENDAR,
    EXPERIENCE_TARGET,
    SERVICE_LEVEL,
    ReadModel,
)
from services.projection.views.params import (
    WHOLE_DOMAIN,
    AgreementsParams,
    CalendarsParams,
    ExperienceTargetsParams,
    Paged,
    ServiceLevelsParams,
)
from services.projection.views.rows import fetch
from services.projection.views.scope import require_partner


async def calendars(asked: CalendarsParams, _: Context, session: AsyncSession) -> dict[str, Any]:
    table = CALENDAR.table.c
    wanted = [table.calendar == asked.calendar] if asked.calendar else []
    return await _page(session, CALENDAR, ["calendar"], wanted, asked)


async def service_levels(
    asked: ServiceLevelsParams, _: Context, session: AsyncSession
) -> dict[str, Any]:
    table = SERVICE_LEVEL.table.c
    wanted = [
        table[name] == value
        for name in ("domain", "kind", "priority")
        if (value := getattr(asked, name)) is not None
    ]
    if asked.item is not None:
        whole = asked.item == WHOLE_DOMAIN
        wanted.append(table.item.is_(None) if whole else table.item == asked.item)
    order = ["domain", "item", "kind", "priority"]
    return await _page(session, SERVICE_LEVEL, order, wanted, asked)


async def experience_targets(
    asked: ExperienceTargetsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    table = EXPERIENCE_TARGET.table.c
    wanted = [await _scope(session, context, table.partner, asked.partner)]
    if asked.domain is not None:
        wanted.append(table.domain == asked.domain)
    return await _page(session, EXPERIENCE_TARGET, ["partner", "domain"], wanted, asked)


async def agreements(
    asked: AgreementsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    table = AGREEMENT.table.c
    wanted = [await _scope(session, context, table.partner, asked.partner)]
    if asked.agreement is not None:
        wanted.append(table.agreement == asked.agreement)
    return await _page(session, AGREEMENT, ["partner", "agreement"], wanted, asked)


async def _scope(
    session: AsyncSession, context: Context, column: ColumnElement[str], partner: str | None
) -> ColumnElement[bool]:
    """The rows of the partner that is asked for, else of all that the caller acts for."""
    if partner is not None:
        await require_partner(session, context, partner)
        return column == partner
    return true() if context.partners is None else column.in_(sorted(context.partners))


async def _page(
    session: AsyncSession,
    model: ReadModel,
    order: Sequence[str],
    wanted: Sequence[ColumnElement[bool]],
    asked: Paged,
) -> dict[str, Any]:
    """A page of the rows, each with all its versions, and how many there are."""
    table = model.table
    told = [column for column in table.c if column.name not in ("aggregate", "version")]
    query = (
        select(table.c.version.label("aggregate_version"), *told)
        .where(*wanted)
        .order_by(*(table.c[name].nulls_first() for name in order))
        .limit(asked.size)
        .offset((asked.page - 1) * asked.size)
    )
    total = await session.scalar(select(func.count()).select_from(table).where(*wanted))
    rows = await fetch(session, query)
    return {"items": rows, "total": total, "page": asked.page, "size": asked.size}
