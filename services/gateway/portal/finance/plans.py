"""Policy indicators, business cases and quotes."""

from decimal import Decimal
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from services.gateway.charts import Course, course
from services.gateway.portal.finance.asking import every, names, only, view
from services.gateway.portal.finance.places import page
from services.gateway.portal.visit import Visiting

_COMPARED = range(2, 7)
"""So many quotes can stand beside each other."""


async def indicators(visit: Visiting) -> Response:
    found = await every(visit, "indicators")
    residents = await view(visit, "cost-per-resident", benchmark="ict-kosten-per-inwoner")
    rows = [
        (str(row["year"]), {name: _amount(row[name]) for name in ("amount", "benchmark")})
        for row in residents["items"]
    ]
    return await page(
        visit,
        "finance_indicators.html",
        indicators=found,
        charts={one["indicator"]: _course(one) for one in found if len(one["years"]) > 1},
        residents=residents["items"],
        chart=course(rows, ("amount",), "benchmark") if rows else None,
    )


async def cases(visit: Visiting) -> Response:
    return await page(visit, "finance_cases.html", cases=await every(visit, "business-cases"))


async def case(visit: Visiting, case: str) -> Response:
    found = await only(visit, "business-cases", case=case)
    rows = [
        (
            str(row["year"]),
            {"planned": _amount(row["net_planned"]), "expected": _amount(row["net_expected"])}
            | {"cumulative": _amount(row["cumulative_expected"])},
        )
        for row in found["years"]
    ]
    return await page(
        visit,
        "finance_case.html",
        case=found,
        chart=course(rows, ("planned", "expected"), "cumulative") if rows else None,
    )


async def quotes(
    visit: Visiting, vergelijk: Annotated[list[str] | None, Query()] = None
) -> Response:
    """All of them; those that are chosen stand beside each other."""
    compared = vergelijk or []
    told: dict[str, Any] | None = None
    if len(compared) in _COMPARED:
        told = await view(visit, "quote-comparison", quotes=compared)
    return await page(
        visit,
        "finance_quotes.html",
        quotes=await every(visit, "quotes"),
        compared=compared,
        comparison=told,
        names=await names(visit),
    )


async def quote(visit: Visiting, quote: str) -> Response:
    found = await only(visit, "quotes", quote=quote)
    return await page(visit, "finance_quote.html", quote=found, names=await names(visit))


def _course(indicator: dict[str, Any]) -> Course:
    """The figure of each year, with the benchmark as a line."""
    rows = [
        (str(row["year"]), {name: _amount(row[name]) for name in ("value", "benchmark")})
        for row in indicator["years"]
    ]
    return course(rows, ("value",), "benchmark")


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
