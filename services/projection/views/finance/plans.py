"""Business cases planned against realised, and quotes for joining and leaving side by side."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import PartnerForbidden
from services.projection.amounts import difference, euro, total
from services.projection.finance_models import BUSINESS_CASE, QUOTE
from services.projection.finance_position_rows import BusinessCase
from services.projection.finance_rows import Quote
from services.projection.views.finance.comparison import compared
from services.projection.views.finance.lists import load, origin, page_of
from services.projection.views.finance.params import (
    CasesParams,
    ComparisonParams,
    QuotesParams,
)
from services.projection.views.finance.scope import require_keeper, require_position

_SIDES = {
    "savings": ("savings_one_off", "savings_structural"),
    "costs": ("costs_one_off", "costs_structural"),
}
Amounts = Mapping[str, Any]


async def business_cases(
    asked: CasesParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Each case as finance found it to stand, with its themes year by year."""
    require_position(context)
    wanted = [BUSINESS_CASE.table.c.business_case == asked.case] if asked.case else []
    rows = await load(session, BusinessCase, BUSINESS_CASE, *wanted)
    return page_of([case_of(row) for row in rows], asked)


def case_of(row: BusinessCase) -> dict[str, Any]:
    standing = row.standing
    return {
        "case": row.business_case,
        "name": row.name,
        "years": [_year(year) for year in standing["years"]],
        "payback_planned": standing["payback_planned"],
        "payback_expected": standing["payback_expected"],
        "themes": [
            {"theme": theme, "years": list(_theme(years, row.results.get(theme, {})))}
            for theme, years in row.themes.items()
        ],
        **origin(row),
    }


def _year(year: Mapping[str, Any]) -> dict[str, Any]:
    """With what was realised; null while nothing is."""
    realised = {f"{side}_realised": _realised(year, side) for side in _SIDES}
    expected = {side: realised[f"{side}_realised"] or year[f"{side}_planned"] for side in _SIDES}
    planned = {side: year[f"{side}_planned"] for side in _SIDES}
    return {**year, **realised, "net_planned": _net(planned), "net_expected": _net(expected)}


def _realised(year: Mapping[str, Any], side: str) -> str | None:
    variance = year[f"{side}_variance"]
    if variance is None:
        return None
    return euro(Decimal(year[f"{side}_planned"]) + Decimal(variance))


def _net(sides: Mapping[str, str]) -> str:
    return euro(Decimal(sides["savings"]) - Decimal(sides["costs"]))


def _theme(
    planned: Sequence[Amounts], results: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Every year of which something was planned or told, in order."""
    plans = {each["year"]: each for each in planned}
    for year in sorted(plans.keys() | set(map(int, results))):
        plan, told = plans.get(year), results.get(str(year))
        result = told and told["result"]
        yield {
            "year": year,
            "planned": plan,
            "result": result,
            "forecast": bool(told and told["forecast"]),
            **{
                f"{side}_variance": result and difference(_sum(result, side), _sum(plan, side))
                for side in _SIDES
            },
        }


def _sum(amounts: Amounts | None, side: str) -> str:
    return euro(total((amounts or {}).get(name, "0.00") for name in _SIDES[side]))


async def quotes(asked: QuotesParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """Quotes as they were given, the newest first."""
    require_keeper(context)
    table = QUOTE.table.c
    names = ("kind", "partner", "quote")
    wanted = [table[name] == value for name in names if (value := getattr(asked, name))]
    rows = await load(session, Quote, QUOTE, *wanted)
    rows.sort(key=lambda row: row.quoted_at, reverse=True)
    return page_of([quote_of(row) for row in rows], asked)


async def quote_comparison(
    asked: ComparisonParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Side by side, in the order asked. Raises `PartnerForbidden` when one does not exist."""
    require_keeper(context)
    rows = await load(session, Quote, QUOTE, QUOTE.table.c.quote.in_(asked.quotes))
    by_code = {row.quote: quote_of(row) for row in rows}
    if set(asked.quotes) - by_code.keys():
        raise PartnerForbidden
    return compared([by_code[code] for code in asked.quotes])


def quote_of(row: Quote) -> dict[str, Any]:
    told = {name: value for name, value in row._asdict().items() if name not in _KEPT}
    return {**told, **origin(row)}


_KEPT = ("aggregate", "version", "stream_sequence")
