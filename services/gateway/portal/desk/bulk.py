"""One action on many tickets: chosen from a list, looked over, and sent ticket by ticket.

Each ticket gets a command of its own, with the version that was looked at and a key of its own:
what one ticket refuses holds up no other, and the same form sent twice does nothing twice.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, get_args
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from contracts.tickets import Line, WaitingOn
from services.gateway.backend import LOOK_SECONDS, WAIT_SECONDS
from services.gateway.portal.desk.frame import frame
from services.gateway.portal.desk.moving import Outcome, moved
from services.gateway.portal.draft import LEVELS
from services.gateway.portal.fields import missing, text
from services.gateway.portal.listing import choice
from services.gateway.portal.login import local_address
from services.gateway.portal.moves import Move, move_named, moves_on
from services.gateway.portal.tickets import texts_of
from services.gateway.portal.visit import Visit, Visiting

PATH = "/werkvoorraad/actie"
ACTIONS = ("assign", "start", "wait", "resume", "prioritise", "resolve", "close", "cancel")
"""The moves that can be made on many tickets at once, in the order of the work."""
MOST = 100
_AT_ONCE = 8
_INVALID = 400


@dataclass(frozen=True, slots=True)
class Pick:
    """A ticket that was ticked off, with the version that was looked at."""

    ticket: str
    version: int

    @classmethod
    def of(cls, given: str) -> "Pick | None":
        """Of `INC-2026-000123:7`; `None` for anything else."""
        ticket, _, version = given.partition(":")
        return cls(ticket, int(version)) if ticket and version.isdecimal() else None


def add_to(routes: APIRouter) -> None:
    routes.add_api_route(PATH, look_over, methods=["GET"])
    routes.add_api_route(PATH, carry_out, methods=["POST"])


async def look_over(visit: Visiting, actie: str = "", terug: str = "/werkvoorraad") -> Response:
    """The chosen tickets as they are now, and what the action asks for."""
    numbers = visit.request.query_params.getlist("gekozen")
    return await _page(visit, _action(actie), _numbers(numbers), local_address(terug))


async def carry_out(visit: Visiting) -> Response:
    """What was done per ticket, and what was refused and why."""
    form = await visit.form()
    move, back = _action(text(form, "actie")), local_address(text(form, "terug"))
    picks = [pick for given in form.getlist("gekozen") if (pick := Pick.of(str(given)))][:MOST]
    wrong = "bulk-fault-none" if not picks else missing(move, form)
    if wrong:
        numbers = _numbers([*map(str, form.getlist("alle"))])
        return await _page(visit, move, numbers, back, wrong=visit.say(wrong), tried=form)
    outcomes = await _each(visit, move, picks, form)
    facts = await _as_done(visit, outcomes)
    return await visit.page(
        "desk_outcome.html",
        **await frame(visit),
        action=move,
        outcomes=outcomes,
        done=sum(outcome.done for outcome in outcomes),
        facts={fact["ticket"]: fact for fact in facts},
        texts=await texts_of(visit, facts),
        back=back,
        again=_again(move, outcomes, back),
    )


async def _each(
    visit: Visit, move: Move, picks: Sequence[Pick], form: FormData
) -> Sequence[Outcome]:
    """A few at a time, so that one desk's action leaves room for everybody's."""
    gate = asyncio.Semaphore(_AT_ONCE)
    key = f"{text(form, 'key')}:{move.name}"

    async def one(pick: Pick) -> Outcome:
        async with gate:
            own = f"{key}:{pick.ticket}"
            return await moved(visit, pick.ticket, move, form, key=own, version=pick.version)

    return await asyncio.gather(*map(one, picks))


async def _as_done(visit: Visit, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """The tickets once the read model has taken in what was done, or as far as it is by then."""
    until = monotonic() + WAIT_SECONDS
    awaited = {outcome.ticket: outcome.version or 0 for outcome in outcomes if outcome.done}
    while True:
        facts = await _facts(visit, [outcome.ticket for outcome in outcomes])
        behind = any(fact["version"] < awaited.get(fact["ticket"], 0) for fact in facts)
        if not behind or monotonic() >= until:
            return facts
        await asyncio.sleep(LOOK_SECONDS)


async def _page(
    visit: Visit,
    move: Move,
    numbers: Sequence[str],
    back: str,
    *,
    wrong: str = "",
    tried: FormData | None = None,
) -> Response:
    facts = await _facts(visit, numbers)
    fitting = {
        fact["ticket"] for fact in facts if move in moves_on(fact, frozenset({"agent"}), own=False)
    }
    return await visit.page(
        "desk_action.html",
        status=_INVALID if wrong else 200,
        **await frame(visit),
        action=move,
        tickets=facts,
        fitting=fitting,
        texts=await texts_of(visit, facts),
        back=back,
        waits=get_args(WaitingOn),
        lines=get_args(Line),
        levels=LEVELS,
        key=(tried and text(tried, "key")) or str(uuid4()),
        most=MOST,
        wrong=wrong,
        tried=tried or {},
    )


async def _facts(visit: Visit, numbers: Sequence[str]) -> list[dict[str, Any]]:
    """The tickets within the visitor's scope; others are left out, as if they did not exist."""
    if not numbers:
        return []
    found = await visit.view(
        "tickets", numbers=list(numbers), sort="resolution_due", size=len(numbers)
    )
    facts: list[dict[str, Any]] = found["tickets"]
    return facts


def _action(given: str) -> Move:
    move = move_named(choice(given, ACTIONS))
    if move is None:
        raise LookupError(given)
    return move


def _numbers(given: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(number for number in given if number))[:MOST]


def _again(move: Move, outcomes: Sequence[Outcome], back: str) -> str:
    """Where what was refused can be looked over once more; empty when nothing was."""
    refused = [("gekozen", outcome.ticket) for outcome in outcomes if not outcome.done]
    query = urlencode([("actie", move.name), ("terug", back), *refused])
    return f"{PATH}?{query}" if refused else ""
