"""The norms that were breached in a period, and why."""
# ruff: noqa: S608  only conditions of `measures` are put together; values are bound

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Block, Cell, Column, Figures, Paragraph, Section, Table, ValueKind
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import moment, term
from services.projection.views.reports.tickets.levels import figure
from services.projection.views.reports.tickets.measures import (
    DIMENSIONS,
    MEASURES,
    PARTNER_NAME,
    bounds,
    counted,
    of_partner,
)
from services.projection.views.reports.tickets.tallies import Tally, tallies
from services.projection.views.rows import fetch

LISTED = 50
"""Breaches that are listed, the latest first; the figures open to all of them."""
_COLUMNS: Mapping[str, ValueKind] = {
    "ticket": "text",
    "partner": "text",
    "kind": "term",
    "priority": "term",
    "item": "text",
    "clock": "term",
    "due": "moment",
    "late": "duration",
    "reason": "term",
    "waits": "count",
    "waits-on-supplier": "count",
    "reassignments": "count",
    "norm-source": "term",
}


def _breached(clock: str) -> str:
    return f"""
        SELECT *, '{clock}' AS clock, {clock}_due AS due, {clock}_breached_at AS breached_at,
            CASE WHEN {"responded_at" if clock == "response" else "resolved_at"} IS NOT NULL
            THEN greatest({clock}_seconds - 60 * {clock}_minutes, 0) END AS late
        FROM ticket WHERE {MEASURES[f"{clock}-breached"]}
    """


_LATEST = f"""
    SELECT ticket, kind, priority, item, clock, due, late, reassignments, norm_source, breached_at,
        {PARTNER_NAME} AS partner, {DIMENSIONS["reason"]} AS reason
    FROM ({_breached("response")} UNION ALL {_breached("resolution")}) AS ticket
"""
_WAITS = """
    SELECT latest.*, waits, waits_on_supplier FROM latest CROSS JOIN LATERAL (
        SELECT count(*) AS waits,
            count(*) FILTER (WHERE details ->> 'waiting_on' = 'supplier') AS waits_on_supplier
        FROM timeline WHERE timeline.ticket = latest.ticket AND event = 'ticket-paused'
    ) AS waited
    ORDER BY breached_at DESC, ticket, clock
"""


async def breaches(asked: Asked, session: AsyncSession, whole: Tally) -> Section:
    """How many, for which reasons, and the latest one by one. `whole` has counted them."""
    counts = whole.counts
    blocks = [*await counts_and_reasons(asked, session, whole)]
    if counts["breached"]:
        rows = await _latest(asked, session)
        clocks = counts["response-breached"] + counts["resolution-breached"]
        blocks += [_listed(len(rows), clocks), _table(rows, asked)]
    return Section(key="breaches", blocks=tuple(blocks))


async def counts_and_reasons(asked: Asked, session: AsyncSession, whole: Tally) -> Sequence[Block]:
    counts = whole.counts
    names = ("breached", "response-breached", "resolution-breached")
    figures = Figures(figures=tuple(figure(name, "count", counts[name]) for name in names))
    return [figures, *([await _reasons(asked, session)] if counts["breached"] else [])]


async def _reasons(asked: Asked, session: AsyncSession) -> Table:
    made = await tallies(asked, session, ("reason",), ("breached",))
    return Table(
        key="breach-reasons",
        columns=(Column(key="reason", kind="term"), Column(key="breached", kind="count")),
        rows=tuple(
            (
                term("report-reason", reason),
                counted(tally.counts["breached"], "breached", reason=reason),
            )
            for (reason,), tally in made.by("reason").items()
        ),
    )


async def _latest(asked: Asked, session: AsyncSession) -> Sequence[Mapping[str, Any]]:
    query = f"""
        WITH latest AS (
            {_LATEST} WHERE {of_partner(asked)}
            ORDER BY breached_at DESC, ticket, clock LIMIT {LISTED}
        ) {_WAITS}
    """
    return await fetch(session, text(query), bounds(asked))


def _listed(shown: int, clocks: int) -> Paragraph:
    return Paragraph(
        text="report-text-breaches",
        told={"shown": Cell(value=shown), "clocks": Cell(value=clocks)},
        kinds={"shown": "count", "clocks": "count"},
    )


def _table(rows: Sequence[Mapping[str, Any]], asked: Asked) -> Table:
    """Of one partner without its name."""
    names = [name for name in _COLUMNS if asked.partner is None or name != "partner"]
    return Table(
        key="breaches-explained",
        columns=tuple(Column(key=name, kind=_COLUMNS[name]) for name in names),
        rows=tuple(tuple(_cell(name, row) for name in names) for row in rows),
    )


def _cell(name: str, row: Mapping[str, Any]) -> Cell:
    """How late is not known while the clock still runs."""
    value = row[name.replace("-", "_")]
    match name:
        case "due":
            return moment(value)
        case "reason":
            return term("report-reason", value)
        case "norm-source":
            return term("report-norm", value)
        case "kind" | "priority" | "clock":
            return term(name, value)
        case _:
            return Cell(value=value)
