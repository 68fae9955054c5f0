"""A document of a report as a page shows it: words, drawings, and where each figure leads."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast
from urllib.parse import urlencode

from starlette.responses import Response

from contracts.reports import Cell, Of, Report, Table
from services.gateway.portal.navigation import READS_TICKETS, SEES_FINANCE
from services.gateway.portal.rendering import Pages
from services.gateway.portal.reports.wish import PATH, Wish, source_query
from services.gateway.portal.visit import Visit
from services.gateway.reports.charts import figure
from services.gateway.reports.words import FIGURES, Words

Opens = Callable[[Of | None], str | None]


async def page_of(
    visit: Visit, template: str, report: Report, wish: Wish, **facts: Any
) -> Response:
    """A page with the whole report on it, in the house style of its partner.

    `wish` is what gives the same figures again when one of them is opened.
    """
    pages = cast(Pages, visit.request.app.state.pages)
    own = {"theme": pages.theme(report.theme)} if report.theme else {}
    facts |= own | parts(visit)
    return await visit.page(
        template,
        report=report,
        wish=wish,
        opens=opening(report, wish),
        **facts,
    )


def parts(visit: Visit) -> dict[str, Any]:
    """What the blocks of a report need to be told."""
    words = words_of(visit)
    return {
        "words": words,
        "drawn": partial(figure, words),
        "numeric": FIGURES,
        "leads": _leads(visit),
    }


def words_of(visit: Visit) -> Words:
    return Words(visit.request.app.state.texts, visit.language)


def opening(report: Report, wish: Wish) -> Opens:
    """The address of what a figure is made of; `None` of one that is made of nothing else."""

    def opens(of: Of | None) -> str | None:
        return f"{PATH}/{report.name}/bron{source_query(wish, of)}" if of else None

    return opens


def _leads(visit: Visit) -> Callable[[Table, tuple[Cell, ...], int], str | None]:
    """Where a fact in a table leads: a ticket or invoice to its page, an aggregate to its event.

    Only for who may go there.
    """
    tickets, books = (bool(visit.roles & allowed) for allowed in (READS_TICKETS, SEES_FINANCE))

    def leads(table: Table, row: tuple[Cell, ...], place: int) -> str | None:
        key, value = table.columns[place].key, row[place].value
        if key == "ticket" and tickets and value:
            return f"/meldingen/{value}"
        if key == "invoice" and books and value:
            return f"/financien/facturen/{value}"
        if key == "aggregate" and books and value:
            return f"/financien/bron?{urlencode({'bron': value, **_version(table, row)})}"
        return None

    return leads


def _version(table: Table, row: tuple[Cell, ...]) -> dict[str, str]:
    """Which of the aggregate's events, where the row tells."""
    cells = zip(table.columns, row, strict=True)
    found = (str(cell.value) for column, cell in cells if column.key == "aggregate-version")
    version = next(found, "")
    return {"vanaf": version, "tot": version} if version else {}
