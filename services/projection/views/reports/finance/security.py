"""Security signals: what was counted of all partners together, month by month."""

from collections.abc import Sequence
from typing import Any, get_args

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from contracts.tickets import signals
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.shapes import cell, lines, nothing, section, table
from services.projection.views.reports.tickets.notices import signals_counted
from services.projection.views.rows import fetch

SORTS: Sequence[Any] = get_args(get_args(signals.SignalSort)[0])
_COUNTED = text("""
    SELECT told.key AS sort, month, CAST(sum(CAST(told.value AS bigint)) AS bigint) AS count
    FROM security_signals, jsonb_each_text(counts) AS told
    WHERE month BETWEEN :first AND :last
    GROUP BY told.key, month
    ORDER BY month, told.key
""")


async def security(asked: Asked, session: AsyncSession) -> Section:
    """A row per month; the sum of each sort opens to its months."""
    months = {"first": f"{asked.period.first:%Y-%m}", "last": f"{asked.period.last:%Y-%m}"}
    found = await fetch(session, _COUNTED, months)
    if not found:
        return section("finance-security", nothing("signals", asked.period.first.year))
    counts = {(each["month"], each["sort"]): each["count"] for each in found}
    totals = [await signals_counted(asked, session, sort) for sort in SORTS]
    return section(
        "finance-security",
        table(
            "finance-signals",
            [("month", "month"), *((sort, "count") for sort in SORTS)],
            (
                (cell(month), *(cell(counts.get((month, sort))) for sort in SORTS))
                for month in dict.fromkeys(each["month"] for each in found)
            ),
            lines("month", *SORTS),
            total=(cell(None), *totals),
        ),
    )
