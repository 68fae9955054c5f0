"""A report over HTTP: as JSON, workbook or PDF, or how far the making of it is."""

from collections.abc import Sequence
from typing import Any, Literal, cast, get_args

from fastapi import Request, Response
from starlette.datastructures import State

from contracts.reports import Report
from services.gateway.api.report_shapes import FormatName, ReportJob
from services.gateway.api.sending import Link, Links
from services.gateway.house import Houses
from services.gateway.invoicing.answers import wanted
from services.gateway.language import Language, Texts, language_of
from services.gateway.reports.asking import Made, Making
from services.gateway.reports.forms import written as written_as
from services.gateway.wire import to_json

MEDIA: dict[FormatName, str] = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
FORMATS: Sequence[FormatName] = get_args(FormatName)
AGAIN_SECONDS = "1"
"""After which it makes sense to ask how far it is."""
_BINARY = {"schema": {"type": "string", "format": "binary"}}
DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA["xlsx"]: _BINARY, MEDIA["pdf"]: _BINARY}},
    202: {"model": ReportJob},
}
"""What the OpenAPI document adds of the shapes beside JSON."""


def format_of(request: Request, asked: FormatName | None) -> FormatName:
    """The one asked for by name, else the one that `Accept` prefers."""
    if asked is not None:
        return asked
    media = wanted(request.headers.get("accept", ""), tuple(MEDIA.values()))
    return next(name for name in FORMATS if MEDIA[name] == media)


async def written(request: Request, found: Made | Making, form: FormatName, href: str) -> Response:
    """The report in this form, or 202 with where to ask again: at `href`.

    `Content-Location` tells where the very same document is kept, if it is.
    """
    if isinstance(found, Making):
        return progress(found, href)
    answer = await as_file(found.report, form, request.app.state, language_of(request))
    if found.kept:
        answer.headers["Content-Location"] = kept_href(found.kept)
    return answer


def kept_href(kept: str) -> str:
    return f"/v1/kept-reports/{kept}"


def progress(job: Making, href: str) -> Response:
    told = ReportJob(**job.told(), links=Links(self=Link(href=href)))
    return Response(
        to_json(told.model_dump(mode="json", by_alias=True)),
        status_code=202,
        media_type=MEDIA["json"],
        headers={"Location": href, "Retry-After": AGAIN_SECONDS},
    )


async def as_file(
    report: Report,
    form: FormatName,
    state: State,
    language: Language,
    *,
    shown: Literal["inline", "attachment"] = "inline",
) -> Response:
    headers = {
        "Content-Disposition": f'{shown}; filename="{file_name(report)}.{form}"',
        "Vary": "Accept",
    }
    if form != "json":
        headers["Content-Language"] = language
    texts, houses = cast(Texts, state.texts), cast(Houses, state.houses)
    content = await written_as(report, form, texts, language, houses)
    return Response(content, media_type=MEDIA[form], headers=headers)


def file_name(report: Report) -> str:
    """`service-level-zevenaar-2026-11`: what it is, of whom, over what."""
    parts = (report.name, report.partner, report.period.replace("..", "-"))
    return "-".join(part for part in parts if part)
