"""The maintenance calendar: what is planned, for whom; agents plan it here too."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from chassis.errors import Fault, Refused
from services.gateway.access import guarded_router
from services.gateway.portal.fields import stretch, text, version, window
from services.gateway.portal.navigation import READS_TICKETS
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.problems import STATUS, rule_text

AGENT = "agent"
_PLANS = {"maintenance": "plan-maintenance", "freeze": "declare-change-freeze"}
_COMMANDS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "announce": ("announce-maintenance", {}),
    "complete": ("complete-maintenance", {"as_planned": True}),
    "complete-late": ("complete-maintenance", {"as_planned": False}),
    "cancel": ("cancel-maintenance", {}),
    "lift": ("lift-change-freeze", {}),
}
_MOVES: Mapping[str, tuple[str, ...]] = {
    "planned": ("announce", "complete", "complete-late", "cancel"),
    "announced": ("complete", "complete-late", "cancel"),
    "frozen": ("lift",),
    "completed": (),
    "cancelled": (),
    "lifted": (),
}
_INVALID = 400
_SHORT = 200


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/onderhoud", shown, methods=["GET"])
    routes.add_api_route("/onderhoud", planned, methods=["POST"])
    routes.add_api_route("/onderhoud/{window}", moved, methods=["POST"])
    return routes


async def shown(visit: Visiting, gedaan: str = "") -> Response:
    """What lies ahead, for the partners of the visitor."""
    return await _page(visit, done=gedaan == "ja")


async def planned(visit: Visiting) -> Response:
    form = await visit.form()
    command = _PLANS.get(text(form, "kind"))
    if command is None or window(form) is None or not 0 < len(text(form, "title")) <= _SHORT:
        wrong = (visit.say("window-fault"),)
        return await _page(visit, status=_INVALID, wrong=wrong, tried=form)
    body: dict[str, Any] = {"title": text(form, "title"), **stretch(form)}
    if partner := text(form, "partner"):
        body["partners"] = [partner]
    if command == "plan-maintenance":
        body["description"] = text(form, "description")
    return await _ordered(visit, command, body, form)


async def moved(visit: Visiting, window: str) -> Response:
    form = await visit.form()
    known = _COMMANDS.get(text(form, "move"))
    if known is None:
        wrong = (visit.say("window-fault-move"),)
        return await _page(visit, status=_INVALID, wrong=wrong)
    command, fields = known
    return await _ordered(visit, command, {"window": window, **fields}, form)


async def _ordered(visit: Visit, command: str, body: Mapping[str, Any], form: FormData) -> Response:
    try:
        await visit.backend.command(
            "tickets",
            command,
            body,
            visit.person,
            key=text(form, "key"),
            expected_version=version(form),
        )
    except Refused as refused:
        wrong = tuple(_told(visit, fault) for fault in refused.faults)
        status = STATUS[refused.faults[0].kind]
        return await _page(visit, status=status, wrong=wrong, tried=form)
    return see("/onderhoud?gedaan=ja")


async def _page(
    visit: Visit,
    *,
    status: int = 200,
    done: bool = False,
    wrong: tuple[str, ...] = (),
    tried: FormData | None = None,
) -> Response:
    reply = await visit.view("maintenance")
    partners = await visit.partners()
    return await visit.page(
        "maintenance.html",
        status=status,
        windows=reply["windows"],
        changes=reply["changes"],
        window_moves=_MOVES,
        partners=partners,
        names={partner.slug: partner.name for partner in partners},
        keeps=AGENT in visit.roles,
        reads_tickets=bool(visit.roles & READS_TICKETS),
        key=str(uuid4()),
        done=done,
        wrong=wrong,
        tried=tried or {},
    )


def _told(visit: Visit, fault: Fault) -> str:
    return rule_text(fault, visit.request.app.state.texts, visit.language)
