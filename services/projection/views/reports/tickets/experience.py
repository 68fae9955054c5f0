"""How the work was rated, and what was aimed at.

A mean is taken over single ratings, of the tickets resolved in the period. What they are held
against is the mean of what each of them was to reach, for its own partner and field of work.
"""
# ruff: noqa: S608  only conditions of `measures` are put together; values are bound

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Cell, Column, Figure, Figures, Of, Section, Table
from services.projection.models import EXPERIENCE_TARGET
from services.projection.views.offer import holding
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import State, against, tenth, term
from services.projection.views.reports.tickets.measures import MEASURES, bounds, of, of_partner
from services.projection.views.rows import fetch

RATINGS = "ratings"
"""The source that opens a mean to the ratings it is of."""
MARKS = ("quality", "speed", "communication")
NEARLY = Decimal("0.5")
"""So far below its target a mean is a matter of attention, and further it is bad."""
_target = EXPERIENCE_TARGET.table.c


@dataclass(slots=True)
class Marks:
    """Ratings added up. `aimed` adds up the targets of those that have one, `with_target`."""

    rated: int = 0
    given: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MARKS, 0))
    with_target: int = 0
    aimed: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(MARKS, Decimal()))

    def mean(self, mark: str) -> Decimal | None:
        return Decimal(self.given[mark]) / self.rated if self.rated else None

    def overall(self) -> Decimal | None:
        """Over all marks of all ratings."""
        return Decimal(sum(self.given.values())) / (len(MARKS) * self.rated) if self.rated else None

    def target(self, mark: str) -> Decimal | None:
        """Null where one of the ratings is of a field without a target."""
        whole = self.rated and self.rated == self.with_target
        return self.aimed[mark] / self.with_target if whole else None


Key = tuple[str, str]
"""Partner and field of work."""


async def per_field(asked: Asked, session: AsyncSession) -> Mapping[Key, Marks]:
    """The ratings of the period, by partner and field of work."""
    query = f"""
        SELECT partner, domain, count(*) AS rated, sum(quality) AS quality,
            sum(speed) AS speed, sum(communication) AS communication
        FROM ticket WHERE {of_partner(asked)} AND {MEASURES["rated"]}
        GROUP BY partner, domain ORDER BY partner, domain
    """
    targets = await _targets(asked.period.last, session)
    rows = await fetch(session, text(query), bounds(asked))
    return {(row["partner"], row["domain"]): _marks(row, targets) for row in rows}


def together(each: Iterable[Marks]) -> Marks:
    """The ratings of several fields added up."""
    whole = Marks()
    for marks in each:
        whole.rated += marks.rated
        whole.with_target += marks.with_target
        for mark in MARKS:
            whole.given[mark] += marks.given[mark]
            whole.aimed[mark] += marks.aimed[mark]
    return whole


async def section(asked: Asked, session: AsyncSession) -> Section:
    """How each field of work was rated, mark by mark, against its target."""
    by_domain = per_domain(await per_field(asked, session))
    rows = [_row(domain, marks, mark) for domain, marks in by_domain.items() for mark in MARKS]
    columns = (
        Column(key="domain", kind="term"),
        Column(key="mark-of", kind="term"),
        Column(key="rated", kind="count"),
        Column(key="mean", kind="number"),
        Column(key="aimed", kind="number"),
        Column(key="judgement", kind="state"),
    )
    table = Table(key="experience", columns=columns, rows=tuple(rows))
    whole = together(by_domain.values())
    return Section(key="satisfaction", blocks=(_figures(whole), table))


def per_domain(marks: Mapping[Key, Marks]) -> Mapping[str, Marks]:
    return {
        name: together(each for (_, domain), each in marks.items() if domain == name)
        for name in sorted({domain for _, domain in marks})
    }


def _row(domain: str, marks: Marks, mark: str) -> tuple[Cell, ...]:
    return (
        term("domain", domain),
        term("report-figure", mark),
        Cell(value=marks.rated, of=of("rated", domain=domain)),
        mean(marks, mark, domain=domain),
        Cell(value=tenth(marks.target(mark))),
        Cell(value=standing(marks, mark)),
    )


async def figures(asked: Asked, session: AsyncSession) -> Figures:
    """The marks of the period together."""
    return _figures(together((await per_field(asked, session)).values()))


def _figures(whole: Marks) -> Figures:
    rated = Figure(
        label="report-figure-rated", kind="count", cell=Cell(value=whole.rated, of=of("rated"))
    )
    return Figures(figures=(rated, *(_figure(whole, mark) for mark in MARKS)))


def opening(**where: str) -> Of:
    """The ratings of a figure."""
    return Of(source=RATINGS, where={"measure": "rated", **where})


def mean(marks: Marks, mark: str, **where: str) -> Cell:
    return Cell(value=tenth(marks.mean(mark)), of=opening(**where))


def standing(marks: Marks, mark: str) -> State | None:
    """How a mean stands against its target."""
    return against(tenth(marks.mean(mark)), tenth(marks.target(mark)), NEARLY)


def _figure(whole: Marks, mark: str) -> Figure:
    target = whole.target(mark)
    return Figure(
        label=f"report-figure-{mark}",
        kind="number",
        cell=mean(whole, mark),
        target=None if target is None else Cell(value=tenth(target)),
        state=standing(whole, mark),
    )


async def _targets(on: date, session: AsyncSession) -> Mapping[Key, Mapping[str, str]]:
    """What holds on a day, by partner and field of work."""
    query = select(_target.partner, _target.domain, _target.versions)
    held = {}
    for partner, domain, versions in await session.execute(query):
        if version := holding(versions, on):
            held[partner, domain] = version["target"]
    return held


def _marks(row: Mapping[str, Any], targets: Mapping[Key, Mapping[str, str]]) -> Marks:
    target = targets.get((row["partner"], row["domain"]))
    aimed = {mark: row["rated"] * Decimal(target[mark] if target else 0) for mark in MARKS}
    given = {mark: row[mark] for mark in MARKS}
    return Marks(row["rated"], given, row["rated"] if target else 0, aimed)
