"""What a command does: load, decide, save."""

from collections.abc import Mapping, Sequence
from functools import reduce

import orjson

from chassis.command import Change, Context, Outcome, Timer
from contracts.tickets import Sealed, TicketEvent, WindowEvent
from contracts.values import TicketKind
from services.tickets.access import (
    require_kind_of_caller,
    require_move_of_caller,
    require_requester,
    require_sight,
)
from services.tickets.commands import (
    CancelTicket,
    DeclareChangeFreeze,
    OpenTicket,
    PlanMaintenance,
    RateTicket,
    RejectChange,
    ReopenTicket,
    TicketCommand,
    WindowCommand,
    WindowOrder,
)
from services.tickets.domain import fulfilment, windows
from services.tickets.domain.calendar import amsterdam
from services.tickets.domain.decisions import decide, move_of
from services.tickets.domain.opening import Opening
from services.tickets.domain.opening import open_ticket as decide_opening
from services.tickets.domain.passing import next_moment
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve, opened
from services.tickets.domain.windows import Window
from services.tickets.errors import TicketUnknown, WindowUnknown
from services.tickets.repository import Work

PREFIX: Mapping[TicketKind, str] = {
    "incident": "INC",
    "service-request": "REQ",
    "change": "CHG",
    "problem": "PRB",
    "security-incident": "SEC",
    "complaint": "CMP",
    "question": "QST",
}
WINDOW_PREFIX: Mapping[type[WindowOrder], str] = {
    PlanMaintenance: "MNT",
    DeclareChangeFreeze: "FRZ",
}
CLOCK = "clock"
"""The kind of timer that wakes a ticket at the next moment of its clock."""


async def open_ticket(command: OpenTicket, context: Context, work: Work) -> Outcome:
    context.require_partner(command.partner)
    require_requester(context, command.requester.id)
    require_kind_of_caller(context, command.kind)
    year = amsterdam(context.now).year
    (number,) = await work.tickets.numbers(PREFIX[command.kind], year, 1)
    personal = await work.texts.seal(command.requester.id, personal_text(command))
    rules = await work.rules()
    event = decide_opening(command, context.now, rules, Opening(number, personal))
    ticket = opened(event)
    plan = fulfilment.planned(ticket, event.occurred_at, rules)
    ticket = reduce(evolve, plan, ticket)
    await work.tickets.add([(ticket, personal)])
    return _outcome(ticket, 0, [event, *plan], rules)


async def change_ticket(command: TicketCommand, context: Context, work: Work) -> Outcome:
    """Any command to a ticket that is there."""
    ticket = await work.tickets.get(command.ticket)
    if ticket is None:
        raise TicketUnknown
    require_sight(context, ticket.partner, ticket.requester)
    require_move_of_caller(context, move_of(command), ticket.waiting_on)
    context.require_version(ticket.version)
    sealed = await _sealed(command, ticket, work)
    rules = await work.rules(freezes=ticket.kind == "change")
    events = decide(ticket, command, context.now, rules, sealed, actor=context.actor)
    return await save(ticket, events, rules, work)


async def plan_window(command: WindowOrder, context: Context, work: Work) -> Outcome:
    """Maintenance, or a freeze."""
    prefix = WINDOW_PREFIX[type(command)]
    (number,) = await work.tickets.numbers(prefix, amsterdam(context.now).year, 1)
    catalogue = await work.catalogue.catalogue()
    event = windows.plan(command, number, context.now, catalogue)
    window = windows.planned(event)
    await work.windows.add(window)
    return _window_outcome(window, 0, [event])


async def change_window(command: WindowCommand, context: Context, work: Work) -> Outcome:
    """Any command to a window that is there."""
    window = await work.windows.get(command.window)
    if window is None:
        raise WindowUnknown("window", window=command.window)
    context.require_version(window.version)
    events = windows.decide(window, command, context.now)
    after = reduce(windows.evolve, events, window)
    await work.windows.save(after)
    return _window_outcome(after, window.version, events)


def _window_outcome(window: Window, before: int, events: Sequence[WindowEvent]) -> Outcome:
    return Outcome(
        changes=[Change(window.window, before, events)],
        reply={"window": window.window, "version": window.version, "status": window.status},
    )


async def save(ticket: Ticket, events: Sequence[TicketEvent], rules: Rules, work: Work) -> Outcome:
    """Write what a ticket became. Without events only its timer is set again."""
    after = reduce(evolve, events, ticket)
    if events:
        await work.tickets.save(after)
    return _outcome(after, ticket.version, events, rules)


def personal_text(command: OpenTicket) -> str:
    """What the opening says of persons, as the JSON that is sealed."""
    return orjson.dumps(
        {
            "title": command.title,
            "description": command.description,
            "requester": command.requester.model_dump(),
        }
    ).decode()


def _outcome(ticket: Ticket, before: int, events: Sequence[TicketEvent], rules: Rules) -> Outcome:
    return Outcome(
        changes=[Change(ticket.ticket, before, events)] if events else (),
        reply={"ticket": ticket.ticket, "version": ticket.version, "status": ticket.status},
        timers=[Timer(CLOCK, ticket.ticket, next_moment(ticket, rules))],
    )


async def _sealed(command: TicketCommand, ticket: Ticket, work: Work) -> Sealed | None:
    """Free text is about the person who asked, and is sealed for them."""
    text = None
    if isinstance(command, ReopenTicket | CancelTicket | RejectChange):
        text = command.reason
    elif isinstance(command, RateTicket):
        text = command.comment
    return await work.texts.seal(ticket.requester, text) if text else None
