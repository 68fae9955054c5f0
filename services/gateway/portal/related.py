"""What a ticket belongs to and what is known of it; the forms by which the service desk says so."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from services.gateway.access import guarded_router
from services.gateway.portal.forms import Area, Field, Form, Ids, Present, opened, sent
from services.gateway.portal.navigation import SEES_QUEUE
from services.gateway.portal.visit import Visit

INCIDENTS = frozenset({"incident", "security-incident"})
RELATED = Area(service="tickets", texts="related", home="/werkvoorraad", title="nav-queue")
_TICKET = "/meldingen/{ticket}"
_INCIDENTS = 100


async def related(visit: Visit, fact: Mapping[str, Any]) -> dict[str, Any]:
    """For the page of a ticket: its problem's known error, or of a problem all that is known.

    `actions` are the forms that fit, by name.
    """
    if fact["kind"] == "problem" and visit.roles & SEES_QUEUE:
        known = await visit.view("problem", ticket=fact["ticket"], size=_INCIDENTS)
    else:
        known = None
    return {
        "known": known,
        "known_error": await _known_error(visit, fact),
        "actions": _actions(visit, fact, known),
    }


async def _known_error(visit: Visit, fact: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is known of the problem behind an incident, where it concerns the visitor."""
    if fact["problem"] is None:
        return None
    found = await visit.view("known-errors", search=fact["problem"], size=1)
    return next(iter(found["items"]), None)


def _actions(
    visit: Visit, fact: Mapping[str, Any], known: Mapping[str, Any] | None
) -> tuple[Form, ...]:
    if "agent" not in visit.roles:
        return ()
    is_open = fact["resolved_at"] is None and fact["cancelled_at"] is None
    names: Mapping[str, bool] = {
        **(_of_incident(fact, is_open=is_open) if fact["kind"] in INCIDENTS else {}),
        **(_of_problem(known["problem"]) if known is not None and is_open else {}),
    }
    return tuple(form for form in FORMS if names.get(form.name))


def _of_incident(fact: Mapping[str, Any], *, is_open: bool) -> Mapping[str, bool]:
    there = fact["cancelled_at"] is None
    return {
        "link-problem": there and fact["problem"] is None,
        "unlink-problem": fact["problem"] is not None,
        "declare-major": is_open and fact["major_incident"] is None,
        "attach-major": there and fact["major_incident"] is None,
        "detach-major": fact["major_incident"] is not None,
    }


def _of_problem(problem: Mapping[str, Any]) -> Mapping[str, bool]:
    return {
        "root-cause": True,
        "known-error": True,
        "withdraw-known-error": problem["known_since"] is not None,
    }


async def _ticket(visit: Visit, ids: Ids) -> Present:
    fact = await visit.backend.ticket(ids["ticket"], visit.person)
    return Present(fact["version"], fact["ticket"])


async def _problem(visit: Visit, ids: Ids) -> Present:
    found = (await visit.view("problem", ticket=ids["ticket"], size=1))["problem"]
    body = {name: found[name] or "" for name in ("root_cause", "summary", "workaround")}
    return Present(found["version"], found["ticket"], body)


FORMS: tuple[Form, ...] = (
    Form(
        area=RELATED,
        name="link-problem",
        path=f"{_TICKET}/probleem",
        command="link-to-problem",
        subject=_ticket,
        done=_TICKET,
        parts=(Field("problem", "choice", options="problem", hint=True),),
    ),
    Form(
        area=RELATED,
        name="unlink-problem",
        path=f"{_TICKET}/probleem-los",
        command="unlink-from-problem",
        subject=_ticket,
        done=_TICKET,
        parts=(),
    ),
    Form(
        area=RELATED,
        name="root-cause",
        path=f"{_TICKET}/oorzaak",
        command="record-root-cause",
        subject=_problem,
        done=_TICKET,
        parts=(Field("root_cause", "area", hint=True),),
    ),
    Form(
        area=RELATED,
        name="known-error",
        path=f"{_TICKET}/bekende-fout",
        command="record-known-error",
        subject=_problem,
        done=_TICKET,
        parts=(Field("summary", hint=True), Field("workaround", "area", hint=True)),
    ),
    Form(
        area=RELATED,
        name="withdraw-known-error",
        path=f"{_TICKET}/bekende-fout-intrekken",
        command="withdraw-known-error",
        subject=_problem,
        done=_TICKET,
        parts=(),
    ),
    Form(
        area=RELATED,
        name="attach-major",
        path=f"{_TICKET}/grote-storing-bij",
        command="attach-to-major-incident",
        subject=_ticket,
        done=_TICKET,
        parts=(Field("major_incident", "choice", options="major-incident", hint=True),),
    ),
    Form(
        area=RELATED,
        name="detach-major",
        path=f"{_TICKET}/grote-storing-los",
        command="detach-from-major-incident",
        subject=_ticket,
        done=_TICKET,
        parts=(),
    ),
    Form(
        area=RELATED,
        name="declare-major",
        path=f"{_TICKET}/grote-storing",
        command="declare-major-incident",
        subject=_ticket,
        done="/grote-storingen/{major_incident}",
        back=_TICKET,
        parts=(Field("title", hint=True), Field("message", "area", hint=True)),
    ),
)
"""In the order in which the page of a ticket offers them."""


def router() -> APIRouter:
    routes = guarded_router()
    for form in FORMS:
        routes.add_api_route(form.path, opened(form), methods=["GET"])
        routes.add_api_route(form.path, sent(form), methods=["POST"])
    return routes
