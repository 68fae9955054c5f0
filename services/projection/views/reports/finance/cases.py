"""The business case monitor: savings and costs as planned, against what came of them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Chart, Figure, Of, Section, Table
from services.projection.amounts import ZERO, euro, total
from services.projection.views.finance.plans import case_of
from services.projection.views.finance.scope import require_position
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import State
from services.projection.views.reports.finance.as_then import cases_by
from services.projection.views.reports.finance.shapes import (
    Row,
    added,
    bars,
    cell,
    events,
    figures,
    formula,
    lines,
    paragraph,
    section,
    table,
)

Case = Mapping[str, Any]
Year = Mapping[str, Any]
SIDES = ("savings", "costs")
PARTS = ("one_off", "structural")


async def monitored(asked: Asked, session: AsyncSession) -> Sequence[Case]:
    """Every case as it was told up to the period's end, by its code."""
    require_position(asked.reader())
    found = await cases_by(session, asked.period.last)
    return [case_of(row) for row in sorted(found, key=lambda row: row.business_case)]


def section_of(asked: Asked, case: Case) -> Section:
    key_figures = figures(*_paybacks(case), *_so_far(asked, case))
    told = section("finance-case", paragraph("case-lead"), key_figures, _years(case), _net(case))
    themes = [_themes(case)] if case["themes"] else []
    return told.model_copy(update={"heading": case["name"], "blocks": (*told.blocks, *themes)})


def _paybacks(case: Case) -> list[Figure]:
    """When the case has paid itself back: none where it does not within its years."""
    of = events(case["aggregate"], case["aggregate_version"])
    return [
        Figure(
            label=f"report-finance-payback-{name}",
            kind="year-part",
            cell=cell(case[f"payback_{name}"], of),
        )
        for name in ("planned", "expected")
    ]


def _so_far(asked: Asked, case: Case) -> list[Figure]:
    """The cumulative net up to the report's year, planned and expected."""
    year = asked.period.first.year
    return [
        Figure(
            label=f"report-finance-so-far-{what}",
            kind="money",
            cell=_amount(case, each, f"cumulative_{what}"),
            state=state,
        )
        for each in case["years"]
        if each["year"] == year
        for what, state in (("planned", None), ("expected", _state(each)))
    ]


def _state(year: Year) -> State:
    behind = Decimal(year["cumulative_expected"]) < Decimal(year["cumulative_planned"])
    return "attention" if behind else "good"


def _years(case: Case) -> Table:
    amounts = [f"{side}_{what}" for side in SIDES for what in ("planned", "realised", "variance")]
    return table(
        "finance-case-years",
        [
            ("year", "text"),
            ("standing", "term"),
            *((name.replace("_", "-"), "money") for name in amounts),
        ],
        (
            (
                cell(str(year["year"])),
                cell(f"report-standing-{_standing(case, year['year'])}"),
                *(_amount(case, year, name) for name in amounts),
            )
            for year in case["years"]
        ),
        bars("year", "savings-planned", "savings-realised", "costs-planned", "costs-realised"),
        total=(
            cell(None),
            cell(None),
            *(cell(_sum(case, name), of_sum(case, name)) for name in amounts),
        ),
    )


def _standing(case: Case, year: int) -> str:
    """Realised when of every theme it was told what it was."""
    told = [each for theme in case["themes"] for each in theme["years"] if each["year"] == year]
    results = [each for each in told if each["result"]]
    if not results:
        return "planned"
    whole = len(results) == len(told) and not any(each["forecast"] for each in results)
    return "realised" if whole else "expected"


def _net(case: Case) -> Table:
    amounts = ("net_planned", "net_expected", "cumulative_planned", "cumulative_expected")
    drawn: tuple[Chart, ...] = (lines("year", "cumulative-planned", "cumulative-expected"),)
    return table(
        "finance-case-net",
        [("year", "text"), *((name.replace("_", "-"), "money") for name in amounts)],
        (
            (cell(str(year["year"])), *(_amount(case, year, name) for name in amounts))
            for year in case["years"]
        ),
        *drawn,
    )


def _amount(case: Case, year: Year, name: str) -> Any:
    return cell(year[name], of_year(case, year["year"], name))


def of_year(case: Case, year: int, name: str) -> Of:
    return formula("case", case=case["case"], year=year, amount=name)


def of_sum(case: Case, name: str) -> Of:
    return formula("case-sum", case=case["case"], amount=name)


def _sum(case: Case, name: str) -> str | None:
    """`None` while nothing was realised in any of the years."""
    amounts = [year[name] for year in case["years"] if year[name] is not None]
    return added(amounts) if amounts else None


def _themes(case: Case) -> Table:
    """The results per field: what was planned for it, what came of it."""
    return table(
        "finance-case-themes",
        [
            ("theme", "text"),
            ("year", "text"),
            ("standing", "term"),
            *((f"{side}-{what}", "money") for side in SIDES for what in _THEME),
        ],
        (
            _theme_row(case, theme["theme"], year)
            for theme in sorted(case["themes"], key=lambda theme: theme["theme"])
            for year in theme["years"]
        ),
    )


def _theme_row(case: Case, theme: str, year: Year) -> Row:
    standing = "expected" if year["forecast"] else "realised"
    return (
        cell(theme),
        cell(str(year["year"])),
        cell(f"report-standing-{standing if year['result'] else 'planned'}"),
        *(
            cell(
                take(year, side),
                formula(
                    "theme",
                    case=case["case"],
                    theme=theme,
                    year=year["year"],
                    amount=f"{side}-{what}",
                ),
            )
            for side in SIDES
            for what, take in _THEME.items()
        ),
    )


def both(amounts: Mapping[str, Any] | None, side: str) -> str | None:
    """One-off and structural together."""
    if amounts is None:
        return None
    return euro(total(amounts.get(f"{side}_{part}", ZERO) for part in PARTS))


_THEME: Mapping[str, Callable[[Year, str], str | None]] = {
    "planned": lambda year, side: both(year["planned"], side),
    "realised": lambda year, side: both(year["result"], side),
    "variance": lambda year, side: year[f"{side}_variance"],
}
