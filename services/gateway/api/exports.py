"""`/v1/ticket-exports/{partner}`: a partner's tickets as CSV, page by page as they are read."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic.alias_generators import to_camel

from contracts.values import TicketKind
from services.gateway.access import Acting, guarded_router
from services.gateway.api.partners import PartnerPath
from services.gateway.api.sending import Asking
from services.gateway.backend import Backend
from services.gateway.identity import Person
from services.gateway.wire import Body

TAGS = ["Figures"]
PAGE = 1000
COLUMNS = (
    "ticket",
    "partner",
    "kind",
    "status",
    "priority",
    "impact",
    "urgency",
    "item",
    "item_name",
    "domain",
    "tier",
    "out_of_catalogue",
    "channel",
    "team",
    "line",
    "waiting_on",
    "opened_at",
    "responded_at",
    "resolved_at",
    "closed_at",
    "cancelled_at",
    "response_due",
    "resolution_due",
    "response_seconds",
    "resolution_seconds",
    "within_response",
    "within_resolution",
    "reopened",
    "reassignments",
    "external",
    "generated",
)
"""Figures only: nothing that people wrote, and nobody's pseudonym."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportFilter(Body):
    kind: TicketKind | None = None
    open: bool | None = None
    delimiter: Literal["comma", "semicolon"] = "comma"


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get(
        "/v1/ticket-exports/{partner}",
        summary="A partner's tickets as CSV",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    )(export_tickets)
    return routes


async def export_tickets(
    partner: PartnerPath,
    backend: Asking,
    person: Acting,
    wanted: Annotated[ExportFilter, Query()],
) -> StreamingResponse:
    """The first page is read before anything is sent, so that a refusal is a problem."""
    filters = {"partner": partner, **wanted.command()}
    delimiter = {"comma": ",", "semicolon": ";"}[filters.pop("delimiter")]
    first = await _page(backend, person, filters, 1)
    return StreamingResponse(
        _rows(backend, person, filters, first, delimiter),
        media_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="tickets-{partner}.csv"'},
    )


async def _rows(
    backend: Backend,
    person: Person,
    filters: Mapping[str, Any],
    page: list[dict[str, Any]],
    delimiter: str,
) -> AsyncIterator[bytes]:
    yield written([[to_camel(column) for column in COLUMNS]], delimiter)
    number = 1
    while page:
        yield written(([fact.get(column) for column in COLUMNS] for fact in page), delimiter)
        number += 1
        page = await _page(backend, person, filters, number) if len(page) == PAGE else []


async def _page(
    backend: Backend, person: Person, filters: Mapping[str, Any], number: int
) -> list[dict[str, Any]]:
    reply = await backend.view("tickets", person, **filters, sort="ticket", page=number, size=PAGE)
    found: list[dict[str, Any]] = reply["tickets"]
    return found


def written(rows: Iterable[Iterable[Any]], delimiter: str) -> bytes:
    """RFC 4180. A text that a spreadsheet would take for a formula is given an apostrophe."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(
        [_cell(value) for value in row] for row in rows
    )
    return buffer.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
