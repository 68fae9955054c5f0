"""Reporting a ticket: choose what it is about, tell it, see how urgent that makes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from chassis.errors import Fault, Refused
from services.gateway.access import guarded_router
from services.gateway.errors import GatewayError
from services.gateway.identity import pseudonym
from services.gateway.portal.draft import (
    DESK_CHANNELS,
    DESK_KINDS,
    DOMAINS,
    KINDS,
    LEVELS,
    NOT_LISTED,
    Draft,
    priority,
)
from services.gateway.portal.known_errors import likely
from services.gateway.portal.major_incidents import ongoing
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.problems import STATUS, problem_of_error, rule_text

SHOWN_ITEMS = 8
_CATALOGUE_SIZE = 100
_INVALID = 400


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong, in words: per field, and about the whole."""

    fields: Mapping[str, str] = field(default_factory=dict)
    whole: tuple[str, ...] = ()


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/melden", blank, methods=["GET"])
    routes.add_api_route("/melden", sent, methods=["POST"])
    routes.add_api_route("/melden/zoek", searched, methods=["POST"])
    routes.add_api_route("/melden/producten", found_items, methods=["GET"])
    routes.add_api_route("/melden/prioriteit", resulting_priority, methods=["GET"])
    return routes


async def blank(visit: Visiting, product: str = "") -> Response:
    partners = await visit.partners()
    first = partners[0].slug if partners else ""
    return await _form(visit, Draft.empty(first, item=product))


async def searched(visit: Visiting) -> Response:
    """The search without JavaScript: the same form, with what was found."""
    return await _form(visit, Draft.of(await visit.form()))


async def sent(visit: Visiting) -> Response:
    draft = Draft.of(await visit.form())
    partners = frozenset(partner.slug for partner in await visit.partners())
    wrong = draft.faults(partners, at_desk=_at_desk(visit))
    if wrong:
        faults = Faults({name: visit.say(text) for name, text in wrong.items()})
        return await _form(visit, draft, faults, status=_INVALID)
    try:
        body = draft.body(visit.person, caller=_caller(visit, draft))
        reply = await visit.backend.command(
            "tickets", "open-ticket", body, visit.person, key=draft.key
        )
    except Refused as refused:
        status = STATUS[refused.faults[0].kind]
        return await _form(visit, draft, _told(visit, refused.faults), status=status)
    except GatewayError as error:
        problem = problem_of_error(error, visit.request.app.state.texts, visit.language)
        return await _form(visit, draft, Faults(whole=(problem.detail,)), status=problem.status)
    return see(f"/meldingen/{reply['ticket']}?versie={reply['version']}&gedaan=report")


def _at_desk(visit: Visit) -> bool:
    """Whether the visitor logs what others report."""
    return "agent" in visit.roles


def _caller(visit: Visit, draft: Draft) -> str | None:
    """The pseudonym of the caller: the same for the same mail address, here and in the API."""
    if not _at_desk(visit):
        return None
    settings = visit.request.app.state.settings
    return pseudonym(f"mailto:{draft.caller_email.casefold()}", settings)


async def found_items(
    visit: Visiting, partner: str = "", search: str = "", item: str = ""
) -> Response:
    """For htmx, while someone types."""
    items = await _items(visit, partner, search, item)
    return visit.part("report_items.html", items=items, chosen=item, not_listed=NOT_LISTED)


async def resulting_priority(
    visit: Visiting,
    partner: str = "",
    kind: str = "",
    item: str = "",
    impact: str = "",
    urgency: str = "",
) -> Response:
    """For htmx, when a choice changes: the priority, and what is then promised."""
    level = priority(impact, urgency)
    norm = await _norm(visit, partner, item, kind, level) if level else None
    return visit.part("report_priority.html", priority=level, norm=norm)


async def _form(
    visit: Visit, draft: Draft, faults: Faults | None = None, *, status: int = 200
) -> Response:
    partners = await visit.partners()
    level = draft.priority
    listed = draft.item and draft.item != NOT_LISTED
    return await visit.page(
        "report.html",
        status=status,
        draft=draft,
        faults=faults or Faults(),
        partners=partners,
        items=await _items(visit, draft.partner, draft.search, draft.item),
        chosen=draft.item,
        not_listed=NOT_LISTED,
        kinds=DESK_KINDS if _at_desk(visit) else KINDS,
        channels=DESK_CHANNELS if _at_desk(visit) else (),
        domains=DOMAINS,
        levels=LEVELS,
        majors=await ongoing(visit),
        known_errors=await likely(visit, draft.partner, draft.item, draft.title),
        priority=level,
        norm=await _norm(visit, draft.partner, draft.item, draft.kind, level)
        if listed and level
        else None,
    )


async def _items(visit: Visit, partner: str, search: str, chosen: str) -> dict[str, Any]:
    """What the partner has that fits the search, the chosen one first; and how many in all."""
    if not partner:
        return {"shown": [], "total": 0}
    reply = await visit.view(
        "catalogue", partner=partner, search=search or None, size=_CATALOGUE_SIZE
    )
    found = [item for item in reply["items"] if item["agreed"]]
    found.sort(key=lambda item: (item["item"] != chosen, item["name"]))
    return {"shown": found[:SHOWN_ITEMS], "total": len(found)}


async def _norm(
    visit: Visit, partner: str, item: str, kind: str, level: int
) -> dict[str, Any] | None:
    """The norm that will hold; `None` when the item has none of its own."""
    if not item or item == NOT_LISTED:
        return None
    try:
        reply = await visit.view("catalogue-item", item=item, partner=partner or None)
    except Refused:
        return None
    fitting = (
        norm
        for norm in reply["item"]["norms"]
        if norm["kind"] == kind and norm["priority"] == level
    )
    return next(fitting, None)


def _told(visit: Visit, faults: tuple[Fault, ...]) -> Faults:
    """A service's faults: beside the field they name, the others about the whole."""
    texts = visit.request.app.state.texts
    known = Draft.__dataclass_fields__
    told = [(fault.field, rule_text(fault, texts, visit.language)) for fault in faults]
    return Faults(
        fields={name: text for name, text in told if name in known},
        whole=tuple(text for name, text in told if name not in known),
    )
