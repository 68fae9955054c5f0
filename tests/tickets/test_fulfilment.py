"""A service request of an item with steps: tasks with teams and due moments."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from services.tickets.commands import (
    AssignTicket,
    CompleteTask,
    PauseTicket,
    ReclassifyTicket,
    ReopenTicket,
    ResolveTicket,
    StartWork,
)
from services.tickets.errors import TaskDone, TasksOpen, TaskUnknown, TicketNotOpen

REQUEST = {"kind": "service-request", "item": "ICT-LAP-01"}


def test_the_steps_become_tasks_with_due_moments_in_their_order(
    desk: Any, at: Callable[[str], datetime]
) -> None:
    ticket = desk.open("2026-02-05T09:00", **REQUEST)
    assert [(task.team, task.what) for task in ticket.tasks] == [
        ("Beheer", "Inrichten"),
        ("Servicedesk", "Uitreiken"),
    ]
    assert [task.due for task in ticket.tasks] == [at("2026-02-05T18:00"), at("2026-02-05T19:00")]


@pytest.mark.parametrize(
    "report", [{"kind": "incident", "item": "ICT-LAP-01"}, {"kind": "service-request"}]
)
def test_nothing_else_has_tasks(desk: Any, report: dict[str, Any]) -> None:
    desk.open("2026-02-05T09:00", **report)
    assert [event.event_name for event in desk.events] == ["ticket-opened"]


def test_the_request_is_resolved_with_its_last_task(desk: Any) -> None:
    desk.open("2026-02-05T09:00", **REQUEST)
    desk.do("2026-02-05T09:05", AssignTicket, team="Beheer")
    with pytest.raises(TasksOpen) as refusal:
        desk.do("2026-02-05T09:06", ResolveTicket)
    assert refusal.value.params == {"count": 2, "tasks": ["Inrichten", "Uitreiken"]}
    first = desk.do("2026-02-05T10:00", CompleteTask, task=2)
    assert first == ["ticket-work-started", "task-completed"]
    with pytest.raises(TaskDone):
        desk.do("2026-02-05T10:01", CompleteTask, task=2)
    with pytest.raises(TaskUnknown):
        desk.do("2026-02-05T10:01", CompleteTask, task=3)
    last = desk.do("2026-02-05T20:00", CompleteTask, task=1)
    assert last == ["task-completed", "ticket-resolved"]
    assert [event.within_due for event in desk.events if event.event_name == "task-completed"] == [
        True,
        False,
    ]
    with pytest.raises(TicketNotOpen):
        desk.do("2026-02-05T20:01", CompleteTask, task=1)


def test_doing_a_task_ends_waiting(desk: Any) -> None:
    desk.open("2026-02-05T09:00", **REQUEST)
    desk.do("2026-02-05T09:05", AssignTicket, team="Beheer")
    desk.do("2026-02-05T09:06", StartWork)
    desk.do("2026-02-05T09:07", PauseTicket, waiting_on="user")
    told = desk.do("2026-02-05T09:30", CompleteTask, task=1)
    assert told == ["ticket-resumed", "task-completed"]
    assert desk.ticket.status == "in-progress"


def test_another_item_brings_its_own_tasks(desk: Any) -> None:
    desk.open("2026-02-05T09:00", kind="service-request")
    told = desk.do("2026-02-05T10:00", ReclassifyTicket, item="ICT-LAP-01")
    assert told == ["ticket-reclassified", "fulfilment-planned"]
    desk.do("2026-02-05T10:10", CompleteTask, task=1)
    desk.do("2026-02-05T10:20", ReclassifyTicket, item="ICT-WP-01")
    assert desk.ticket.tasks == ()
    assert desk.do("2026-02-05T10:30", ResolveTicket) == ["ticket-resolved"]


def test_a_reopened_request_needs_its_tasks_no_second_time(desk: Any) -> None:
    desk.open("2026-02-05T09:00", **REQUEST)
    for task in (1, 2):
        desk.do("2026-02-05T10:00", CompleteTask, task=task)
    desk.do("2026-02-05T11:00", ReopenTicket, reason="Verkeerde laptop")
    assert desk.do("2026-02-05T12:00", ResolveTicket) == ["ticket-resolved"]
