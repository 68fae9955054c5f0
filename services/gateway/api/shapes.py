"""Shapes that tickets, lists and exports share."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from contracts.tickets import ChangeResult, ChangeType, Channel, Line, Risk, Status, WaitingOn
from contracts.values import Domain, ItemCode, TicketKind, Tier
from services.gateway.wire import Shape


class ClockMoments(Shape):
    """When each clock passed this point; null when it has not."""

    response: datetime | None = None
    resolution: datetime | None = None


class Requester(Shape):
    name: str | None = None
    email: str | None = None


class TicketText(Shape):
    """What people wrote: personal data, so only for those who work on the ticket."""

    title: str
    description: str
    requester: Requester | None = None
    comment: str | None = Field(default=None, description="What was said in rating it")


class Task(Shape):
    """A step of a request; `doneAt` is null while it is to be done."""

    task: int
    team: str
    what: str
    due: datetime
    done_at: datetime | None = None


class Change(Shape):
    """The plan of a change, the decision on it, and how it went; all null for other kinds."""

    change_type: ChangeType | None = None
    risk: Risk | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    decision: Literal["approved", "rejected"] | None = None
    decided_at: datetime | None = None
    result: ChangeResult | None = None


class Ticket(Shape):
    ticket: str = Field(examples=["INC-2026-000123"])
    version: int
    partner: str
    kind: TicketKind
    status: Status
    priority: int = Field(description="1 is the most urgent")
    impact: int
    urgency: int
    item: ItemCode | None
    item_name: str | None
    domain: Domain
    tier: Tier | None
    out_of_catalogue: bool
    channel: Channel
    team: str | None
    line: Line | None
    waiting_on: WaitingOn | None
    requester: str | None = Field(description="Pseudonym of who asks; null after erasure")
    erased_at: datetime | None = Field(
        default=None, description="When who asked and what people wrote were erased"
    )
    opened_at: datetime
    responded_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    cancelled_at: datetime | None
    response_due: datetime | None
    resolution_due: datetime | None
    response_minutes: int | None = Field(description="Norm, in business minutes")
    resolution_minutes: int | None = Field(description="Norm, in business minutes")
    target_percentage: Decimal | None
    norm_source: str | None
    agreement: str | None
    calendar: str | None
    response_seconds: int | None = Field(description="Business seconds used until the response")
    resolution_seconds: int | None = Field(description="Business seconds used")
    paused: bool
    at_risk: ClockMoments
    breached: ClockMoments
    within_response: bool | None
    within_resolution: bool | None
    reopened: int
    reassignments: int
    external: str | None
    generated: bool = Field(description="Made to reach published totals")
    minutes: int = Field(default=0, description="Minutes of work that were logged")
    billable_minutes: int = Field(default=0, description="Those of them that are charged")
    quality: int | None = Field(default=None, description="The requester's score, 1 to 10")
    speed: int | None = Field(default=None, description="The requester's score, 1 to 10")
    communication: int | None = Field(default=None, description="The requester's score, 1 to 10")
    tasks: list[Task] = Field(default_factory=list, description="How a request is fulfilled")
    change: Change = Field(default_factory=Change)
    problem: str | None = Field(default=None, description="The problem that is behind it")
    major_incident: str | None = Field(
        default=None, description="The major incident that it belongs to"
    )
    updated_at: datetime
    text: TicketText | None = Field(
        default=None, description="Null for roles that do not work on tickets, and after erasure"
    )
