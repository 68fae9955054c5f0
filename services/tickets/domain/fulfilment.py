"""Fulfilling a service request: the steps of its item as tasks, each with a team and a due moment.

The due moments follow the order of the steps, one lead time after the other, in the hours of the
ticket's norm; without a norm in 24x7. Tasks may be done in any order.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate

from contracts.tickets import (
    FulfilmentPlanned,
    FulfilmentTask,
    TaskCompleted,
    TicketResumed,
    TicketWorkStarted,
)
from services.tickets.commands import CompleteTask
from services.tickets.domain import clock
from services.tickets.domain.calendar import business_date
from services.tickets.domain.resolving import resolving
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve
from services.tickets.domain.turn import Events, Turn
from services.tickets.errors import TaskDone, TasksOpen, TaskUnknown, TicketNotOpen


def planned(ticket: Ticket, at: datetime, rules: Rules) -> Events:
    """The plan of a request that was just opened; nothing for what has no steps."""
    tasks = tuple(_tasks(ticket, at, rules))
    return (_plan(ticket, at, tasks),) if tasks else ()


def planned_anew(ticket: Ticket, at: datetime, rules: Rules) -> Events:
    """The plan of a request that moved to another item: the new item's steps, if any."""
    tasks = tuple(_tasks(ticket, at, rules))
    return (_plan(ticket, at, tasks),) if tasks or ticket.tasks else ()


def complete(turn: Turn, command: CompleteTask) -> Events:
    """Raises `TicketNotOpen`, `TaskUnknown` or `TaskDone`. The last task resolves the request."""
    ticket = turn.ticket
    if not ticket.is_open:
        raise TicketNotOpen(status=ticket.status)
    task = _task(ticket, command.task)
    started = _taken_up(turn)
    for event in started:
        ticket = evolve(ticket, event)
    after = Turn(ticket, turn.at, turn.rules)
    done = TaskCompleted(
        **turn.told(),
        task=task.task,
        team=task.team,
        within_due=turn.at <= task.due,
        clock=after.read(),
    )
    ticket = evolve(ticket, done)
    ended = () if open_tasks(ticket) else (resolving(Turn(ticket, turn.at, turn.rules)),)
    return *started, done, *ended


def open_tasks(ticket: Ticket) -> tuple[FulfilmentTask, ...]:
    return tuple(task for task in ticket.tasks if task.task not in ticket.tasks_done)


def require_done(ticket: Ticket) -> None:
    """Raises `TasksOpen`, which names what is still to be done."""
    left = open_tasks(ticket)
    if left:
        raise TasksOpen(count=len(left), tasks=[task.what for task in left])


def _task(ticket: Ticket, number: int) -> FulfilmentTask:
    found = next((task for task in ticket.tasks if task.task == number), None)
    if found is None:
        raise TaskUnknown("task", task=number)
    if number in ticket.tasks_done:
        raise TaskDone("task", task=number)
    return found


def _taken_up(turn: Turn) -> Events:
    """Doing a task is work: it starts what had not started, and ends waiting."""
    if turn.ticket.status == "in-progress":
        return ()
    reading = clock.resumed(turn.ticket, turn.read(), turn.at, turn.hours)
    if turn.ticket.status == "waiting":
        return (TicketResumed(**turn.told(), clock=reading),)
    return (TicketWorkStarted(**turn.told(), clock=clock.answered(reading, turn.at)),)


def _plan(ticket: Ticket, at: datetime, tasks: tuple[FulfilmentTask, ...]) -> FulfilmentPlanned:
    return FulfilmentPlanned(
        occurred_at=at, ticket=ticket.ticket, partner=ticket.partner, tasks=tasks
    )


def _tasks(ticket: Ticket, at: datetime, rules: Rules) -> Iterator[FulfilmentTask]:
    """The steps of the item's version that holds today, for a service request."""
    if not rules.plans or ticket.kind != "service-request" or ticket.item is None:
        return
    version = rules.catalogue.items[ticket.item].versions.on(business_date(at))
    steps = version.steps if version else ()
    hours = rules.hours(ticket.norm)
    for number, (step, minutes) in enumerate(
        zip(steps, accumulate(step.lead_minutes for step in steps), strict=True), start=1
    ):
        due = hours.after(at, 60 * minutes) or at
        yield FulfilmentTask(task=number, team=step.team, what=step.what, due=due)
