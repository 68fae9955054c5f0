"""Policy indicators, this year beside the year before; and what the centre costs per resident."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.amounts import difference
from services.projection.views.finance.indicators import indicators as indicators_view
from services.projection.views.finance.params import IndicatorsParams
from services.projection.views.params import LARGEST_PAGE
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, only
from services.projection.views.reports.finance.shapes import (
    Row,
    cell,
    events,
    formula,
    nothing,
    paragraph,
    section,
    table,
)

Told = Mapping[int, Mapping[str, Any]]
"""What an indicator was, by year."""


async def known(asked: Asked, session: AsyncSession) -> Sequence[Mapping[str, Any]]:
    """Every indicator with its years up to the period's end, by code; none without a year."""
    params = IndicatorsParams(size=LARGEST_PAGE)
    items = (await indicators_view(params, asked.reader(), session))["items"]
    return list(_until(items, asked.period.last.year))


def _until(items: Sequence[Mapping[str, Any]], year: int) -> Iterator[Mapping[str, Any]]:
    for item in items:
        years = {each["year"]: each for each in item["years"] if each["year"] <= year}
        if years:
            yield {**item, "years": years}


def policy(asked: Asked, found: Sequence[Mapping[str, Any]]) -> Section:
    """Those of which this year or the year before is known."""
    year = asked.period.first.year
    shown = [each for each in found if each["years"].keys() & {year, year - 1}]
    if not shown:
        return section("finance-indicators", nothing("indicators", year))
    return section(
        "finance-indicators",
        paragraph("indicators-lead"),
        table(
            "finance-indicators",
            [
                ("indicator", "text"),
                ("unit", "term"),
                ("year-before", "number"),
                ("this-year", "number"),
                ("change-number", "number"),
                ("benchmark", "number"),
            ],
            (_row(each, year) for each in shown),
        ),
    )


def _row(indicator: Mapping[str, Any], year: int) -> Row:
    before, now = (indicator["years"].get(each) for each in (year - 1, year))
    change = difference(now and now["value"], before and before["value"])
    return (
        cell(indicator["name"]),
        cell(f"indicator-unit-{indicator['unit']}"),
        told(before),
        told(now),
        cell(change, formula("indicator-change", indicator=indicator["indicator"])),
        told(now, "benchmark"),
    )


def told(each: Mapping[str, Any] | None, field: str = "value") -> Any:
    """A figure of an indicator's year, to be opened to where it was set."""
    return cell(each[field], events(each["aggregate"])) if each else cell(None)


# Formulas


async def _change(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    year = asked.period.first.year
    found = await known(asked, session)
    years: Told = only(e["years"] for e in found if e["indicator"] == where["indicator"])
    now, before = years[year], years[year - 1]
    return [
        Step("plus", "this-year", number=now["value"], of=events(now["aggregate"])),
        Step("minus", "year-before", number=before["value"], of=events(before["aggregate"])),
    ]


FORMULAS: Mapping[str, Formula] = {"indicator-change": _change}
