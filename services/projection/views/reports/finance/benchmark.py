"""The benchmark: what ICT costs per resident against the national figure, and digital maturity.

Of all partners together: what one of them costs or has is its own.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.amounts import difference
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance import indicators, per_resident
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, only
from services.projection.views.reports.finance.indicators import told
from services.projection.views.reports.finance.shapes import (
    Row,
    bars,
    cell,
    events,
    formula,
    nothing,
    paragraph,
    section,
    table,
)

MATURITY = "digitale-volwassenheid"
"""The indicator that holds the score, with as its benchmark that of others."""
_TOLD_APART = (MATURITY, *per_resident.NATIONAL)


async def benchmark(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    known = await indicators.known(asked, session)
    sections = [
        per_resident.per_resident(asked, await per_resident.years(asked, session)),
        _maturity(asked, known),
        compared(known),
    ]
    return [each for each in sections if each is not None]


def _maturity(asked: Asked, known: Sequence[Mapping[str, Any]]) -> Section:
    found = next((each for each in known if each["indicator"] == MATURITY), None)
    if found is None:
        return section("finance-maturity", nothing("maturity", asked.period.last.year))
    return section(
        "finance-maturity",
        paragraph("maturity-lead"),
        table(
            "finance-maturity",
            [
                ("year", "text"),
                ("own-score", "percentage"),
                ("others-score", "percentage"),
                ("difference-points", "number"),
            ],
            (beside(MATURITY, each) for _, each in sorted(found["years"].items())),
            bars("year", "own-score", "others-score"),
        ),
    )


def beside(code: str, year: Mapping[str, Any]) -> Row:
    """A year of an indicator: what it was, what others have, and the difference."""
    gap = formula("benchmark-difference", indicator=code, year=year["year"])
    return (
        cell(str(year["year"])),
        told(year),
        told(year, "benchmark"),
        cell(difference(year["value"], year["benchmark"]), gap),
    )


def compared(known: Sequence[Mapping[str, Any]]) -> Section | None:
    """Other indicators that others have been compared on, each in its last such year."""
    rows = []
    for each in known:
        if each["indicator"] in _TOLD_APART:
            continue
        years = [year for year in each["years"].values() if year["benchmark"] is not None]
        if years:
            last = max(years, key=lambda year: year["year"])
            unit = cell(f"indicator-unit-{each['unit']}")
            rows.append((cell(each["name"]), unit, *beside(each["indicator"], last)))
    if not rows:
        return None
    return section(
        "finance-compared",
        table(
            "finance-compared",
            [
                ("indicator", "text"),
                ("unit", "term"),
                ("year", "text"),
                ("own", "number"),
                ("others", "number"),
                ("difference-number", "number"),
            ],
            rows,
        ),
    )


# Formulas


async def _difference(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    found = await indicators.known(asked, session)
    item = only(e for e in found if e["indicator"] == where["indicator"])
    year = item["years"][int(where["year"])]
    of = events(year["aggregate"])
    return [
        Step("plus", "own", number=Decimal(year["value"]), about=item["name"], of=of),
        Step("minus", "others", number=Decimal(year["benchmark"]), about=item["name"], of=of),
    ]


FORMULAS: Mapping[str, Formula] = {"benchmark-difference": _difference}
