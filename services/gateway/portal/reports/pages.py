"""Reports: those that one may see, and one of them as a page or a file."""

from collections.abc import Mapping
from typing import Any, cast

from starlette.responses import Response

from chassis.errors import Fault, PartnerForbidden, Refused
from contracts.periods import Period
from contracts.reports import REPORTS, Report, ReportName
from services.gateway.access.reports import readable, reading
from services.gateway.api.report_files import FORMATS, as_file
from services.gateway.api.report_shapes import FormatName
from services.gateway.portal.reports.present import page_of, words_of
from services.gateway.portal.reports.wish import FIELDS, PATH, Wish, periods, wish_of
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.problems import STATUS, rule_text
from services.gateway.reports.asking import Making, ask
from services.gateway.reports.words import Words

_INVALID = 400
Faults = Mapping[str, str]


async def offered(visit: Visiting) -> Response:
    partners = await visit.partners()
    only = partners[0].slug if len(partners) == 1 else ""
    return await visit.page(
        "reports.html",
        forms=[form_of(visit, name, Wish(partner=only)) for name in readable(visit.person.roles)],
        partners=partners,
        faults={},
    )


async def shown(visit: Visiting, report: str) -> Response:
    """The report; while it is being made, how far that is; the form again when it is refused."""
    name, wish = known(report), Wish.read(visit.request.query_params)
    reader = reading(visit.person, name, wish.partner or None)
    if wrong := wish.wrong():
        return await refused(visit, name, wish, {at: visit.say(id_) for at, id_ in wrong.items()})
    try:
        found = await ask(wish.question(reader, name), visit.backend, reader)
    except Refused as error:
        return await refused(visit, name, wish, told(visit, error.faults), error.faults)
    if isinstance(found, Making):
        return await visit.page("reports_making.html", name=name, job=found)
    back = wish if wish.looks_back else wish_of(found.report)
    return await page_of(
        visit,
        "reports_report.html",
        found.report,
        back,
        kept=found.kept,
        form=form_of(visit, name, back),
        partners=await visit.partners(),
        faults={},
    )


async def downloaded(visit: Visiting, report: str, form: str) -> Response:
    """The report as a file; the page instead while it is being made, or when it is refused."""
    name, wish = known(report), Wish.read(visit.request.query_params)
    reader = reading(visit.person, name, wish.partner or None)
    page = f"{PATH}/{name}{wish.query()}"
    if wish.wrong():
        return see(page)
    try:
        found = await ask(wish.question(reader, name), visit.backend, reader)
    except Refused as error:
        if error.faults[0].kind != "invalid":
            raise
        return see(page)
    if isinstance(found, Making):
        return see(page)
    return await file_of(visit, found.report, form)


async def file_of(visit: Visit, report: Report, form: str) -> Response:
    """Raises `PartnerForbidden` for a format that there is not."""
    if form not in FORMATS:
        raise PartnerForbidden
    state = visit.request.app.state
    return await as_file(report, cast(FormatName, form), state, visit.language, shown="attachment")


def known(report: str) -> ReportName:
    """Raises `PartnerForbidden` for a report that there is not."""
    if report not in REPORTS:
        raise PartnerForbidden
    return cast(ReportName, report)


def form_of(visit: Visit, name: ReportName, wish: Wish, *, refused: bool = False) -> dict[str, Any]:
    """What a form about a report needs. A period that was refused stands where it was written."""
    kind = REPORTS[name]
    words = words_of(visit)
    choices = {str(one): _named(visit, words, one) for one in periods(kind, visit.today())}
    chosen = wish.period or str(kind.usual_period(visit.today()))
    written = chosen if refused and chosen not in choices else ""
    if not written and chosen not in choices:
        choices = {chosen: words.over(chosen), **choices}
    return {
        "name": name,
        "kind": kind,
        "wish": wish,
        "periods": list(choices.items()),
        "period": "" if written else chosen,
        "written": written,
        "whole": kind.about == "either" and visit.person.partners is None,
    }


def _named(visit: Visit, words: Words, offered: Period) -> str:
    """Days that end today by their number."""
    if offered.kind == "days":
        return visit.say("reports-last-days", days=(offered.last - offered.first).days + 1)
    return words.over(str(offered))


async def refused(
    visit: Visit,
    name: ReportName,
    wish: Wish,
    faults: Faults,
    reasons: tuple[Fault, ...] = (),
) -> Response:
    """The form again, with what is wrong beside the fields. Raises `Refused` for the rest."""
    if reasons and reasons[0].kind != "invalid":
        raise Refused(reasons)
    return await visit.page(
        "reports_refused.html",
        status=STATUS[reasons[0].kind] if reasons else _INVALID,
        form=form_of(visit, name, wish, refused=True),
        partners=await visit.partners(),
        faults=faults,
    )


def told(visit: Visit, faults: tuple[Fault, ...]) -> Faults:
    texts = visit.request.app.state.texts
    return {
        FIELDS.get(fault.field or "", ""): rule_text(fault, texts, visit.language)
        for fault in faults
    }
