"""Work that came in out of the catalogue, and what it took."""

from contracts.reports import Cell, Chart, Column, Figures, Section, Table
from services.projection.views.reports.cells import term
from services.projection.views.reports.tickets.levels import figure, groups
from services.projection.views.reports.tickets.measures import MINUTE, counted
from services.projection.views.reports.tickets.tallies import Tallies, Tally


def out_of_catalogue(made: Tallies) -> Section:
    """In all, and by field of work."""
    whole = made.whole()
    figures = Figures(
        figures=(
            figure("out-of-catalogue", "count", whole.counts["out-of-catalogue"]),
            figure("out-of-catalogue-share", "percentage", _share(whole), "received"),
            figure("worked", "duration", whole.worked * MINUTE, "out-of-catalogue"),
        )
    )
    if not whole.counts["out-of-catalogue"]:
        return Section(key="out-of-catalogue", blocks=(figures,))
    return Section(key="out-of-catalogue", blocks=(figures, _per_domain(made)))


def _per_domain(made: Tallies) -> Table:
    return Table(
        key="out-of-catalogue",
        columns=(
            Column(key="domain", kind="term"),
            Column(key="out-of-catalogue", kind="count"),
            Column(key="out-of-catalogue-share", kind="percentage"),
            Column(key="worked", kind="duration"),
        ),
        rows=tuple(_row(domain, tally) for (domain,), tally in groups(made, "domain")),
        charts=(Chart(kind="bars", along="domain", series=("out-of-catalogue",)),),
    )


def _row(domain: str, tally: Tally) -> tuple[Cell, ...]:
    return (
        term("domain", domain),
        counted(tally.counts["out-of-catalogue"], "out-of-catalogue", domain=domain),
        counted(_share(tally), "received", domain=domain),
        counted(tally.worked * MINUTE, "out-of-catalogue", domain=domain),
    )


def _share(tally: Tally) -> str | None:
    return tally.share("out-of-catalogue", "received")
