"""Resilience: the risks as they stood, and what there is against them, date by date."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Block, Figure, Of, Section
from services.projection.views.finance.params import ResilienceParams
from services.projection.views.finance.risks import resilience as resilience_view
from services.projection.views.params import LARGEST_PAGE
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import State
from services.projection.views.reports.finance.formulas import (
    Formula,
    Step,
    Steps,
    of_hundred,
    only,
)
from services.projection.views.reports.finance.shapes import (
    Row,
    cell,
    events,
    formula,
    lines,
    nothing,
    paragraph,
    rounded,
    section,
    share,
    table,
)

Assessments = Sequence[Mapping[str, Any]]
_STATES: Mapping[str, State] = {
    "A": "good",
    "B": "good",
    "C": "good",
    "D": "attention",
    "E": "bad",
    "F": "bad",
}
"""How a class of capacity ÷ needed stands: from D down there is less than is needed."""
_HUNDREDTH = "0.01"


async def series(asked: Asked, session: AsyncSession) -> Assessments:
    """What was found on each reference date up to the period's end, the first date first."""
    params = ResilienceParams(to=asked.period.last, size=LARGEST_PAGE)
    found = (await resilience_view(params, asked.reader(), session))["items"]
    return sorted(found, key=_place)


def _place(item: Mapping[str, Any]) -> tuple[Any, ...]:
    ways = [Decimal(item.get(name) or 0) for name in ("percentage", "certainty")]
    return (item["on"], item["way"], *ways)


def resilience(assessed: Assessments) -> Section:
    """Per way its own series, for figures that were reached differently do not compare."""
    if not assessed:
        return section("finance-resilience", nothing("resilience"))
    by_way = {
        way: [each for each in assessed if each["way"] == way]
        for way in ("percentage", "simulation")
    }
    return section(
        "finance-resilience",
        paragraph("resilience-lead"),
        _by_percentage(by_way["percentage"]),
        _by_simulation(by_way["simulation"]),
        _graded(assessed),
        _above_ceiling(assessed[-1]),
    )


def _by_percentage(assessed: Assessments) -> Block | None:
    """What is available as a part of the sum of the risks, against the part that is aimed at."""
    if not assessed:
        return None
    return table(
        "finance-resilience-percentage",
        [
            ("reference-date", "date"),
            ("total", "money"),
            ("capacity", "money"),
            ("resilience-ratio", "percentage"),
            ("target-ratio", "percentage"),
        ],
        (
            (
                cell(each["on"]),
                *_amounts(each, "total", "capacity"),
                cell(of_total(each), of_item("resilience-of-total", each)),
                cell(rounded(each["percentage"]), _recorded(each)),
            )
            for each in assessed
        ),
        lines("reference-date", "resilience-ratio", "target-ratio"),
        lines("reference-date", "total", "capacity"),
    )


def _by_simulation(assessed: Assessments) -> Block | None:
    """What is needed with a certainty, and what repeats the simulation that found it."""
    if not assessed:
        return None
    return table(
        "finance-resilience-simulation",
        [
            ("reference-date", "date"),
            ("total", "money"),
            ("capacity", "money"),
            ("needed", "money"),
            ("certainty", "percentage"),
            ("runs", "count"),
            ("seed", "text"),
        ],
        (
            (
                cell(each["on"]),
                *_amounts(each, "total", "capacity", "needed"),
                cell(rounded(each["certainty"]), _recorded(each)),
                cell(each["runs"], _recorded(each)),
                cell(None if each["seed"] is None else str(each["seed"]), _recorded(each)),
            )
            for each in assessed
        ),
        lines("reference-date", "needed", "capacity"),
    )


def _graded(assessed: Assessments) -> Block:
    """What is available against what is needed, by whichever way, with class and ceiling."""
    return table(
        "finance-resilience-class",
        [
            ("reference-date", "date"),
            ("way", "term"),
            ("needed", "money"),
            ("ratio", "number"),
            ("grade", "text"),
            ("ceiling", "money"),
            ("above-ceiling", "term"),
        ],
        (
            (
                cell(each["on"]),
                cell(f"report-way-{each['way']}"),
                *_amounts(each, "needed"),
                cell(_ratio(each), of_item("resilience-ratio", each)),
                cell(each["grade"], _recorded(each)),
                *_amounts(each, "ceiling"),
                cell("yes" if each["above_ceiling"] else "no", _recorded(each)),
            )
            for each in assessed
        ),
    )


def _ratio(item: Mapping[str, Any]) -> str | None:
    """From the amounts, for what was recorded is rounded; `None` where nothing is needed."""
    needed = Decimal(item["needed"])
    return rounded(Decimal(item["capacity"]) / needed, _HUNDREDTH) if needed else None


def _amounts(item: Mapping[str, Any], *names: str) -> Row:
    of = {"total": of_item("resilience-total", item)}
    return tuple(cell(item[name], of.get(name, _recorded(item))) for name in names)


def _recorded(item: Mapping[str, Any]) -> Of:
    return events(item["aggregate"], item["version"])


def of_item(figure: str, item: Mapping[str, Any]) -> Any:
    return formula(figure, date=item["on"], version=item["version"])


def of_total(item: Mapping[str, Any]) -> str | None:
    """Capacity in whole per cents of the sum of the net amounts, as boards are told it."""
    return share(item["capacity"], item["total"])


def _above_ceiling(last: Mapping[str, Any]) -> Block | None:
    if not last["above_ceiling"]:
        return None
    return paragraph(
        "above-the-ceiling",
        capacity=(last["capacity"], "money"),
        ceiling=(last["ceiling"], "money"),
    )


def key_figures(assessed: Assessments) -> list[Figure]:
    """The ratio on the last reference date, against what it should be; of each way."""
    last = {each["way"]: each for each in assessed}
    return [_key_figure(last[way]) for way in sorted(last)]


def _key_figure(item: Mapping[str, Any]) -> Figure:
    simulated = item["way"] == "simulation"
    whole = "needed" if simulated else "total"
    target = None if simulated else rounded(item["percentage"])
    return Figure(
        label=f"report-finance-ratio-by-{item['way']}",
        kind="percentage",
        cell=cell(share(item["capacity"], item[whole]), of_item(f"resilience-of-{whole}", item)),
        target=cell(target or "100", events(item["aggregate"], item["version"])),
        state=_STATES.get(item["grade"] or ""),
    )


# Formulas


async def _item(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Mapping[str, Any]:
    return only(
        each
        for each in await series(asked, session)
        if (str(each["on"]), str(each["version"])) == (where["date"], where["version"])
    )


def _part_of(whole: str, *, hundred: bool) -> Formula:
    """Capacity divided by another amount of the assessment."""

    async def steps(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
        item = await _item(where, asked, session)
        of = events(item["aggregate"], item["version"])
        last = [of_hundred()] if hundred else []
        return [
            Step("plus", "capacity", amount=item["capacity"], of=of),
            Step("divided-by", whole, amount=item[whole], of=of),
            *last,
        ]

    return steps


async def _total(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    """The risks as they counted; pro memoria ones add nothing."""
    item = await _item(where, asked, session)
    return [
        Step(
            "plus",
            "net",
            amount=part["net"] or "0.00",
            about=part["name"],
            of=events(f"risk/{part['risk']}", until=item["on"]),
        )
        for part in item["risks"]
    ]


FORMULAS: Mapping[str, Formula] = {
    "resilience-total": _total,
    "resilience-of-total": _part_of("total", hundred=True),
    "resilience-of-needed": _part_of("needed", hundred=True),
    "resilience-ratio": _part_of("needed", hundred=False),
}
