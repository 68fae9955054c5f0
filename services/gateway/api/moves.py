"""`POST /v1/tickets/{ticket}/_…`: the moves of a ticket, each a command."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import AwareDatetime, Field

from contracts.tickets import ChangeResult, ChangeType, Line, Risk, Score, WaitingOn, WorkedMinutes
from contracts.values import Domain, ItemCode, LongText, ShortText
from services.gateway.access import guarded_router
from services.gateway.api.sending import Ordering, Receipt
from services.gateway.api.tickets import TAGS, Level, TicketPath
from services.gateway.wire import Body


class Assignment(Body):
    team: ShortText
    line: Line = "first"


class Pause(Body):
    waiting_on: WaitingOn


class Prioritisation(Body):
    impact: Level
    urgency: Level


class Reclassification(Body):
    """Another catalogue item; null lies outside the catalogue and needs a `domain`."""

    item: ItemCode | None
    domain: Domain | None = None


class Reason(Body):
    reason: LongText = Field(min_length=1, description="Kept encrypted, as all free text")


class TimeEntry(Body):
    """Work on a ticket, of a team."""

    team: ShortText
    minutes: WorkedMinutes
    billable: bool
    worked_on: date = Field(description="Dutch date of the work")


class Rating(Body):
    """What the requester thought, each from 1 (bad) to 10 (excellent)."""

    quality: Score
    speed: Score
    communication: Score
    comment: LongText | None = Field(
        default=None, max_length=2000, description="Kept encrypted, as all free text"
    )


class TaskDone(Body):
    task: int = Field(ge=1, le=1000, description="Its place in the order of the tasks")


class ChangePlan(Body):
    """When a change is carried out, and how risky it is."""

    change_type: ChangeType
    risk: Risk
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class Implementation(Body):
    result: ChangeResult


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    for path, endpoint, summary in (
        ("_assign", assign, "Assign to a team"),
        ("_start", start, "Start work: the first time is the response"),
        ("_pause", pause, "Put to wait"),
        ("_resume", resume, "Go on after waiting"),
        ("_prioritise", prioritise, "Set impact and urgency"),
        ("_reclassify", reclassify, "Move to another catalogue item"),
        ("_resolve", resolve, "Resolve"),
        ("_close", close, "Close"),
        ("_reopen", reopen, "Open again, within the agreement's days"),
        ("_cancel", cancel, "Cancel"),
        ("time-entries", log_time, "Log working time of a team"),
        ("_rate", rate, "Rate, as the requester, once, after closing"),
        ("tasks/_complete", complete_task, "Complete a task; with the last one it is resolved"),
        ("change/_plan", plan_change, "Plan a change; it then waits for approval, unless standard"),
        ("change/_approve", approve_change, "Approve a change that somebody else planned"),
        ("change/_reject", reject_change, "Reject a change that somebody else planned"),
        ("change/_implement", implement_change, "Tell how a change went; resolves it"),
    ):
        routes.post(f"/v1/tickets/{{ticket}}/{path}", summary=summary)(endpoint)
    return routes


async def assign(ticket: TicketPath, body: Assignment, order: Ordering) -> Receipt:
    return await _move(order, "assign-ticket", ticket, body.command())


async def start(ticket: TicketPath, order: Ordering) -> Receipt:
    return await _move(order, "start-work", ticket)


async def pause(ticket: TicketPath, body: Pause, order: Ordering) -> Receipt:
    return await _move(order, "pause-ticket", ticket, body.command())


async def resume(ticket: TicketPath, order: Ordering) -> Receipt:
    return await _move(order, "resume-ticket", ticket)


async def prioritise(ticket: TicketPath, body: Prioritisation, order: Ordering) -> Receipt:
    return await _move(order, "change-priority", ticket, body.command())


async def reclassify(ticket: TicketPath, body: Reclassification, order: Ordering) -> Receipt:
    return await _move(order, "reclassify-ticket", ticket, body.command())


async def resolve(ticket: TicketPath, order: Ordering) -> Receipt:
    return await _move(order, "resolve-ticket", ticket)


async def close(ticket: TicketPath, order: Ordering) -> Receipt:
    return await _move(order, "close-ticket", ticket)


async def reopen(ticket: TicketPath, body: Reason, order: Ordering) -> Receipt:
    return await _move(order, "reopen-ticket", ticket, body.command())


async def cancel(ticket: TicketPath, body: Reason, order: Ordering) -> Receipt:
    return await _move(order, "cancel-ticket", ticket, body.command())


async def log_time(ticket: TicketPath, body: TimeEntry, order: Ordering) -> Receipt:
    return await _move(order, "log-time", ticket, body.command())


async def rate(ticket: TicketPath, body: Rating, order: Ordering) -> Receipt:
    return await _move(order, "rate-ticket", ticket, body.command())


async def complete_task(ticket: TicketPath, body: TaskDone, order: Ordering) -> Receipt:
    return await _move(order, "complete-task", ticket, body.command())


async def plan_change(ticket: TicketPath, body: ChangePlan, order: Ordering) -> Receipt:
    return await _move(order, "plan-change", ticket, body.command())


async def approve_change(ticket: TicketPath, order: Ordering) -> Receipt:
    return await _move(order, "approve-change", ticket)


async def reject_change(ticket: TicketPath, body: Reason, order: Ordering) -> Receipt:
    return await _move(order, "reject-change", ticket, body.command())


async def implement_change(ticket: TicketPath, body: Implementation, order: Ordering) -> Receipt:
    return await _move(order, "implement-change", ticket, body.command())


async def _move(
    order: Ordering, command: str, ticket: str, body: Mapping[str, Any] | None = None
) -> Receipt:
    whole = {**(body or {}), "ticket": ticket}
    return await order.changed("tickets", command, whole, f"/v1/tickets/{ticket}")
