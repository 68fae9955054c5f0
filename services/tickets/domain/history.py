"""A ticket's history elsewhere, decided on step by step as if each had just been ordered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from chassis.errors import DomainError, Fault, Refused, invalid_fields
from contracts.tickets import Sealed, TicketEvent
from services.tickets.commands import (
    CancelTicket,
    History,
    OpenTicket,
    RateTicket,
    ReopenTicket,
    Step,
    TicketCommand,
)
from services.tickets.domain.decisions import DECISIONS, decide
from services.tickets.domain.opening import Opening, open_ticket
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve, opened
from services.tickets.errors import HistoryNotOpened, MomentInFuture

NOT_YET_NUMBERED = "INC-0000-000000"
_COMMANDS: Mapping[str, type[TicketCommand]] = {
    **{move: command for command, (move, _) in DECISIONS.items()},
    "rate": RateTicket,
}


@dataclass(frozen=True, slots=True)
class Order:
    """A step, read."""

    at: datetime
    command: TicketCommand

    @property
    def reason(self) -> str | None:
        """Text that is to be sealed."""
        command = self.command
        if isinstance(command, RateTicket):
            return command.comment or None
        return command.reason if isinstance(command, ReopenTicket | CancelTicket) else None


@dataclass(frozen=True, slots=True)
class Script:
    """A history whose steps can be read."""

    history: History
    opened_at: datetime
    opening: OpenTicket
    orders: Sequence[Order]


def script(history: History, until: datetime) -> Script:
    """Read a history. Raises `Refused` with every wrong field, or a step after `until`."""
    first, *rest = history.steps
    if first.do != "open" or any(step.do == "open" for step in rest):
        raise Refused([Fault.of(HistoryNotOpened("steps"))])
    faults: list[Fault] = []
    orders = []
    opening = _read(0, first, until, faults)
    for number, step in enumerate(rest, start=1):
        command = _read(number, step, until, faults)
        if isinstance(command, TicketCommand):
            orders.append(Order(step.at, command))
    if faults or not isinstance(opening, OpenTicket):
        raise Refused(faults)
    return Script(history, first.at, opening, orders)


def play(
    script: Script, opening: Opening, reasons: Mapping[str, Sealed], rules: Rules
) -> tuple[Ticket, list[TicketEvent]]:
    """The ticket and all its events. Raises `Refused`, which names the step that was refused."""
    number = 0
    try:
        first = open_ticket(script.opening, script.opened_at, rules, opening)
        ticket = opened(first)
        events: list[TicketEvent] = [first]
        for number, order in enumerate(script.orders, start=1):  # noqa: B007  told in the fault
            reason = reasons[order.reason] if order.reason is not None else None
            actor = script.opening.requester.id
            for event in decide(ticket, order.command, order.at, rules, reason, actor=actor):
                ticket = evolve(ticket, event)
                events.append(event)
    except DomainError as error:
        raise Refused([_at_step(number, Fault.of(error))]) from None
    return ticket, events


def _read(
    number: int, step: Step, until: datetime, faults: list[Fault]
) -> OpenTicket | TicketCommand | None:
    """The step's command; what is wrong with it is added to `faults`."""
    if step.at > until:
        faults.append(_at_step(number, Fault.of(MomentInFuture(at=step.at.isoformat()))))
    try:
        if step.do == "open":
            return OpenTicket.model_validate(step.fields)
        command = _COMMANDS[step.do]
        return command.model_validate({"ticket": NOT_YET_NUMBERED, **step.fields})
    except ValidationError as error:
        faults += [_at_step(number, fault) for fault in invalid_fields(error.errors())]
        return None


def _at_step(number: int, fault: Fault) -> Fault:
    path = f"steps.{number}.with.{fault.field}" if fault.field else f"steps.{number}"
    return fault.model_copy(update={"field": path})
