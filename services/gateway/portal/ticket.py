"""One ticket: its facts, moments and history, and what may be done with it."""

from collections.abc import Awaitable, Callable
from typing import Any, get_args
from uuid import uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from chassis.errors import Fault, Refused
from contracts.tickets import Line, WaitingOn
from services.gateway.access import guarded_router
from services.gateway.errors import GatewayError
from services.gateway.portal.draft import DOMAINS, LEVELS
from services.gateway.portal.fields import (
    CHANGE_TYPES,
    RESULTS,
    RISKS,
    fields,
    missing,
    text,
    version,
)
from services.gateway.portal.moves import MOVES, Move, moves_on
from services.gateway.portal.navigation import READS_TEXTS
from services.gateway.portal.related import FORMS, related
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.problems import STATUS, problem_of_error, rule_text

_NOT_FOUND = "not-found"
_STALE = "version-stale"
_DONE = {"report", *(move.name for move in MOVES), *(form.name for form in FORMS)}


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/meldingen/{ticket}", shown, methods=["GET"])
    for move in MOVES:
        routes.add_api_route(f"/meldingen/{{ticket}}/{move.name}", _made(move), methods=["POST"])
    return routes


async def shown(visit: Visiting, ticket: str, versie: str = "", gedaan: str = "") -> Response:
    """`versie` is the version that a form has just made: the page waits for it."""
    at_least = int(versie) if versie.isdecimal() else None
    try:
        return await _page(visit, ticket, at_least=at_least, done=gedaan)
    except Refused as refused:
        if at_least is None or refused.faults[0].slug != _NOT_FOUND:
            raise
        return await visit.page("ticket_pending.html", number=ticket)


def _made(move: Move) -> Callable[[Visiting, str], Awaitable[Response]]:
    """The route of one move."""

    async def make(visit: Visiting, ticket: str) -> Response:
        form = await visit.form()
        wrong = missing(move, form)
        if wrong:
            return await _page(visit, ticket, status=400, wrong=(visit.say(wrong),), tried=form)
        try:
            reply = await visit.backend.command(
                "tickets",
                move.command,
                {"ticket": ticket, **fields(move, form)},
                visit.person,
                key=text(form, "key"),
                expected_version=version(form),
            )
        except Refused as refused:
            return await _refused(visit, ticket, refused.faults, form)
        except GatewayError as error:
            problem = problem_of_error(error, visit.request.app.state.texts, visit.language)
            return await _page(
                visit, ticket, status=problem.status, wrong=(problem.detail,), tried=form
            )
        return see(f"/meldingen/{ticket}?versie={reply['version']}&gedaan={move.name}")

    return make


async def _refused(
    visit: Visit, ticket: str, faults: tuple[Fault, ...], form: FormData
) -> Response:
    """The ticket as it is now, with why nothing was changed."""
    if faults[0].slug == _NOT_FOUND:
        raise Refused(faults)
    texts = visit.request.app.state.texts
    wrong = tuple(
        visit.say("move-stale") if fault.slug == _STALE else rule_text(fault, texts, visit.language)
        for fault in faults
    )
    actual = next((f.params.get("actual") for f in faults if f.slug == _STALE), None)
    return await _page(
        visit,
        ticket,
        at_least=actual if isinstance(actual, int) else None,
        status=STATUS[faults[0].kind],
        wrong=wrong,
        tried=form,
    )


async def _page(
    visit: Visit,
    ticket: str,
    *,
    at_least: int | None = None,
    status: int = 200,
    done: str = "",
    wrong: tuple[str, ...] = (),
    tried: FormData | None = None,
) -> Response:
    fact = await visit.backend.ticket(ticket, visit.person, at_least=at_least)
    timeline = (await visit.view("timeline", ticket=ticket))["timeline"]
    own = fact["requester"] == visit.session.person.pseudonym
    partners = {partner.slug: partner.name for partner in await visit.partners()}
    return await visit.page(
        "ticket.html",
        status=status,
        fact=fact,
        timeline=timeline,
        words=await _words(visit, ticket) if own or visit.roles & READS_TEXTS else None,
        own=own,
        related=await related(visit, fact),
        partner_names=partners,
        partner_name=partners.get(fact["partner"], fact["partner"]),
        moves=moves_on(fact, visit.roles, own=own),
        today=visit.today().isoformat(),
        waits=get_args(WaitingOn),
        lines=get_args(Line),
        levels=LEVELS,
        domains=DOMAINS,
        change_choices={"change_type": CHANGE_TYPES, "risk": RISKS, "result": RESULTS},
        key=str(uuid4()),
        done=done if done in _DONE else "",
        wrong=wrong,
        tried=tried or {},
    )


async def _words(visit: Visit, ticket: str) -> dict[str, Any] | None:
    """Title, description and requester; `None` when they were erased."""
    reply = await visit.backend.query("tickets", "texts", {"tickets": [ticket]}, visit.person)
    words: dict[str, Any] | None = reply["texts"].get(ticket)
    return words
