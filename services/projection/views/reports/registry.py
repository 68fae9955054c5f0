"""Which report is made by what, and which kind of source is opened by what."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import ReportName, Section, Table
from services.projection.views.reports import dashboard
from services.projection.views.reports.asking import Asked, SourcesParams
from services.projection.views.reports.tickets import notices, openers, totals

Build = Callable[[Asked, AsyncSession], Awaitable[Sequence[Section]]]
Open = Callable[[SourcesParams, Asked, AsyncSession], Awaitable[tuple[Table, int]]]
"""A page of the rows, and how many there are. Raises `ReportSourceUnknown` for a strange one."""

BUILDERS: Mapping[ReportName, Build] = {
    "dashboard": dashboard.build,
}
OPENERS: Mapping[str, Open] = {
    "tickets": openers.tickets,
    "ratings": openers.ratings,
    totals.TOTALS: totals.open_totals,
    totals.MARKS_GIVEN: totals.open_marks,
    notices.MAINTENANCE: notices.open_maintenance,
    notices.SIGNALS: notices.open_signals,
}
