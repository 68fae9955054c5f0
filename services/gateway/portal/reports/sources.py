"""Where a figure comes from: the rows that it counts, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from chassis.errors import PartnerForbidden, Refused
from contracts.reports import Cell, Figures, Of, Paragraph, Report, Table
from services.gateway.access.reports import reading
from services.gateway.identity import Person
from services.gateway.portal.listing import Listing, positive
from services.gateway.portal.reports.pages import known
from services.gateway.portal.reports.present import parts
from services.gateway.portal.reports.wish import KEPT, PATH, Wish, source_query
from services.gateway.portal.visit import Visit, Visiting
from services.gateway.reports.asking import Making, Question, ask
from services.gateway.reports.words import Words

_SIZE = 50
_CONDITIONS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Opened(Listing):
    """The pages of the rows of one figure."""

    wish: Wish
    of: Of

    def to_page(self, page: int) -> str:
        return f"{self.path}{source_query(self.wish, self.of, page)}"


@dataclass(frozen=True, slots=True)
class Named:
    """A figure as the report has it, in words."""

    label: str
    value: str


async def opened(visit: Visiting, report: str, bron: str = "", pagina: str = "1") -> Response:
    """Raises `PartnerForbidden` for what the address names wrongly."""
    name, wish = known(report), Wish.read(visit.request.query_params)
    reader = reading(visit.person, name, wish.partner or None)
    of = _of(bron, visit.request.query_params.getlist("waar"))
    if wish.wrong():
        raise PartnerForbidden
    asked = wish.question(reader, name)
    try:
        told = await visit.backend.view(
            "report-sources",
            reader,
            **asked.params(),
            kept=wish.kept or None,
            source=of.source,
            where=of.where,
            page=positive(pagina),
            size=_SIZE,
        )
        whole = await _whole(visit, asked, wish.kept, reader)
    except Refused as error:
        if error.faults[0].kind != "invalid":
            raise
        raise PartnerForbidden from None
    back = f"{KEPT}/{wish.kept}" if wish.kept else f"{PATH}/{name}{wish.query()}"
    if "job" in told or isinstance(whole, Making):
        job = whole if isinstance(whole, Making) else Making.of_reply(told["job"])
        return await visit.page("reports_making.html", name=name, job=job)
    listing = Opened(
        f"{PATH}/{name}/bron", {}, "", told["page"], told["size"], told["total"], wish, of
    )
    facts = parts(visit)
    return await visit.page(
        "reports_sources.html",
        **facts,
        name=name,
        report=whole,
        back=back,
        opened=named(whole, of, facts["words"]),
        opens=lambda each: f"{PATH}/{name}/bron{source_query(wish, each)}" if each else None,
        table=Table.model_validate(told["table"]),
        listing=listing,
    )


async def _whole(visit: Visit, asked: Question, kept: str, reader: Person) -> Report | Making:
    """The report that the figure stands in."""
    if kept:
        reply = await visit.backend.view("kept-report", reader, id=kept)
        return Report.model_validate(reply["report"])
    found = await ask(asked, visit.backend, reader)
    return found if isinstance(found, Making) else found.report


def _of(source: str, conditions: list[str]) -> Of:
    """Raises `PartnerForbidden` for what is no source with its conditions."""
    split = [each.partition(":") for each in conditions[:_CONDITIONS_AT_MOST]]
    if not source or len(source) > 40 or not all(mark for _, mark, _ in split):  # noqa: PLR2004
        raise PartnerForbidden
    return Of(source=source, where={key: value for key, _, value in split})


def named(report: Report, of: Of, words: Words) -> Named | None:
    """The first figure of the report that is made of this; `None` when none is."""
    return next((figure for cell, figure in _figures(report, words) if cell.of == of), None)


def _figures(report: Report, words: Words) -> Iterator[tuple[Cell, Named]]:
    for section in report.sections:
        for block in section.blocks:
            match block:
                case Figures():
                    for each in block.figures:
                        value = words.value(each.cell.value, each.kind)
                        yield each.cell, Named(words.figure(each), value)
                case Table():
                    yield from _cells(block, words)
                case Paragraph():
                    continue


def _cells(table: Table, words: Words) -> Iterator[tuple[Cell, Named]]:
    """Each named by its column, and by what its row begins with."""
    for row in (*table.rows, *([table.total] if table.total else [])):
        texts = words.row(table, row)
        first = texts[0] if row[0].value is not None else words.say("told-total")
        for column, cell, text in zip(table.columns[1:], row[1:], texts[1:], strict=True):
            if cell.of is not None:
                label = f"{words.caption(table)}, {first}: {words.column(column)}"
                yield cell, Named(label, text)
