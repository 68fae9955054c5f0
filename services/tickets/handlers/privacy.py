"""Erasing personal data: of one ticket when its time is over, of a person who asks for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.command import Change, Context, Outcome, Processing, Timer
from contracts.tickets import ErasureReason
from services.tickets.access import require_privacy_officer
from services.tickets.commands import EraseRequester
from services.tickets.domain import retention
from services.tickets.domain.ticket import Ticket, evolve
from services.tickets.errors import RequesterUnknown
from services.tickets.handlers.saving import RETENTION
from services.tickets.repository import Work

ERASURE = "erasure"
"""The kind of timer that erases a person again after a backup brought them back."""


async def retain(number: str, context: Context, work: Work) -> Outcome:
    """Erase the personal data of a ticket if it is time, else wait until it is."""
    ticket = await work.tickets.get(number)
    if ticket is None or (due := retention.due_at(ticket, work.policy.retention)) is None:
        return Outcome()
    if due > context.now:
        return Outcome(timers=[Timer(RETENTION, number, due)])
    reason: ErasureReason = "request" if ticket.erasure_requested else "retention"
    if reason == "request":
        await work.erasures.forget_replies(ticket.requester, [number])
    return Outcome(
        changes=await _erase([ticket], reason, context, work),
        processing=_erasing(ticket.requester, work),
    )


async def erase_requester(command: EraseRequester, context: Context, work: Work) -> Outcome:
    """Erase what has ended at once, and ask it of the rest.

    Erasing somebody once more gives the erasure that there is, as long as nothing came since.
    Raises `RequesterUnknown`.
    """
    require_privacy_officer(context)
    return await erase_person(command.requester, context, work)


async def erase_person(requester: str, context: Context, work: Work) -> Outcome:
    tickets = await work.erasures.tickets_of(requester)
    ended = [ticket for ticket in tickets if ticket.ended_at is not None]
    asked = [ticket for ticket in tickets if ticket.ended_at is None]
    fresh = [ticket for ticket in asked if not ticket.erasure_requested]
    if not ended and not fresh:
        return await _as_before(requester, work)
    changes = await _erase(ended, "request", context, work)
    changes += [await _request(ticket, context, work) for ticket in fresh]
    await work.erasures.forget_replies(requester, [ticket.ticket for ticket in ended])
    numbers = [ticket.ticket for ticket in tickets]
    id_ = await work.erasures.register(requester, numbers, by=context.actor, at=context.recorded_at)
    return Outcome(
        changes=changes,
        reply=_told(id_, ended, asked),
        processing=_erasing(requester, work),
    )


async def _as_before(requester: str, work: Work) -> Outcome:
    erasure = await work.erasures.latest(requester)
    if erasure is None:
        raise RequesterUnknown("requester")
    awaited = await work.erasures.awaited(erasure)
    erased = sorted(set(erasure.tickets) - set(awaited))
    return Outcome(reply={"erasure": str(erasure.id), "erased": erased, "awaited": awaited})


def _told(id_: object, ended: Sequence[Ticket], asked: Sequence[Ticket]) -> Mapping[str, Any]:
    return {
        "erasure": str(id_),
        "erased": [ticket.ticket for ticket in ended],
        "awaited": [ticket.ticket for ticket in asked],
    }


async def _erase(
    tickets: Sequence[Ticket], reason: ErasureReason, context: Context, work: Work
) -> list[Change]:
    """Delete the keys, and leave no name in our own rows."""
    events = [retention.erasing(ticket, context.now, reason) for ticket in tickets]
    for ticket in tickets:
        await work.texts.erase(ticket.requester, [ticket.ticket])
    await work.erasures.blank(
        [evolve(ticket, event) for ticket, event in zip(tickets, events, strict=True)]
    )
    return [
        Change(ticket.ticket, ticket.version, [event])
        for ticket, event in zip(tickets, events, strict=True)
    ]


async def _request(ticket: Ticket, context: Context, work: Work) -> Change:
    event = retention.requesting(ticket, context.now)
    await work.tickets.save(evolve(ticket, event))
    return Change(ticket.ticket, ticket.version, [event])


def _erasing(requester: str, work: Work) -> Processing:
    return Processing(work.activities.erasure, frozenset({requester}))
