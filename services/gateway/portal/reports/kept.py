"""Reports that are kept: all that one may read, one of them, and keeping one more."""

import re

from starlette.responses import Response

from chassis.errors import PartnerForbidden, Refused
from contracts.reports import Report
from services.gateway.access.reports import browsing, readable, reading
from services.gateway.portal.listing import Listing, choice, positive
from services.gateway.portal.reports.pages import file_of, known, refused, told
from services.gateway.portal.reports.present import page_of, words_of
from services.gateway.portal.reports.wish import KEPT, PATH, Wish, wish_of
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.reports.asking import Making, ask

COLUMNS = ("kept_at", "report", "partner", "period", "sequence")
_SIZE = 25
_ID = re.compile(r"[0-9a-f]{32}")


async def listed(
    visit: Visiting,
    rapport: str = "",
    deelnemer: str = "",
    sorteer: str = "-kept_at",
    pagina: str = "1",
) -> Response:
    """The newest first."""
    partners = {partner.slug: partner.name for partner in await visit.partners()}
    reader = browsing(visit.person)
    names = tuple(readable(reader.roles))
    report, partner = choice(rapport, ("", *names)), choice(deelnemer, ("", *partners))
    sort = sorteer if sorteer.removeprefix("-") in COLUMNS else "-kept_at"
    found = await visit.backend.view(
        "kept-reports",
        reader,
        report=report or None,
        partner=partner or None,
        sort=sort,
        page=positive(pagina),
        size=_SIZE,
    )
    filters = {"rapport": report, "deelnemer": partner}
    return await visit.page(
        "reports_kept.html",
        kept=found["kept"],
        names=names,
        partners=partners,
        words=words_of(visit),
        listing=Listing(KEPT, filters, sort, found["page"], found["size"], found["total"]),
    )


async def shown(visit: Visiting, kept: str) -> Response:
    report, row = await _found(visit, kept)
    return await page_of(
        visit, "reports_kept_report.html", report, wish_of(report, kept=kept), kept=row
    )


async def downloaded(visit: Visiting, kept: str, form: str) -> Response:
    report, _ = await _found(visit, kept)
    return await file_of(visit, report, form)


async def made(visit: Visiting, report: str) -> Response:
    """Keep it as it stands; one that looks back is kept once it has been made."""
    form = await visit.form()
    name, wish = known(report), Wish.read(form)
    reader = reading(visit.person, name, wish.partner or None)
    if wrong := wish.wrong():
        return await refused(visit, name, wish, {at: visit.say(id_) for at, id_ in wrong.items()})
    try:
        found = await ask(wish.question(reader, name), visit.backend, reader, keep=True)
    except Refused as error:
        return await refused(visit, name, wish, told(visit, error.faults), error.faults)
    if isinstance(found, Making):
        return see(f"{PATH}/{name}{wish.query()}")
    return see(f"{KEPT}/{found.kept}")


async def _found(visit: Visit, kept: str) -> tuple[Report, dict[str, object]]:
    """Raises `PartnerForbidden` for what is not there, `RoleForbidden` for another's."""
    if not _ID.fullmatch(kept):
        raise PartnerForbidden
    reply = await visit.view("kept-report", id=kept)
    report = Report.model_validate(reply["report"])
    reading(visit.person, report.name, report.partner)
    return report, reply["kept"]
