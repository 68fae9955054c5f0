"""`/v1/reports`: what partners, directors and boards are told, and what each figure is made of."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic.alias_generators import to_camel

from contracts.periods import AMSTERDAM
from contracts.reports import REPORTS, Report, ReportName
from services.gateway.access import Acting, guarded_router
from services.gateway.access.reports import readable, reading
from services.gateway.api.paging import page_links
from services.gateway.api.report_files import (
    DESCRIBED,
    format_of,
    kept_href,
    progress,
    written,
)
from services.gateway.api.report_shapes import (
    MadeReport,
    OfferedReport,
    OfferedReports,
    ReportPath,
    ReportQuery,
    ReportQuestion,
    ReportSources,
    SourcesQuery,
)
from services.gateway.api.sending import Asking, Link, Links
from services.gateway.identity import Person
from services.gateway.language import Say, language_of
from services.gateway.reports.asking import Making, Question, ask, question

TAGS = ["Reports"]


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/reports", summary="Reports that you may ask for")(list_reports)
    routes.get(
        "/v1/reports/{report}",
        summary="A report",
        response_model=Report,
        responses=DESCRIBED,
    )(show_report)
    routes.post(
        "/v1/reports/{report}",
        status_code=201,
        summary="Make a report and keep it",
        response_model=MadeReport,
        responses={202: DESCRIBED[202]},
    )(make_report)
    routes.get(
        "/v1/reports/{report}/sources",
        summary="What a figure is made of",
        response_model=ReportSources,
        responses={202: DESCRIBED[202]},
    )(show_sources)
    return routes


async def list_reports(
    request: Request, response: Response, backend: Asking, person: Acting
) -> OfferedReports:
    """Titles and descriptions come in the language of the request."""
    partners = (await backend.view("partners", person))["partners"]
    today = request.app.state.clock().astimezone(AMSTERDAM).date()
    language = language_of(request)
    response.headers["Content-Language"] = language
    say = request.app.state.texts.say(language)
    slugs = [partner["slug"] for partner in partners]
    return OfferedReports(
        reports=[_offered(name, slugs, today, say) for name in readable(person.roles)]
    )


def _offered(name: ReportName, partners: list[str], today: date, say: Say) -> OfferedReport:
    kind = REPORTS[name]
    return OfferedReport(
        report=name,
        title=say(f"report-{name}"),
        description=say(f"report-{name}.about"),
        about=kind.about,
        partners=None if kind.about == "centre" else partners,
        periods=list(kind.periods),
        period=str(kind.usual_period(today)),
        scheduled=kind.scheduled,
        links=Links(self=Link(href=f"/v1/reports/{name}")),
    )


async def show_report(
    report: ReportPath,
    request: Request,
    backend: Asking,
    person: Acting,
    wanted: Annotated[ReportQuery, Query()],
) -> Response:
    """As JSON; with `format` or `Accept` as a workbook (XLSX) or as a tagged PDF.

    202 while one that looks back is being made: ask again at `Location`.
    """
    reader, asked = _asked(person, report, wanted)
    found = await ask(asked, backend, reader)
    return await written(request, found, format_of(request, wanted.format), _here(request))


async def make_report(
    report: ReportPath,
    body: ReportQuestion,
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
) -> MadeReport | Response:
    """As things stand, or one that looks back: what is kept never changes.

    202 while it is being made: once it is at `Location`, it is kept.
    """
    reader, asked = _asked(person, report, body)
    found = await ask(asked, backend, reader, keep=True)
    if isinstance(found, Making):
        return progress(found, f"{request.url.path}{_query(asked)}")
    href = kept_href(str(found.kept))
    response.headers["Location"] = href
    return MadeReport(kept=str(found.kept), links=Links(self=Link(href=href)))


async def show_sources(
    report: ReportPath,
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[SourcesQuery, Query()],
) -> ReportSources | Response:
    """A page of the rows that a figure counts; as many as it says."""
    reader, asked = _asked(person, report, wanted)
    reply = await backend.view(
        "report-sources",
        reader,
        **asked.params(),
        kept=wanted.kept,
        source=wanted.source,
        where=wanted.conditions(),
        page=wanted.page,
        size=wanted.page_size,
    )
    if "job" in reply:
        return progress(Making.of_reply(reply["job"]), _here(request))
    links = page_links(request, response, wanted, reply["total"])
    return ReportSources.model_validate({**reply, "page_size": wanted.page_size, "_links": links})


def _asked(
    person: Person, report: ReportName, wanted: ReportQuestion | SourcesQuery
) -> tuple[Person, Question]:
    """Raises `RoleForbidden` or `PartnerForbidden`."""
    reader = reading(person, report, wanted.partner)
    return reader, question(
        reader, report, wanted.partner, period=wanted.period, as_of=wanted.as_of, on=wanted.on
    )


def _query(asked: Question) -> str:
    """The same question as it stands behind an address."""
    params = asked.params()
    del params["report"]
    given = {to_camel(name): value for name, value in params.items() if value is not None}
    return f"?{urlencode(given)}" if given else ""


def _here(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}".removesuffix("?")
