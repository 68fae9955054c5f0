"""The case, its catalogue as `tickets` would hear it, and histories put to the real decisions."""

from collections.abc import Callable, Iterable

import pytest

from bodemplaat.cases.loader import load
from bodemplaat.cases.model import Case
from bodemplaat.cases.orders import Order, phases
from bodemplaat.imports.history import History, Step
from contracts.catalog import (
    AgreementSigned,
    CalendarDefined,
    CatalogueItemPublished,
    PartnerJoined,
    ServiceLevelSet,
)
from contracts.registry import DomainEvent
from contracts.tickets import Sealed, TicketEvent
from services.tickets import commands
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.decisions import decide
from services.tickets.domain.opening import Opening, open_ticket
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import evolve, fold

Decided = Callable[[Iterable[History]], dict[str, list[TicketEvent]]]

NUMBER = "INC-2026-000001"
SEALED = Sealed(subject="someone", text="")
COMMANDS = {
    "assign": commands.AssignTicket,
    "start": commands.StartWork,
    "pause": commands.PauseTicket,
    "resume": commands.ResumeTicket,
    "prioritise": commands.ChangePriority,
    "reclassify": commands.ReclassifyTicket,
    "resolve": commands.ResolveTicket,
    "close": commands.CloseTicket,
    "reopen": commands.ReopenTicket,
    "cancel": commands.CancelTicket,
    "rate": commands.RateTicket,
}


@pytest.fixture(scope="session")
def case() -> Case:
    return load("de-liemers")


@pytest.fixture(scope="session")
def ons() -> Case:
    return load("ons")


@pytest.fixture(scope="session")
def decided(case: Case) -> Decided:
    return _decisions(case)


@pytest.fixture(scope="session")
def decided_at_ons(ons: Case) -> Decided:
    return _decisions(ons)


def _decisions(case: Case) -> Decided:
    """Histories put to the real decisions under the catalogue of a case."""
    orders = [order for phase in phases(case) for order in phase]
    told = [event for order in orders if (event := _event(case, order)) is not None]
    rules = Rules(Catalogue().apply(told), plans=False)
    return lambda histories: {each.external: _events(each, rules) for each in histories}


def _event(case: Case, order: Order) -> DomainEvent | None:
    told = {**order.body, "occurred_at": order.now}
    match order.command:
        case "register-partner":
            return PartnerJoined.model_validate(told)
        case "define-calendar":
            return CalendarDefined.model_validate({**told, "calendar_version": 1})
        case "publish-catalogue-item":
            (item,) = (each for each in case.catalogue.items if each.item == order.body["item"])
            told |= {"item_version": 1, "content": item.content}
            return CatalogueItemPublished.model_validate(told)
        case "set-service-level":
            return ServiceLevelSet.model_validate(told)
        case "sign-agreement":
            return AgreementSigned.model_validate(told)
    return None


def _events(history: History, rules: Rules) -> list[TicketEvent]:
    first, *rest = history.steps
    opening = Opening(NUMBER, SEALED, external=history.external, generated=history.generated)
    command = commands.OpenTicket.model_validate(first.fields)
    events: list[TicketEvent] = [open_ticket(command, first.at, rules, opening)]
    ticket = fold(events)
    for step in rest:
        happened = decide(ticket, _command(step), step.at, rules, SEALED, actor=ticket.requester)
        for event in happened:
            ticket = evolve(ticket, event)
        events += happened
    return events


def _command(step: Step) -> commands.TicketCommand:
    return COMMANDS[step.do].model_validate({**step.fields, "ticket": NUMBER})
