"""Opening a figure of money: to its calculation, its events, its lines of charging, its risks.

Everything is read as for the report itself, so an opened figure shows no more than that may hold;
and a report opens only what figures of it are made of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from contracts.reports import Cell, Table
from services.projection.errors import ReportSourceUnknown
from services.projection.views.finance.charging import lines as lines_view
from services.projection.views.finance.params import LinesParams
from services.projection.views.params import LARGEST_PAGE
from services.projection.views.reports.asking import Asked, SourcesParams
from services.projection.views.reports.finance import (
    balance,
    benchmark,
    bills,
    budget,
    case_figures,
    cash,
    explained,
    indicators,
    interest,
    loans,
    own_costs,
    own_forecast,
    per_resident,
    programme,
    resilience,
    risks,
)
from services.projection.views.reports.finance.formulas import Formula, as_table
from services.projection.views.reports.finance.own_year import of_basis
from services.projection.views.reports.finance.shapes import Row, added, cell, table

Opened = tuple[Table, int]

CENTRE = frozenset({"annual", "board", "business-case", "benchmark"})
"""Reports of where the centre stands."""
PARTNER = frozenset({"partner-quarter"})


def _formulas(*modules: ModuleType) -> dict[str, Formula]:
    return {name: formula for module in modules for name, formula in module.FORMULAS.items()}


_OF_CENTRE = _formulas(
    balance,
    benchmark,
    budget,
    case_figures,
    cash,
    indicators,
    interest,
    loans,
    per_resident,
    programme,
    resilience,
    risks,
)
_OF_PARTNER = _formulas(bills, budget, explained, own_costs, own_forecast)


def formulas(asked: Asked) -> Mapping[str, Formula]:
    """Those by which figures of the report are calculated."""
    if asked.name in CENTRE:
        return _OF_CENTRE
    return _OF_PARTNER if asked.name in PARTNER else {}


def reader(params: SourcesParams, asked: Asked) -> Context:
    """Who opens it: of a partner's report no more than a client of that partner.

    Raises `ReportSourceUnknown` for a report that tells nothing of money.
    """
    if asked.name in CENTRE:
        return asked.reader()
    if asked.name in PARTNER:
        return replace(asked.reader(), roles=frozenset({"client"}))
    raise ReportSourceUnknown("source", source=params.source)


async def open_figures(params: SourcesParams, asked: Asked, session: AsyncSession) -> Opened:
    """The calculation, step by step. Raises `ReportSourceUnknown`."""
    where = dict(params.where)
    formula = formulas(asked).get(where.pop("figure", ""))
    if formula is None:
        raise strange(params)
    try:
        steps = await formula(where, asked, session)
    except (LookupError, ValueError) as error:
        raise strange(params) from error
    return page(as_table(steps), params)


async def open_risks(params: SourcesParams, asked: Asked, session: AsyncSession) -> Opened:
    """The risks that were open at the period's end. Raises `ReportSourceUnknown`."""
    if asked.name not in CENTRE or params.where:
        raise strange(params)
    return page(await risks.opened(asked, session), params)


async def open_lines(params: SourcesParams, asked: Asked, session: AsyncSession) -> Opened:
    """The partner's lines of a run, with what explains each. Raises `ReportSourceUnknown`."""
    if asked.name not in PARTNER:
        raise strange(params)
    told = {**params.where, "partner": asked.partner, "size": LARGEST_PAGE}
    try:
        wanted = LinesParams.model_validate(told)
    except ValueError as error:
        raise strange(params) from error
    found = (await lines_view(wanted, reader(params, asked), session))["items"]
    return page(_lines(found), params)


def _lines(found: Sequence[Mapping[str, Any]]) -> Table:
    return table(
        "finance-charging-lines",
        [
            ("pool", "text"),
            ("method", "term"),
            ("driver", "term"),
            ("first-day", "date"),
            ("last-day", "date"),
            ("own-count", "number"),
            ("of-count", "number"),
            ("of-amount", "money"),
            ("price", "money"),
            ("amount", "money"),
        ],
        map(_line, found),
        total=(*(cell(None) for _ in range(9)), cell(added(each["amount"] for each in found))),
    )


def _line(line: Mapping[str, Any]) -> Row:
    driver = line.get("driver")
    return (
        cell(line["pool"]),
        cell(f"method-{line['method']}"),
        cell(driver and f"driver-{driver}"),
        cell(line["first"]),
        cell(line["last"]),
        cell(line.get("count")),
        cell(line.get("of_count")),
        cell(line.get("of_amount"), of_basis(line)),
        cell(line.get("price"), of_basis(line)),
        cell(line["amount"]),
    )


def page(told: Table, params: SourcesParams) -> Opened:
    first = (params.page - 1) * params.size
    shown: tuple[tuple[Cell, ...], ...] = told.rows[first : first + params.size]
    return told.model_copy(update={"rows": shown}), len(told.rows)


def strange(params: SourcesParams) -> ReportSourceUnknown:
    return ReportSourceUnknown("where", source=params.source)
