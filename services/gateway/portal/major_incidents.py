"""Major incidents: what each visitor may know of them; the service desk tells of them here."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from chassis.errors import PartnerForbidden, Refused
from services.gateway.access import guarded_router
from services.gateway.portal.fields import text, version
from services.gateway.portal.listing import Listing, positive
from services.gateway.portal.live_changes import live_changes
from services.gateway.portal.navigation import READS_TICKETS
from services.gateway.portal.tickets import texts_of
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.problems import STATUS, rule_text

PATH = "/grote-storingen"
AGENT = "agent"
VIEWS = ("major-incidents",)
PACE_SECONDS = 1.0
_SIZE = 25
_TICKETS = 100
_ONGOING = 10
_LOOKS, _LOOK_SECONDS = 40, 0.05
_INVALID = 400
_LONG = 4000

_COMMANDS: Mapping[str, tuple[str, Callable[[FormData], dict[str, Any]]]] = {
    "update": (
        "post-major-incident-update",
        lambda form: {"message": text(form, "message"), "partners": _partners(form)},
    ),
    "share": ("share-major-incident", lambda form: {"partners": _partners(form)}),
    "end": ("end-major-incident", lambda form: {"message": text(form, "message")}),
}


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route(PATH, listed, methods=["GET"])
    routes.add_api_route(f"{PATH}/nu", now, methods=["GET"])
    routes.add_api_route(f"{PATH}/live", live, methods=["GET"])
    routes.add_api_route(f"{PATH}/{{major}}", shown, methods=["GET"])
    routes.add_api_route(f"{PATH}/{{major}}", told, methods=["POST"])
    return routes


async def ongoing(visit: Visit, partner: str | None = None) -> dict[str, Any]:
    """What goes on now, for the banner: of the visitor's partners, or as one partner sees it."""
    return await visit.view("major-incidents", partner=partner, ongoing=True, size=_ONGOING)


async def listed(visit: Visiting, pagina: str = "1") -> Response:
    found = await visit.view("major-incidents", page=positive(pagina), size=_SIZE)
    return await visit.page(
        "major_incidents.html",
        items=found["items"],
        centre=AGENT in visit.roles,
        listing=Listing(
            path=PATH,
            filters={},
            sort="",
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )


async def now(visit: Visiting) -> Response:
    """The banner alone, for htmx to put in place when something has changed."""
    return visit.part("major_now.html", majors=await ongoing(visit))


async def live(visit: Visiting, na: str = "") -> Response:
    """Server-sent events: `changed`, whenever there is news of a major incident."""
    return live_changes(visit, visit.person.partners, na, pace=PACE_SECONDS, views=VIEWS)


async def shown(visit: Visiting, major: str, versie: str = "", gedaan: str = "") -> Response:
    """`gedaan` is what has just been done, `versie` the version that it led to."""
    at_least = int(versie) if versie.isdecimal() else int(bool(gedaan))
    return await _page(visit, major, at_least=at_least, done=gedaan)


async def told(visit: Visiting, major: str) -> Response:
    form = await visit.form()
    move = text(form, "move")
    known = _COMMANDS.get(move)
    if known is None or (wrong := _wrong(move, form)):
        wrong = "major-fault-move" if known is None else wrong
        return await _page(visit, major, status=_INVALID, wrong=(visit.say(wrong),), tried=form)
    command, fields = known
    try:
        reply = await visit.backend.command(
            "tickets",
            command,
            {"major_incident": major, **fields(form)},
            visit.person,
            key=text(form, "key"),
            expected_version=version(form),
        )
    except Refused as refused:
        texts = visit.request.app.state.texts
        faults = tuple(rule_text(fault, texts, visit.language) for fault in refused.faults)
        status = STATUS[refused.faults[0].kind]
        return await _page(visit, major, status=status, wrong=faults, tried=form)
    return see(f"{PATH}/{major}?versie={reply['version']}&gedaan={move}")


def _wrong(move: str, form: FormData) -> str:
    """The id of the text that says what is missing; empty when nothing is."""
    if move == "share":
        return "" if _partners(form) else "major-fault-partners"
    return "" if 0 < len(text(form, "message")) <= _LONG else "major-fault-message"


def _partners(form: FormData) -> list[str]:
    return [value for value in form.getlist("partners") if isinstance(value, str)]


async def _page(
    visit: Visit,
    major: str,
    *,
    at_least: int = 0,
    status: int = 200,
    done: str = "",
    wrong: tuple[str, ...] = (),
    tried: FormData | None = None,
) -> Response:
    found = await _found(visit, major, at_least)
    tickets = await _tickets(visit, major)
    partners = await visit.partners()
    return await visit.page(
        "major_incident.html",
        status=status,
        major=found,
        tickets=tickets,
        texts=await texts_of(visit, tickets),
        partners=partners,
        names={partner.slug: partner.name for partner in partners},
        keeps=AGENT in visit.roles and found["status"] == "ongoing",
        centre=visit.person.partners is None,
        key=str(uuid4()),
        done=done if done in {*_COMMANDS, "declare-major"} else "",
        wrong=wrong,
        tried=tried or {},
        tried_partners=_partners(tried) if tried else [],
    )


async def _found(visit: Visit, major: str, at_least: int) -> dict[str, Any]:
    """The major incident, waited for when it was changed just now. Raises `PartnerForbidden`."""
    for _ in range(_LOOKS if at_least else 1):
        found = (await visit.view("major-incidents", number=major))["items"]
        if found and found[0]["aggregate_version"] >= at_least:
            break
        await asyncio.sleep(_LOOK_SECONDS)
    if not found:
        raise PartnerForbidden
    return {**found[0]}


async def _tickets(visit: Visit, major: str) -> list[dict[str, Any]]:
    """Those that the visitor may read; whoever reads no tickets sees how many there are."""
    if not visit.roles & READS_TICKETS:
        return []
    reply = await visit.view("tickets", major_incident=major, size=_TICKETS)
    tickets: list[dict[str, Any]] = reply["tickets"]
    return tickets
