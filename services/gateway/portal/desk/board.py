"""The board: a column per state, cards that move, live.

A card moves by a form; dragging it sends the same form. Each column shows the cards that are due
first, and more of them when asked.
"""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response, StreamingResponse

from services.gateway.portal.desk.frame import frame, own_team
from services.gateway.portal.desk.moving import Outcome, moved
from services.gateway.portal.desk.steps import COLUMNS, Step, step_named, steps_on
from services.gateway.portal.fields import missing, text, version
from services.gateway.portal.filters import asked, read
from services.gateway.portal.listing import choice
from services.gateway.portal.live_changes import live_changes
from services.gateway.portal.moves import Move, move_named
from services.gateway.portal.tickets import texts_of
from services.gateway.portal.visit import Visit, Visiting, see

PATH = "/werkvoorraad/bord"
FILTERS = ("partner", "team", "lijn", "prioriteit")
SHOWN = 10
MOST = 50
"""Cards of a column, and of one of which more is asked."""
PACE_SECONDS = 2.0
"""The board is told of changes no more often than this."""
_INVALID = 400
_REFUSED = 409


def add_to(routes: APIRouter) -> None:
    routes.add_api_route(PATH, board, methods=["GET"])
    routes.add_api_route(PATH, move_card, methods=["POST"])
    routes.add_api_route(f"{PATH}/kolommen", columns, methods=["GET"])
    routes.add_api_route(f"{PATH}/live", live, methods=["GET"])


async def board(visit: Visiting, gedaan: str = "", stap: str = "") -> Response:
    """Begins with the own team when there is one."""
    step = step_named(stap)
    done = visit.say(f"done-{step.move}") if step and gedaan else ""
    return await _page(visit, visit.request.query_params, done=f"{gedaan}: {done}" if done else "")


async def columns(visit: Visiting) -> Response:
    """The columns alone, for htmx to put in place when something has changed.

    A card that is on the screen keeps its title (`bekend`): each reading of what people wrote is
    a processing that is logged, and a board that refreshes itself reads nothing anew.
    """
    query = visit.request.query_params
    facts = await _facts(visit, query, known=frozenset(query.getlist("bekend")))
    return visit.part("desk_columns.html", **facts, session=visit.session)


async def live(visit: Visiting, partner: str = "", na: str = "") -> StreamingResponse:
    """Server-sent events: `changed`, whenever there is something new after sequence `na`."""
    if partner:
        visit.person.require_partner(partner)
    scope = {partner} if partner else visit.person.partners
    return live_changes(visit, scope, na, pace=PACE_SECONDS, views={"tickets"})


async def move_card(visit: Visiting) -> Response:
    """One step of one card; the board then stands as it was, at that card."""
    form = await visit.form()
    given = {name: text(form, f"bord_{name}") for name in (*FILTERS, "meer")}
    step = step_named(text(form, "stap"))
    move = move_named(step.move) if step else None
    if step is None or move is None:
        return await _page(visit, given, wrong=(visit.say("board-fault-step"),), status=_INVALID)
    filled = FormData({"team": text(form, "team"), **step.given})
    if wrong := missing(move, filled):
        return await _page(visit, given, wrong=(visit.say(wrong),), status=_INVALID)
    outcome = await _stepped(visit, form, step, move, filled)
    if not outcome.done:
        return await _page(visit, given, wrong=outcome.why, of=outcome.ticket, status=_REFUSED)
    await visit.backend.ticket(outcome.ticket, visit.person, at_least=outcome.version)
    query = urlencode({**given, "gedaan": outcome.ticket, "stap": step.name})
    return see(f"{PATH}?{query}#{outcome.ticket}")


async def _stepped(
    visit: Visit, form: FormData, step: Step, move: Move, filled: FormData
) -> Outcome:
    ticket = text(form, "ticket")
    key = f"{text(form, 'key')}:{ticket}:{step.name}"
    return await moved(visit, ticket, move, filled, key=key, version=version(form))


async def _page(
    visit: Visit,
    given: Mapping[str, str],
    *,
    done: str = "",
    wrong: tuple[str, ...] = (),
    of: str = "",
    status: int = 200,
) -> Response:
    facts = await _facts(visit, given)
    return await visit.page(
        "desk_board.html",
        status=status,
        **{**await frame(visit, facts["filters"]["partner"]), **facts},
        done=done,
        wrong=wrong,
        of=of,
    )


async def _facts(
    visit: Visit, given: Mapping[str, str], known: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """What the columns show."""
    partners = await visit.partners()
    with_own = {"team": own_team(visit.request), **given}
    filters = read(with_own, FILTERS, [partner.slug for partner in partners])
    more = choice(given.get("meer", ""), ("", *COLUMNS))
    found = await asyncio.gather(
        *(_column(visit, name, filters, MOST if name == more else SHOWN) for name in COLUMNS)
    )
    shown = [fact for column in found for fact in column["tickets"]]
    return {
        "columns": dict(zip(COLUMNS, found, strict=True)),
        "filters": filters,
        "more": more,
        "address": urlencode({**filters, "meer": more}),
        "names": {partner.slug: partner.name for partner in partners},
        "steps": {fact["ticket"]: steps_on(fact) for fact in shown},
        "works": "agent" in visit.roles,
        "own_team": own_team(visit.request),
        "known": known,
        "texts": await texts_of(visit, [fact for fact in shown if fact["ticket"] not in known]),
        "key": str(uuid4()),
        "at": visit.request.app.state.clock(),
        "sequence": min(column["sequence"] for column in found),
    }


async def _column(visit: Visit, name: str, filters: Mapping[str, str], size: int) -> dict[str, Any]:
    """What is due first; of what is resolved, the latest."""
    sort = "-resolved_at" if name == "resolved" else "resolution_due"
    return await visit.view(
        "tickets", **asked(filters), status=list(COLUMNS[name]), sort=sort, size=size
    )
