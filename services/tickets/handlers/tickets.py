"""Tickets: open one, and any command to one that is there."""

from dataclasses import replace
from functools import reduce

from chassis.command import Context, Outcome, Processing
from contracts.tickets import Sealed
from services.tickets.access import (
    require_kind_of_caller,
    require_move_of_caller,
    require_requester,
    require_sight,
)
from services.tickets.commands import (
    CancelTicket,
    OpenTicket,
    RateTicket,
    RejectChange,
    ReopenTicket,
    TicketCommand,
)
from services.tickets.domain import fulfilment
from services.tickets.domain.calendar import amsterdam
from services.tickets.domain.decisions import decide, move_of
from services.tickets.domain.opening import Opening
from services.tickets.domain.opening import open_ticket as decide_opening
from services.tickets.domain.ticket import Ticket, evolve, opened
from services.tickets.errors import TicketErased, TicketUnknown
from services.tickets.handlers.saving import PREFIX, outcome, personal_text, save
from services.tickets.repository import Work


async def open_ticket(command: OpenTicket, context: Context, work: Work) -> Outcome:
    context.require_partner(command.partner)
    require_requester(context, command.requester.id)
    require_kind_of_caller(context, command.kind)
    number = await work.tickets.number(PREFIX[command.kind], amsterdam(context.now).year)
    pen = work.texts.pen(command.requester.id, number)
    personal = pen.seal(personal_text(command))
    rules = await work.rules()
    event = decide_opening(command, context.now, rules, Opening(number, personal))
    ticket = opened(event)
    plan = fulfilment.planned(ticket, event.occurred_at, rules)
    ticket = reduce(evolve, plan, ticket)
    decided = outcome(ticket, 0, [event, *plan], rules)
    rows = (work.texts.kept([pen]), work.tickets.added([(ticket, personal)]))
    return replace(decided, processing=_handling(command.requester.id, work), writes=rows)


async def change_ticket(command: TicketCommand, context: Context, work: Work) -> Outcome:
    """Any command to a ticket that is there."""
    ticket = await seen_ticket(command.ticket, context, work)
    require_move_of_caller(context, move_of(command), ticket.waiting_on)
    context.require_version(ticket.version)
    sealed = await _sealed(command, ticket, work)
    rules = await work.rules(freezes=ticket.kind == "change")
    events = decide(ticket, command, context.now, rules, sealed, actor=context.actor)
    saved = await save(ticket, events, rules, work)
    return replace(saved, processing=_handling(ticket.requester, work)) if sealed else saved


def _handling(requester: str, work: Work) -> Processing:
    return Processing(work.activities.handling, frozenset({requester}))


async def seen_ticket(number: str, context: Context, work: Work) -> Ticket:
    """The ticket, locked. Raises `TicketUnknown` for one that the caller may not know of."""
    ticket = await work.tickets.get(number)
    if ticket is None:
        raise TicketUnknown
    require_sight(context, ticket.partner, ticket.requester)
    return ticket


async def _sealed(command: TicketCommand, ticket: Ticket, work: Work) -> Sealed | None:
    """Free text is about the person who asked, and is sealed for them."""
    text = None
    if isinstance(command, ReopenTicket | CancelTicket | RejectChange):
        text = command.reason
    elif isinstance(command, RateTicket):
        text = command.comment
    if not text:
        return None
    if ticket.erased:
        raise TicketErased
    return await work.texts.seal(ticket.requester, ticket.ticket, text)
