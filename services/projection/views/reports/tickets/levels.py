"""Service levels: what was promised and kept, as columns of tables and as key figures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from contracts.reports import Cell, Column, Figure, Figures, Table, ValueKind
from services.projection.views.reports.cells import against, tenth
from services.projection.views.reports.tickets.measures import counted
from services.projection.views.reports.tickets.tallies import Group, Tallies, Tally

MEASURES = (
    "received",
    "closed",
    "resolved",
    "responded",
    "responded-within",
    "judged",
    "resolved-within",
    "backlog",
    "out-of-catalogue",
    "breached",
    "response-breached",
    "resolution-breached",
)
COLUMNS: Sequence[Column] = tuple(
    Column(key=key, kind=kind)
    for key, kind in (
        ("received", "count"),
        ("closed", "count"),
        ("resolution-within", "percentage"),
        ("resolution-target", "percentage"),
        ("judgement", "state"),
        ("response-within", "percentage"),
        ("median", "duration"),
        ("p90", "duration"),
    )
)


def cells(tally: Tally, **where: str) -> tuple[Cell, ...]:
    """The cells of `COLUMNS`; `where` says of which tickets the tally is."""
    within, target = tally.share("resolved-within", "judged"), tenth(tally.target())
    return (
        counted(tally.counts["received"], "received", **where),
        counted(tally.counts["closed"], "closed", **where),
        counted(within, "judged", **where),
        Cell(value=target),
        Cell(value=against(within, target)),
        counted(tally.share("responded-within", "responded"), "responded", **where),
        counted(tally.rank(50), "resolved", **where),
        counted(tally.rank(90), "resolved", **where),
    )


def groups(made: Tallies, *dimensions: str) -> Iterator[tuple[Group, Tally]]:
    """The groups in which anything was asked, resolved or closed in the period."""
    for group, tally in made.by(*dimensions).items():
        if any(tally.counts[name] for name in ("received", "resolved", "closed", "responded")):
            yield group, tally


def table(key: str, named: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> Table:
    """Service levels of the groups that the columns `named` name."""
    return Table(key=key, columns=(*named, *COLUMNS), rows=tuple(rows))


def key_figures(whole: Tally) -> Figures:
    return Figures(
        figures=(
            figure("received", "count", whole.counts["received"]),
            figure("closed", "count", whole.counts["closed"]),
            figure("backlog", "count", whole.counts["backlog"]),
            kept_response(whole),
            kept_resolution(whole),
            figure("median", "duration", whole.rank(50), "resolved"),
            figure("p90", "duration", whole.rank(90), "resolved"),
        )
    )


def kept_response(whole: Tally) -> Figure:
    shared = ("responded-within", "responded")
    return _kept("response-within", whole, shared, whole.response_target())


def kept_resolution(whole: Tally) -> Figure:
    return _kept("resolution-within", whole, ("resolved-within", "judged"), whole.target())


def figure(
    name: str, kind: ValueKind, value: int | str | None, measure: str | None = None, **where: str
) -> Figure:
    """A figure of tickets, which opens to those of the measure: by default that of its name."""
    return Figure(
        label=f"report-figure-{name}", kind=kind, cell=counted(value, measure or name, **where)
    )


def _kept(name: str, whole: Tally, shared: tuple[str, str], target: Decimal | None) -> Figure:
    share, aimed = whole.share(*shared), tenth(target)
    return figure(name, "percentage", share, shared[1]).model_copy(
        update={
            "target": None if aimed is None else Cell(value=aimed),
            "state": against(share, aimed),
        }
    )
