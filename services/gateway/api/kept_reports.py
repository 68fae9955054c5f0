"""`/v1/kept-reports`: reports that were made and kept, and stay what they are."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from contracts.reports import Report
from services.gateway.access import Acting, guarded_router
from services.gateway.access.reports import browsing, reading
from services.gateway.api.reading import page_of
from services.gateway.api.report_files import DESCRIBED, format_of, kept_href, written
from services.gateway.api.report_shapes import (
    KeptFilter,
    KeptPath,
    KeptQuery,
    KeptReports,
)
from services.gateway.api.reports import TAGS
from services.gateway.api.sending import Asking
from services.gateway.reports.asking import Made


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/kept-reports", summary="Kept reports")(list_kept)
    routes.get(
        "/v1/kept-reports/{kept}",
        summary="A kept report",
        response_model=Report,
        responses={200: DESCRIBED[200]},
    )(show_kept)
    return routes


async def list_kept(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[KeptFilter, Query()],
) -> KeptReports:
    reader = browsing(person)
    if wanted.partner is not None:
        reader.require_partner(wanted.partner)
    reply = await backend.view("kept-reports", reader, **wanted.asked())
    items = [_linked(row) for row in reply["kept"]]
    return page_of(KeptReports, {**reply, "items": items}, request, response, wanted)


async def show_kept(
    kept: KeptPath,
    request: Request,
    backend: Asking,
    person: Acting,
    wanted: Annotated[KeptQuery, Query()],
) -> Response:
    """As JSON; with `format` or `Accept` as a workbook (XLSX) or as a tagged PDF."""
    reply = await backend.view("kept-report", person, id=kept)
    report = Report.model_validate(reply["report"])
    reading(person, report.name, report.partner)
    form = format_of(request, wanted.format)
    return await written(request, Made(report, kept), form, kept_href(kept))


def _linked(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "_links": {"self": {"href": kept_href(row["id"])}}}
