"""What working together brought beside money, by goal and field of work: the four K's.

Recorded as indicators that say which goal they show; of each its last year.
"""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from contracts.finance.plans import Goal
from contracts.reports import Section
from services.projection.views.reports.finance.benchmark import beside
from services.projection.views.reports.finance.shapes import (
    Row,
    cell,
    nothing,
    paragraph,
    section,
    table,
)

_GOALS: Sequence[str] = get_args(Goal)
Indicator = Mapping[str, Any]


def goals(known: Sequence[Indicator]) -> Section:
    """In the order of the goals; what is of no field in particular comes first."""
    found = sorted((each for each in known if each["goal"]), key=_place)
    if not found:
        return section("finance-goals", nothing("goals"))
    return section(
        "finance-goals",
        paragraph("goals-lead"),
        table(
            "finance-goals",
            [
                ("goal", "term"),
                ("domain", "term"),
                ("indicator", "text"),
                ("unit", "term"),
                ("year", "text"),
                ("outcome", "number"),
                ("compared-with", "number"),
                ("difference-number", "number"),
            ],
            map(_row, found),
        ),
    )


def _place(indicator: Indicator) -> tuple[int, str, str]:
    goal = _GOALS.index(indicator["goal"])
    return goal, indicator["domain"] or "", indicator["indicator"]


def _row(indicator: Indicator) -> Row:
    domain, years = indicator["domain"], indicator["years"]
    return (
        cell(f"goal-{indicator['goal']}"),
        cell(f"domain-{domain}" if domain else "report-finance-every-domain"),
        cell(indicator["name"]),
        cell(f"indicator-unit-{indicator['unit']}"),
        *beside(indicator["indicator"], years[max(years)]),
    )
