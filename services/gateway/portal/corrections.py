"""Corrections of SLA clocks: what they change ticket by ticket, and deciding on them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from chassis.errors import PartnerForbidden, Refused
from services.gateway.access import guarded_router
from services.gateway.portal.fields import text, version
from services.gateway.portal.listing import Listing, choice, positive
from services.gateway.portal.navigation import KEEPS, READS_TICKETS
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.problems import STATUS, rule_text

PATH = "/correcties"
SHOWN: Mapping[str, Mapping[str, Any]] = {
    "gewijzigd": {"changed": True},
    "alles": {"changed": False},
    "op-tijd": {"turned": "in-time"},
    "te-laat": {"turned": "late"},
}
"""Which tickets of a correction, as the address names them."""
TEXTS = {
    "gewijzigd": "changed",
    "alles": "all",
    "op-tijd": "in-time",
    "te-laat": "late",
}
DECISIONS = ("accept", "drop", "refresh")
_RECORDED = ("level-correct", "calendar-correct")
_SIZE = 25
_REASON = 500
_INVALID = 400
_SEEN_WITHIN = 3.0
_POLL = 0.1


@dataclass(frozen=True, slots=True)
class Look:
    """Which of a correction's tickets are shown."""

    shown: str = ""
    partner: str = ""
    page: int = 1


_FIRST = Look()


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route(PATH, listed, methods=["GET"])
    routes.add_api_route(f"{PATH}/{{correction}}", shown, methods=["GET"])
    routes.add_api_route(f"{PATH}/{{correction}}", decided, methods=["POST"])
    return routes


async def listed(visit: Visiting, pagina: str = "1", gedaan: str = "") -> Response:
    """The newest first; a partner's people see those that concern its tickets."""
    found = await _query(visit, "corrections", page=positive(pagina), size=_SIZE)
    return await visit.page(
        "corrections.html",
        corrections=found["items"],
        done=f"keep-done-{gedaan}" if gedaan in _RECORDED else "",
        listing=_listing(PATH, {}, found),
    )


async def shown(
    visit: Visiting,
    correction: str,
    toon: str = "",
    deelnemer: str = "",
    pagina: str = "1",
    gedaan: str = "",
) -> Response:
    """The figures, and the tickets a page at a time."""
    return await _page(visit, correction, Look(toon, deelnemer, positive(pagina)), done=gedaan)


async def decided(visit: Visiting, correction: str) -> Response:
    """Accepted, dropped, or the preview worked out anew; what is refused is told on the page."""
    form = await visit.form()
    decision = choice(text(form, "decision"), DECISIONS[::-1])
    reason = text(form, "reason")
    if decision != "refresh" and not 0 < len(reason) <= _REASON:
        wrong = visit.say("correction-fault-reason")
        return await _page(visit, correction, status=_INVALID, wrong=wrong, tried=form)
    body = {"correction": correction} | ({} if decision == "refresh" else {"reason": reason})
    try:
        await visit.backend.command(
            "tickets",
            f"{decision}-correction",
            body,
            visit.person,
            key=text(form, "key") + decision,
            expected_version=None if decision == "refresh" else version(form),
        )
    except Refused as refused:
        fault = refused.faults[0]
        wrong = rule_text(fault, visit.request.app.state.texts, visit.language)
        return await _page(visit, correction, status=STATUS[fault.kind], wrong=wrong, tried=form)
    await _settled(visit, correction)
    return see(f"{PATH}/{correction}?gedaan={decision}")


async def _settled(visit: Visit, correction: str) -> None:
    """Wait until the work is done, but not for ever: big corrections show how far they are."""
    for _ in range(round(_SEEN_WITHIN / _POLL)):
        found = await _query(visit, "correction", correction=correction)
        if found["correction"]["status"] not in ("computing", "applying"):
            return
        await asyncio.sleep(_POLL)


async def _page(
    visit: Visit,
    number: str,
    look: Look = _FIRST,
    *,
    status: int = 200,
    wrong: str = "",
    tried: FormData | None = None,
    done: str = "",
) -> Response:
    told = (await _query(visit, "correction", correction=number))["correction"]
    partners = [group["name"] for group in told["per"]["partner"]]
    filters = {
        "toon": choice(look.shown, SHOWN),
        "deelnemer": choice(look.partner, ("", *partners)),
    }
    asked = {**SHOWN[filters["toon"]], "partner": filters["deelnemer"] or None}
    found = await _query(
        visit, "correction-tickets", correction=number, page=look.page, size=_SIZE, **asked
    )
    return await visit.page(
        "correction.html",
        status=status,
        told=told,
        tickets=found["tickets"],
        names={each.slug: each.name for each in await visit.partners()},
        shown=TEXTS,
        listing=_listing(f"{PATH}/{number}", filters, found),
        decides=bool(visit.roles & KEEPS),
        reads_tickets=bool(visit.roles & READS_TICKETS),
        key=str(uuid4()),
        wrong=wrong,
        tried=tried or {},
        done=f"correction-done-{done}" if done in DECISIONS else "",
    )


async def _query(visit: Visit, name: str, **params: Any) -> dict[str, Any]:
    """An answer of tickets; what cannot exist is not found either."""
    given = {key: value for key, value in params.items() if value is not None}
    try:
        return await visit.backend.query("tickets", name, given, visit.person)
    except Refused as refused:
        if refused.faults[0].kind not in ("invalid", "unknown"):
            raise
        raise PartnerForbidden from None


def _listing(path: str, filters: dict[str, str], found: dict[str, Any]) -> Listing:
    return Listing(
        path=path,
        filters=filters,
        sort="",
        page=found["page"],
        size=found["size"],
        total=found["total"],
    )
