"""The risk register at the period's end: the largest risks, and what changed in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.periods import previous
from contracts.reports import Figure, Of, Section, Table
from services.projection.views.finance.params import RisksParams
from services.projection.views.finance.risks import risks as risks_view
from services.projection.views.params import LARGEST_PAGE
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.formulas import Formula, Step, Steps, only
from services.projection.views.reports.finance.shapes import (
    Row,
    added,
    bars,
    cell,
    events,
    formula,
    less,
    nothing,
    paragraph,
    section,
    table,
)

Register = Sequence[Mapping[str, Any]]
SHOWN = 10
"""The largest, one by one; the others are told together."""
SOURCE = "risks"
_OPEN = Of(source=SOURCE)


async def register(asked: Asked, session: AsyncSession, on: date | None = None) -> Register:
    """The open risks on a day (the period's last), the largest first, pro memoria ones last."""
    params = RisksParams(on=on or asked.period.last, status="open", size=LARGEST_PAGE)
    found = (await risks_view(params, asked.reader(), session))["items"]
    return sorted(found, key=lambda each: (-Decimal(each["net"] or -1), each["risk"]))


async def before(asked: Asked, session: AsyncSession) -> Mapping[str, Mapping[str, Any]]:
    """The open risks at the end of the period before, by their codes."""
    found = await register(asked, session, previous(asked.period).last)
    return {each["risk"]: each for each in found}


def top_risks(found: Register, earlier: Mapping[str, Mapping[str, Any]]) -> Section:
    if not found:
        return section("finance-risks", nothing("risks"))
    rest = found[SHOWN:]
    return section(
        "finance-risks",
        paragraph("risks-lead", count=(len(found), "count")),
        _table(found[:SHOWN], earlier, found),
        paragraph("risks-rest", count=(len(rest), "count"), net=(net(rest), "money"))
        if rest
        else None,
        _gone(found, earlier),
    )


def _table(shown: Register, earlier: Mapping[str, Mapping[str, Any]], found: Register) -> Table:
    whole = cell(net(found), formula("risks-net"))
    was = cell(net(earlier.values()), formula("risks-net-before"))
    change = cell(less(net(found), net(earlier.values())), formula("risks-change"))
    return table(
        "finance-risks",
        [
            ("risk", "text"),
            ("owner", "text"),
            ("chance", "term"),
            ("net", "money"),
            ("net-before", "money"),
            ("change", "money"),
            ("review-on", "date"),
        ],
        (_row(each, earlier.get(each["risk"])) for each in shown),
        bars("risk", "net"),
        total=(*(cell(None) for _ in range(3)), whole, was, change, cell(None)),
    )


def _row(risk: Mapping[str, Any], was: Mapping[str, Any] | None) -> Row:
    now = events(risk["aggregate"], risk["aggregate_version"])
    net_before = was["net"] if was else None
    then = events(risk["aggregate"], was["aggregate_version"]) if was else None
    return (
        cell(risk["name"]),
        cell(risk["owner"]),
        cell(f"chance-{risk['chance']}"),
        cell(risk["net"], now),
        cell(net_before, then),
        cell(less(risk["net"], net_before), formula("risk-change", risk=risk["risk"])),
        cell(risk["review_on"]),
    )


def _gone(found: Register, earlier: Mapping[str, Mapping[str, Any]]) -> Any:
    """What was a risk at the end of the period before, and is none any more."""
    gone = earlier.keys() - {each["risk"] for each in found}
    names = ", ".join(earlier[risk]["name"] for risk in sorted(gone))
    return paragraph("risks-gone", names=(names, "text")) if gone else None


def net(found: Any) -> str:
    return added(each["net"] for each in found)


def key_figures(found: Register) -> Sequence[Figure]:
    if not found:
        return ()
    counted, amount = cell(len(found), _OPEN), cell(net(found), formula("risks-net"))
    return [
        Figure(label="report-finance-open-risks", kind="count", cell=counted),
        Figure(label="report-finance-net", kind="money", cell=amount),
    ]


async def opened(asked: Asked, session: AsyncSession) -> Table:
    """The risks that were open at the period's end, one by one."""
    found = await register(asked, session)
    return table(
        "finance-open-risks",
        [("risk", "text"), ("category", "text"), ("net", "money"), ("review-on", "date")],
        (
            (
                cell(each["name"], events(each["aggregate"])),
                cell(each["category"]),
                cell(each["net"], events(each["aggregate"], each["aggregate_version"])),
                cell(each["review_on"]),
            )
            for each in found
        ),
    )


# Formulas


async def _net(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    return _steps(await register(asked, session))


async def _net_before(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    return _steps((await before(asked, session)).values())


def _steps(found: Any) -> Steps:
    return [
        Step(
            "plus",
            "net",
            amount=each["net"] or "0.00",
            about=each["name"],
            of=events(each["aggregate"], each["aggregate_version"]),
        )
        for each in found
    ]


async def _change(where: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    risk = only(e for e in await register(asked, session) if e["risk"] == where["risk"])
    was = (await before(asked, session))[where["risk"]]
    now, then = (events(e["aggregate"], e["aggregate_version"]) for e in (risk, was))
    return [
        Step("plus", "net", amount=risk["net"], about=risk["name"], of=now),
        Step("minus", "net-before", amount=was["net"], about=was["name"], of=then),
    ]


async def _changes(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    now, then = await register(asked, session), (await before(asked, session)).values()
    return [
        Step("plus", "net", amount=net(now), of=formula("risks-net")),
        Step("minus", "net-before", amount=net(then), of=formula("risks-net-before")),
    ]


FORMULAS: Mapping[str, Formula] = {
    "risks-net": _net,
    "risks-net-before": _net_before,
    "risk-change": _change,
    "risks-change": _changes,
}
