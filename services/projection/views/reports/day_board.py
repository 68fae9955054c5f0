"""The day board of the centre's teams: what is open, what comes and goes, and who has it."""
# ruff: noqa: S608  only conditions of `measures` are put together; values are bound

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Cell, Column, Figure, Figures, Paragraph, Section, Table, ValueKind
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import State, moment, term, told
from services.projection.views.reports.tickets import flow
from services.projection.views.reports.tickets.levels import figure
from services.projection.views.reports.tickets.measures import (
    MEASURES,
    NONE,
    PARTNER_NAME,
    bounds,
    counted,
    of_partner,
)
from services.projection.views.reports.tickets.tallies import Group, Tallies, Tally, tallies
from services.projection.views.rows import fetch

OLDEST = 25
"""Open tickets that are listed."""
_STANDING: Mapping[str, State | None] = {
    "open": None,
    "due-today": None,
    "at-risk": "attention",
    "overdue": "bad",
}
"""Measure, and how it stands when it counts any."""
_FLOW = ("received", "resolved")
_OLDEST: Mapping[str, ValueKind] = {
    "ticket": "text",
    "partner": "text",
    "team": "text",
    "kind": "term",
    "priority": "term",
    "status": "term",
    "item": "text",
    "opened-on": "date",
    "resolution-due": "moment",
}


async def build(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    made = await tallies(asked, session, ("team",), (*_STANDING, *_FLOW))
    course = await flow.flow(asked, session)
    return [
        Section(key="standing", blocks=(_standing(made.whole()),)),
        Section(key="flow", blocks=(_came_and_went(made.whole()), *_course(made.whole(), course))),
        Section(key="teams", blocks=tuple(_teams(made))),
        Section(key="oldest", blocks=(await _oldest(asked, session),)),
    ]


def _standing(whole: Tally) -> Figures:
    return Figures(figures=tuple(_count(whole, name, state) for name, state in _STANDING.items()))


def _count(whole: Tally, name: str, state: State | None) -> Figure:
    count = whole.counts[name]
    stands = None if state is None else state if count else "good"
    return figure(name, "count", count).model_copy(update={"state": stands})


def _came_and_went(whole: Tally) -> Figures:
    counts = whole.counts
    share = figure("kept-up", "percentage", whole.share("resolved", "received"), "received")
    kept_up = flow.kept_up(counts["received"], counts["resolved"])
    against = {"target": Cell(value=flow.WHOLE), "state": kept_up}
    return Figures(
        figures=(
            *(figure(name, "count", counts[name]) for name in _FLOW),
            share.model_copy(update=against),
        )
    )


def _course(whole: Tally, course: flow.Flow) -> Sequence[Paragraph | Table]:
    state = flow.kept_up(whole.counts["received"], whole.counts["resolved"])
    said = [] if state is None else [Paragraph(text=f"report-text-capacity-{state}")]
    return [*said, flow.table(course)]


def _teams(made: Tallies) -> Sequence[Table | Paragraph]:
    """Each ticket counts for the team that has it now; those of none come first."""
    teams = made.by("team")
    said = [Paragraph(text="report-text-without-team")] if (NONE,) in teams else []
    return [_table(teams), *said]


def _table(teams: Mapping[Group, Tally]) -> Table:
    counts = (*_STANDING, *_FLOW)
    return Table(
        key="teams",
        columns=(
            Column(key="team", kind="text"),
            *(Column(key=name, kind="count") for name in counts),
            Column(key="judgement", kind="state"),
        ),
        rows=tuple(
            (
                told(None if team == NONE else team),
                *(counted(tally.counts[name], name, team=team) for name in counts),
                Cell(value=flow.kept_up(tally.counts["received"], tally.counts["resolved"])),
            )
            for (team,), tally in teams.items()
        ),
    )


async def _oldest(asked: Asked, session: AsyncSession) -> Table:
    query = f"""
        SELECT ticket, {PARTNER_NAME} AS partner, team, kind, priority, status, item,
            CAST(opened_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS "opened-on",
            resolution_due AS "resolution-due"
        FROM ticket WHERE {of_partner(asked)} AND {MEASURES["open"]}
        ORDER BY opened_at, ticket LIMIT {OLDEST}
    """
    rows = await fetch(session, text(query), bounds(asked))
    return Table(
        key="oldest",
        columns=tuple(Column(key=key, kind=kind) for key, kind in _OLDEST.items()),
        rows=tuple(tuple(_cell(name, row[name]) for name in _OLDEST) for row in rows),
    )


def _cell(name: str, value: Any) -> Cell:
    match _OLDEST[name]:
        case "term":
            return term(name, value)
        case "moment":
            return moment(value)
        case _:
            return told(value)
