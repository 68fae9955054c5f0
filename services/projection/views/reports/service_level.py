"""The service level report: what was promised, what was kept, and how it was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Cell, Column, Paragraph, Section, Table
from services.projection.models import ITEM, PARTNER
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import term, told
from services.projection.views.reports.tickets import experience, levels
from services.projection.views.reports.tickets.breaches import breaches
from services.projection.views.reports.tickets.measures import NONE, before, counted
from services.projection.views.reports.tickets.outside import out_of_catalogue
from services.projection.views.reports.tickets.tallies import Tallies, Tally, tallies

_DIVIDED = ("partner", "domain", "item", "kind", "priority")
_item = ITEM.table.c
_partner = PARTNER.table.c


@dataclass(frozen=True, slots=True)
class Levels:
    """What was counted of the period, and in all of the one before."""

    made: Tallies
    earlier: Tally

    @property
    def whole(self) -> Tally:
        return self.made.whole()


async def build(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    found = await measured(asked, session)
    return [
        summary(found),
        *([await _per_partner(found, session)] if asked.partner is None else []),
        Section(key="levels", blocks=tuple(await _tables(found, session))),
        await breaches(asked, session, found.whole),
        await experience.section(asked, session),
        out_of_catalogue(found.made),
    ]


async def measured(asked: Asked, session: AsyncSession) -> Levels:
    made = await tallies(asked, session, _DIVIDED, levels.MEASURES)
    earlier = await tallies(before(asked), session, ("domain",), levels.MEASURES)
    return Levels(made, earlier.whole())


def summary(found: Levels) -> Section:
    """The key figures, what they say, and those of the period before."""
    blocks = (levels.key_figures(found.whole), _conclusion(found.whole), _compared(found))
    return Section(key="summary", blocks=blocks)


def divided(found: Levels) -> Sequence[Table]:
    """By field of work, by kind, by priority."""
    return [_divided(found, name) for name in ("domain", "kind", "priority")]


async def _tables(found: Levels, session: AsyncSession) -> Sequence[Table | Paragraph]:
    items = await _per_item(found, session)
    outside = any(row[1].value is None for row in items.rows)
    said = [Paragraph(text="report-text-without-item")] if outside else []
    return [*divided(found), items, *said, _norms(found)]


def _conclusion(whole: Tally) -> Paragraph:
    figure = levels.kept_resolution(whole)
    if figure.state is None or figure.target is None:
        return Paragraph(text="report-text-level-none")
    return Paragraph(
        text=f"report-text-level-{figure.state}",
        told={
            "judged": counted(whole.counts["judged"], "judged"),
            "share": figure.cell,
            "target": figure.target,
        },
        kinds={"judged": "count", "share": "percentage", "target": "percentage"},
    )


def _compared(found: Levels) -> Table:
    earlier = _row_of("before", found.earlier, over="before")
    return Table(
        key="compared",
        columns=(
            Column(key="period", kind="term"),
            Column(key="received", kind="count"),
            Column(key="closed", kind="count"),
            Column(key="response-within", kind="percentage"),
            Column(key="resolution-within", kind="percentage"),
            Column(key="median", kind="duration"),
            Column(key="p90", kind="duration"),
            Column(key="out-of-catalogue", kind="count"),
        ),
        rows=(earlier, _row_of("this", found.whole)),
    )


def _row_of(period: str, tally: Tally, **where: str) -> tuple[Cell, ...]:
    counts = tally.counts
    return (
        term("report-period", period),
        counted(counts["received"], "received", **where),
        counted(counts["closed"], "closed", **where),
        counted(tally.share("responded-within", "responded"), "responded", **where),
        counted(tally.share("resolved-within", "judged"), "judged", **where),
        counted(tally.rank(50), "resolved", **where),
        counted(tally.rank(90), "resolved", **where),
        counted(counts["out-of-catalogue"], "out-of-catalogue", **where),
    )


def _divided(found: Levels, name: str) -> Table:
    rows = [
        (term(name, value), *levels.cells(tally, **{name: value}))
        for (value,), tally in levels.groups(found.made, name)
    ]
    return levels.table(f"levels-by-{name}", (Column(key=name, kind="term"),), rows)


def _norms(found: Levels) -> Table:
    """Each norm is of a field of work, a kind and a priority."""
    names = ("domain", "kind", "priority")
    rows = [
        (
            *(term(name, value) for name, value in zip(names, group, strict=True)),
            *levels.cells(tally, **dict(zip(names, group, strict=True))),
        )
        for group, tally in levels.groups(found.made, *names)
    ]
    columns = tuple(Column(key=name, kind="term") for name in names)
    return levels.table("levels-by-norm", columns, rows)


async def _per_item(found: Levels, session: AsyncSession) -> Table:
    """Work without an item comes first in its field of work."""
    names = await _item_names(session)
    rows = [
        (
            term("domain", domain),
            told(None if item == NONE else item),
            told(names.get(item)),
            *levels.cells(tally, domain=domain, item=item),
        )
        for (domain, item), tally in levels.groups(found.made, "domain", "item")
    ]
    columns = (
        Column(key="domain", kind="term"),
        Column(key="item", kind="text"),
        Column(key="item-name", kind="text"),
    )
    return levels.table("levels-by-item", columns, rows)


async def _item_names(session: AsyncSession) -> Mapping[str, str]:
    """As they are called in their latest version."""
    found = await session.execute(select(_item.item, _item.names))
    return {item: names[max(names, key=int)] for item, names in found if names}


async def _per_partner(found: Levels, session: AsyncSession) -> Section:
    query = select(_partner.slug, _partner.name)
    names = {row.slug: row.name for row in await session.execute(query)}
    rows = [
        (told(names.get(partner, partner)), *levels.cells(tally, partner=partner))
        for (partner,), tally in levels.groups(found.made, "partner")
    ]
    table = levels.table("levels-by-partner", (Column(key="partner", kind="text"),), rows)
    return Section(key="partners", blocks=(table,))
