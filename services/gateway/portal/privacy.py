"""Erasing people who ask for it, and the certificates: the privacy officer's work."""

from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from chassis.errors import Fault, Refused
from services.gateway.access import guarded_router
from services.gateway.portal.fields import text
from services.gateway.portal.listing import Listing, positive
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.privacy.certificate import certified
from services.gateway.privacy.people import Sought, found
from services.gateway.problems import STATUS, rule_text

PATH = "/persoonsgegevens"
KNOWN_BY = ("ticket", "email", "account", "data_subject")
_SIZE = 25
_LONGEST = 254


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route(PATH, shown, methods=["GET"])
    routes.add_api_route(f"{PATH}/wissen", erased, methods=["POST"])
    routes.add_api_route(f"{PATH}/{{erasure}}", certificate, methods=["GET"])
    return routes


async def shown(visit: Visiting, pagina: str = "1") -> Response:
    """The form to find somebody, and who was erased before."""
    return await _page(visit, page=positive(pagina))


async def erased(visit: Visiting) -> Response:
    """First whom it is about is shown; erasing is confirmed with that person's pseudonym."""
    form = await visit.form()
    confirmed = text(form, "confirmed")
    try:
        if confirmed:
            return await _erase(visit, confirmed, form)
        sought = _sought(form)
        if not sought.anybody:
            return await _page(visit, status=400, wrong=(visit.say("privacy-find-missing"),))
        person = await found(sought, visit.request.app.state.settings, visit.backend, visit.person)
    except Refused as refused:
        wrong = tuple(_told(visit, fault) for fault in refused.faults)
        return await _page(visit, status=STATUS[refused.faults[0].kind], wrong=wrong, tried=form)
    return await _page(visit, person=person, tried=form)


async def certificate(visit: Visiting, erasure: UUID) -> Response:
    """To be read, or printed; its figures are those of this moment."""
    return await visit.page(
        "certificate.html",
        certificate=await certified(str(erasure), visit.backend, visit.person),
    )


async def _erase(visit: Visit, requester: str, form: FormData) -> Response:
    reply = await visit.backend.command(
        "tickets",
        "erase-requester",
        {"requester": requester},
        visit.person,
        key=text(form, "key"),
    )
    return see(f"{PATH}/{reply['erasure']}")


async def _page(
    visit: Visit,
    *,
    page: int = 1,
    status: int = 200,
    wrong: tuple[str, ...] = (),
    person: Any = None,
    tried: FormData | None = None,
) -> Response:
    reply = await visit.backend.query(
        "tickets", "erasures", {"page": page, "size": _SIZE}, visit.person
    )
    return await visit.page(
        "privacy.html",
        status=status,
        erasures=reply["erasures"],
        known_by=KNOWN_BY,
        person=person,
        wrong=wrong,
        tried=tried or {},
        key=str(uuid4()),
        listing=Listing(
            path=PATH, filters={}, sort="", page=page, size=_SIZE, total=reply["total"]
        ),
    )


def _sought(form: FormData) -> Sought:
    """What was filled in under what the person is known by."""
    known_by = text(form, "known_by")
    value = text(form, "known")[:_LONGEST]
    return Sought(**{known_by: value}) if known_by in KNOWN_BY and value else Sought()


def _told(visit: Visit, fault: Fault) -> str:
    return rule_text(fault, visit.request.app.state.texts, visit.language)
