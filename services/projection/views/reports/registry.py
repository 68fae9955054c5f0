"""Which report is made by what, and which kind of source is opened by what."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import ReportName, Section, Table
from services.projection.views.reports import dashboard, day_board, partner_quarter, service_level
from services.projection.views.reports.asking import Asked, SourcesParams
from services.projection.views.reports.finance import openers as finance
from services.projection.views.reports.finance import risks, shapes, told_events
from services.projection.views.reports.finance.annual import annual
from services.projection.views.reports.finance.benchmark import benchmark
from services.projection.views.reports.finance.board import board
from services.projection.views.reports.finance.business_case import business_case
from services.projection.views.reports.tickets import notices, openers, totals

Build = Callable[[Asked, AsyncSession], Awaitable[Sequence[Section]]]
Open = Callable[[SourcesParams, Asked, AsyncSession], Awaitable[tuple[Table, int]]]
"""A page of the rows, and how many there are. Raises `ReportSourceUnknown` for a strange one."""

BUILDERS: Mapping[ReportName, Build] = {
    "dashboard": dashboard.build,
    "service-level": service_level.build,
    "day-board": day_board.build,
    "partner-quarter": partner_quarter.build,
    "board": board,
    "annual": annual,
    "business-case": business_case,
    "benchmark": benchmark,
}
OPENERS: Mapping[str, Open] = {
    "tickets": openers.tickets,
    "ratings": openers.ratings,
    totals.TOTALS: totals.open_totals,
    totals.MARKS_GIVEN: totals.open_marks,
    notices.MAINTENANCE: notices.open_maintenance,
    notices.SIGNALS: notices.open_signals,
    shapes.EVENTS: told_events.open_events,
    shapes.FORMULA: finance.open_figures,
    shapes.LINES: finance.open_lines,
    risks.SOURCE: finance.open_risks,
}
