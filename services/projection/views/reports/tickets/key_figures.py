"""The key figures of tickets in the reports of the whole centre that every partner reads."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Cell, Chart, Column, Figure, Figures, Paragraph, Section, Table
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import tenth, term
from services.projection.views.reports.tickets import flow
from services.projection.views.reports.tickets.experience import MARKS, Marks, per_domain, per_field
from services.projection.views.reports.tickets.levels import kept_resolution
from services.projection.views.reports.tickets.measures import CHANGES, OTHER_TICKETS
from services.projection.views.reports.tickets.notices import maintenance_done, signals_counted
from services.projection.views.reports.tickets.tallies import Tallies, Tally, tallies
from services.projection.views.reports.tickets.totals import counted, marked

_MEASURES = ("arrived", "withdrawn", "closed", "responded", "judged", "resolved-within")


async def ticket_key_figures(asked: Asked, session: AsyncSession) -> Section:
    """Tickets, changes, maintenance, signals and ratings of the period, by field of work.

    Every figure opens to totals, so that the report may be shown to every partner. Changes are
    counted by themselves and not among the tickets.
    """
    made = await tallies(asked, session, ("domain", "group"), _MEASURES)
    marks = await per_field(asked, session)
    return Section(
        key="tickets",
        blocks=(
            await _figures(made, asked, session),
            _per_domain(made),
            Paragraph(text="report-text-tickets"),
            _ratings(per_domain(marks)),
            flow.table(await flow.flow(asked, session, monthly=True), counted),
        ),
    )


async def _figures(made: Tallies, asked: Asked, session: AsyncSession) -> Figures:
    whole = made.whole(group=OTHER_TICKETS)
    changes = made.whole(group=CHANGES)
    return Figures(
        figures=(
            Figure(label="report-figure-arrived", kind="count", cell=_count(whole, "arrived")),
            Figure(label="report-figure-closed", kind="count", cell=_count(whole, "closed")),
            _within(whole),
            Figure(
                label="report-figure-changes",
                kind="count",
                cell=counted(changes.counts["closed"], "closed", group=CHANGES),
            ),
            Figure(
                label="report-figure-maintenance-done",
                kind="count",
                cell=await maintenance_done(asked, session),
            ),
            Figure(
                label="report-figure-suspicious-logins",
                kind="count",
                cell=await signals_counted(asked, session, "suspicious-login"),
            ),
        )
    )


def _within(whole: Tally) -> Figure:
    return kept_resolution(whole).model_copy(update={"cell": _share(whole)})


def _per_domain(made: Tallies) -> Table:
    names = ("arrived", "withdrawn", "closed")
    by_domain = made.by("domain", group=OTHER_TICKETS)
    drawn = (Chart(kind="bars", along="domain", series=("arrived", "closed")),)
    return Table(
        key="tickets-per-domain",
        columns=(
            Column(key="domain", kind="term"),
            *(Column(key=name, kind="count") for name in names),
            Column(key="closed-share", kind="percentage"),
            Column(key="resolution-within", kind="percentage"),
        ),
        rows=tuple(
            (
                term("domain", domain),
                *(_count(tally, name, domain=domain) for name in names),
                _closed_share(tally, domain=domain),
                _share(tally, domain=domain),
            )
            for (domain,), tally in by_domain.items()
        ),
        total=_total(made.whole(group=OTHER_TICKETS), names) if by_domain else None,
        charts=drawn if by_domain else (),
    )


def _total(whole: Tally, names: Sequence[str]) -> tuple[Cell, ...]:
    return (
        Cell(value=None),
        *(_count(whole, name) for name in names),
        _closed_share(whole),
        _share(whole),
    )


def _count(tally: Tally, measure: str, **where: str) -> Cell:
    return counted(tally.counts[measure], measure, group=OTHER_TICKETS, **where)


def _closed_share(tally: Tally, **where: str) -> Cell:
    """What was closed in the period beside what arrived in it, not all of them the same."""
    share = tally.share("closed", "arrived")
    return counted(share, "arrived", group=OTHER_TICKETS, **where)


def _share(tally: Tally, **where: str) -> Cell:
    return counted(tally.share("resolved-within", "judged"), "judged", group=OTHER_TICKETS, **where)


def _ratings(by_domain: Mapping[str, Marks]) -> Table:
    return Table(
        key="ratings-per-domain",
        columns=(
            Column(key="domain", kind="term"),
            Column(key="rated", kind="count"),
            *(Column(key=mark, kind="number") for mark in MARKS),
            Column(key="overall", kind="number"),
        ),
        rows=tuple(
            (
                term("domain", domain),
                counted(marks.rated, "rated", domain=domain),
                *(marked(tenth(marks.mean(mark)), domain=domain) for mark in MARKS),
                marked(tenth(marks.overall()), domain=domain),
            )
            for domain, marks in by_domain.items()
        ),
    )
