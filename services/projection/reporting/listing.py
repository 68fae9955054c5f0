"""Which kept documents the caller may read, and a page of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.headers import OPERATOR
from contracts.reports import REPORTS
from services.projection.reporting.kept import COLUMNS, Kept
from services.projection.reporting.params import KeptReportsParams
from services.projection.views.sorting import sort_key

_SORTS: Mapping[str, str] = {
    "kept_at": "made_at",
    "report": "report",
    "partner": "partner",
    "period": "period",
    "sequence": "sequence",
}
_READABLE = """
    report = ANY(:reports)
    AND (:all_partners OR partner = ANY(:partners) OR (partner IS NULL AND report = ANY(:shared)))
    AND (CAST(:report AS text) IS NULL OR report = :report)
    AND (CAST(:partner AS text) IS NULL OR partner = :partner)
    AND (CAST(:period AS text) IS NULL OR period = :period)
"""


async def page(session: AsyncSession, asked: KeptReportsParams, context: Context) -> dict[str, Any]:
    """Raises `SortUnknown`."""
    column, descending = sort_key(asked.sort, _SORTS)
    direction = "DESC" if descending else "ASC"
    bound = {**_scope(context), **asked.model_dump(include={"report", "partner", "period"})}
    total = await session.execute(
        text(f"SELECT count(*) FROM kept_report WHERE {_READABLE}"),  # noqa: S608  own words
        bound,
    )
    rows = await session.execute(
        text(f"""
            SELECT {COLUMNS} FROM kept_report WHERE {_READABLE}
            ORDER BY {column} {direction} NULLS LAST, made_at DESC, id
            LIMIT :size OFFSET :skipped
        """),  # noqa: S608  own words
        {**bound, "size": asked.size, "skipped": (asked.page - 1) * asked.size},
    )
    return {
        "kept": [Kept(*row).told() for row in rows],
        "total": total.scalar_one(),
        "page": asked.page,
        "size": asked.size,
    }


def may_read(row: Kept, context: Context) -> bool:
    """As `page` lists it."""
    scope = _scope(context)
    if row.report not in scope["reports"]:
        return False
    if row.partner is None:
        return scope["all_partners"] or row.report in scope["shared"]
    return context.sees(row.partner)


def _scope(context: Context) -> dict[str, Any]:
    """The reports that the caller's roles may read, and of them those that partners share."""
    readable = [
        name
        for name, kind in REPORTS.items()
        if OPERATOR in context.roles or context.roles & kind.readers
    ]
    return {
        "reports": readable,
        "shared": [name for name in readable if REPORTS[name].about == "centre"],
        "all_partners": context.partners is None,
        "partners": sorted(context.partners or ()),
    }
