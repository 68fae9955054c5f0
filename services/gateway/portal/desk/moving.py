"""One move on one ticket, and what became of it."""

from dataclasses import dataclass

from starlette.datastructures import FormData

from chassis.errors import Fault, Refused
from services.gateway.errors import GatewayError, ReplyLate
from services.gateway.portal.fields import fields
from services.gateway.portal.moves import Move
from services.gateway.portal.visit import Visit
from services.gateway.problems import problem_of_error, rule_text

_STALE = "version-stale"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`version` is the ticket's after the move; `why` tells, in the visitor's words, why not.

    `unknown`: no answer came in time. The same form again gives the answer, and no second effect.
    """

    ticket: str
    version: int | None = None
    why: tuple[str, ...] = ()
    unknown: bool = False

    @property
    def done(self) -> bool:
        return self.version is not None


async def moved(
    visit: Visit, ticket: str, move: Move, form: FormData, *, key: str, version: int | None
) -> Outcome:
    """Send the move's command; only of a form without faults."""
    try:
        reply = await visit.backend.command(
            "tickets",
            move.command,
            {"ticket": ticket, **fields(move, form)},
            visit.person,
            key=key,
            expected_version=version,
        )
    except Refused as refused:
        return Outcome(ticket, why=tuple(_told(visit, fault) for fault in refused.faults))
    except GatewayError as error:
        problem = problem_of_error(error, visit.request.app.state.texts, visit.language)
        return Outcome(ticket, why=(problem.detail,), unknown=isinstance(error, ReplyLate))
    return Outcome(ticket, version=reply["version"])


def _told(visit: Visit, fault: Fault) -> str:
    if fault.slug == _STALE:
        return visit.say("desk-stale")
    return rule_text(fault, visit.request.app.state.texts, visit.language)
