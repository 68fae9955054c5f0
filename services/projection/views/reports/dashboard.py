"""The dashboard of a partner as a document: how its tickets stand, and what a period brought."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Block, Cell, Chart, Column, Figure, Figures, Section, Table, ValueKind
from services.projection.views import dashboard as live
from services.projection.views.params import DashboardParams
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import State, moment, told
from services.projection.views.reports.tickets import ahead, experience
from services.projection.views.reports.tickets.measures import counted, of

_STANDING: Mapping[str, tuple[str, State | None]] = {
    "open": ("open", None),
    "due-today": ("due_today", None),
    "at-risk": ("at_risk", "attention"),
    "overdue": ("overdue", "bad"),
}
"""Measure, where the dashboard tells it, and how it stands when there are any."""


async def build(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    if asked.partner is None:
        raise ValueError("a dashboard is of one partner")
    params = DashboardParams.model_validate(
        {"partner": asked.partner, "from": asked.period.first, "to": asked.period.last}
    )
    figures = await live.dashboard(params, asked.reader(), session)
    return [
        Section(key="standing", blocks=tuple(_standing(figures))),
        Section(key="flow", blocks=tuple(_flow(figures))),
        Section(key="norms", blocks=(_norms(figures),)),
        Section(key="satisfaction", blocks=(await experience.figures(asked, session),)),
        Section(key="out-of-catalogue", blocks=(_out_of_catalogue(figures),)),
        Section(key="breaches", blocks=(_breaches(figures),)),
        Section(key="ahead", blocks=tuple(await ahead.tables(asked, session))),
    ]


def _standing(figures: Mapping[str, Any]) -> Sequence[Block]:
    opened = figures["open"]
    totals = {**figures, "open": opened["total"]}
    return [
        Figures(
            figures=tuple(
                _count(measure, totals[name], state) for measure, (name, state) in _STANDING.items()
            )
        ),
        _open_by("kind", [(f"kind-{kind}", kind, n) for kind, n in opened["by_kind"].items()]),
        _open_by(
            "priority", [(f"priority-{at}", at, n) for at, n in opened["by_priority"].items()]
        ),
        _open_by(
            "age",
            [
                (f"age-{row['label'].replace('+', '-more')}", row["label"], row["count"])
                for row in opened["by_age"]
            ],
        ),
    ]


def _count(measure: str, value: int, state: State | None = None) -> Figure:
    return Figure(
        label=f"report-figure-{measure}",
        kind="count",
        cell=counted(value, measure),
        state=None if state is None else state if value else "good",
    )


def _open_by(dimension: str, groups: Sequence[tuple[str, str, int]]) -> Table:
    """`groups`: the text, the value and how many."""
    rows = [
        (Cell(value=text), counted(count, "open", **{dimension: value}))
        for text, value, count in groups
    ]
    return Table(
        key=f"open-by-{dimension}",
        columns=(Column(key=dimension, kind="term"), Column(key="open", kind="count")),
        rows=tuple(rows),
        charts=(Chart(kind="bars", along="age", series=("open",)),) if dimension == "age" else (),
    )


def _flow(figures: Mapping[str, Any]) -> Sequence[Block]:
    days = [
        (
            Cell(value=str(day["date"])),
            counted(day["opened"], "received", first=day["date"], last=day["date"]),
            counted(day["resolved"], "resolved", first=day["date"], last=day["date"]),
        )
        for day in figures["per_day"]
    ]
    table = Table(
        key="per-day",
        columns=(
            Column(key="day", kind="date"),
            Column(key="received", kind="count"),
            Column(key="resolved", kind="count"),
        ),
        rows=tuple(days),
        charts=(Chart(kind="lines", along="day", series=("received", "resolved")),),
    )
    totals = (_count("received", figures["inflow"]), _count("resolved", figures["resolved"]))
    return [Figures(figures=totals), table]


def _norms(figures: Mapping[str, Any]) -> Figures:
    response, resolution = figures["response"], figures["resolution"]
    told_of: Sequence[tuple[str, ValueKind, Any, str]] = (
        ("response-within", "percentage", response["percentage"], "responded"),
        ("resolution-within", "percentage", resolution["percentage"], "judged"),
        ("median", "duration", resolution["median_seconds"], "resolved"),
        ("p90", "duration", resolution["p90_seconds"], "resolved"),
    )
    return Figures(
        figures=tuple(
            Figure(label=f"report-figure-{name}", kind=kind, cell=Cell(value=value, of=of(measure)))
            for name, kind, value, measure in told_of
        )
    )


def _out_of_catalogue(figures: Mapping[str, Any]) -> Figures:
    outside = figures["out_of_catalogue"]
    share = Cell(value=outside["percentage"], of=of("received"))
    return Figures(
        figures=(
            _count("out-of-catalogue", outside["count"]),
            Figure(
                label="report-figure-out-of-catalogue-share",
                kind="percentage",
                cell=share,
            ),
            _count("open-out-of-catalogue", outside["open"]),
        )
    )


def _breaches(figures: Mapping[str, Any]) -> Table:
    """The latest; the dashboard lists no more of them."""
    rows = [
        (
            told(row["ticket"]),
            Cell(value=f"clock-{row['clock']}"),
            told(row["item"]),
            moment(row["due"]),
        )
        for row in figures["breaches"]
    ]
    return Table(
        key="breaches",
        columns=(
            Column(key="ticket", kind="text"),
            Column(key="clock", kind="term"),
            Column(key="item", kind="text"),
            Column(key="due", kind="moment"),
        ),
        rows=tuple(rows),
    )
