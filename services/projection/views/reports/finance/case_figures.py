"""How the figures of a business case are calculated: from themes, plans, and years before."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.cases import (
    PARTS,
    SIDES,
    Case,
    Year,
    both,
    monitored,
    of_year,
)
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, only, plus
from services.projection.views.reports.finance.shapes import events


async def _case(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Case:
    return only(e for e in await monitored(asked, session) if e["case"] == where["case"])


async def _year_amount(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    """Of a year: the themes that make it up, or the figures that it follows from."""
    case, name = await _case(where, asked, session), where["amount"]
    year = only(e for e in case["years"] if str(e["year"]) == where["year"])
    side, _, what = name.partition("_")
    if side in SIDES:
        return _side(case, year, side, what)
    if side == "net":
        return _nets(case, year, what)
    return [
        Step(
            "plus",
            f"net-{what}",
            amount=each[f"net_{what}"],
            about=str(each["year"]),
            of=of_year(case, each["year"], f"net_{what}"),
        )
        for each in case["years"]
        if each["year"] <= year["year"]
    ]


def _side(case: Case, year: Year, side: str, what: str) -> Steps:
    if what == "variance":
        names = (("plus", f"{side}_realised"), ("minus", f"{side}_planned"))
        return _steps(case, year, names)
    return plus(
        f"{side}-{what}",
        (
            (theme["theme"], _told_or_planned(each, side, what), events(case["aggregate"]))
            for theme in sorted(case["themes"], key=lambda theme: theme["theme"])
            for each in theme["years"]
            if each["year"] == year["year"]
        ),
    )


def _told_or_planned(year: Year, side: str, what: str) -> str | None:
    """Of a theme of which nothing was told yet, the plan counts as what is expected."""
    planned = both(year["planned"], side)
    return planned if what == "planned" else both(year["result"], side) or planned


def _nets(case: Case, year: Year, what: str) -> Steps:
    """What was realised counts; where nothing was, what was planned."""
    sides = {
        side: f"{side}_realised"
        if what == "expected" and year[f"{side}_realised"] is not None
        else f"{side}_planned"
        for side in SIDES
    }
    return _steps(case, year, (("plus", sides["savings"]), ("minus", sides["costs"])))


def _steps(case: Case, year: Year, names: Any) -> Steps:
    return [
        Step(
            taken,
            name.replace("_", "-"),
            amount=year[name],
            about=str(year["year"]),
            of=of_year(case, year["year"], name),
        )
        for taken, name in names
    ]


async def _years_sum(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    case, name = await _case(where, asked, session), where["amount"]
    return plus(
        name.replace("_", "-"),
        (
            (str(year["year"]), year[name], of_year(case, year["year"], name))
            for year in case["years"]
        ),
    )


async def _theme_amount(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    """One-off and structural of a theme's year; a variance from what was told and planned."""
    case = await _case(where, asked, session)
    theme = only(e for e in case["themes"] if e["theme"] == where["theme"])
    year = only(e for e in theme["years"] if str(e["year"]) == where["year"])
    side, _, what = where["amount"].partition("-")
    of = events(case["aggregate"])
    if what != "variance":
        amounts = year["planned" if what == "planned" else "result"] or {}
        return plus(
            f"{side}-{what}",
            ((None, amounts.get(f"{side}_{part}"), of) for part in PARTS),
        )
    return [
        Step("plus", f"{side}-realised", amount=both(year["result"], side), of=of),
        Step("minus", f"{side}-planned", amount=both(year["planned"], side) or "0.00", of=of),
    ]


FORMULAS: Mapping[str, Formula] = {
    "case": _year_amount,
    "case-sum": _years_sum,
    "theme": _theme_amount,
}
