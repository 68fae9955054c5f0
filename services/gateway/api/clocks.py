"""`GET /v1/tickets/{ticket}/clock`: how the SLA clock ran, interval by interval."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, Field

from contracts.tickets import ClockName, WaitingOn
from services.gateway.access import Acting, guarded_router
from services.gateway.api.sending import Asking
from services.gateway.api.tickets import TAGS, TicketPath
from services.gateway.wire import Shape


class NormHeld(Shape):
    """The norm that held: where it comes from, and the version of its calendar."""

    source: Literal["agreement", "item", "domain"]
    agreement: str | None = None
    response_minutes: int
    resolution_minutes: int
    calendar: str | None = Field(description="Null is 24×7")
    calendar_version: int | None
    target_percentage: Decimal
    pauses_on_supplier: bool


class Interval(Shape):
    """What the clocks did from `startsAt` to `endsAt`."""

    starts_at: datetime
    ends_at: datetime
    course: Literal["running", "paused", "outside-hours", "without-norm", "stopped"]
    clocks: list[ClockName] = Field(description="Those that were on")
    waiting_on: WaitingOn | None = Field(description="Why they paused")
    business_seconds: int = Field(description="How much the clocks counted")
    norm: NormHeld | None


class Reading(Shape):
    """Business seconds used, and the last moments that were in time."""

    response_seconds: int
    resolution_seconds: int
    response_due: datetime | None
    resolution_due: datetime | None
    responded_at: datetime | None
    paused: bool


class Standing(Shape):
    """How the clocks stand. Moments are null for what did not happen."""

    norm: NormHeld | None
    clock: Reading
    paused_at: datetime | None
    response_at_risk_at: datetime | None
    resolution_at_risk_at: datetime | None
    response_breached_at: datetime | None
    resolution_breached_at: datetime | None
    within_response: bool | None = Field(description="Null before the response")
    within_resolution: bool | None = Field(description="Null before the resolution")


class ClockCorrection(Shape):
    """What was put right of these clocks, with both readings."""

    correction: str
    reason: str = Field(description="What was wrong")
    corrected_at: datetime
    before: Standing
    after: Standing


class Clock(Shape):
    """The intervals follow on each other without gaps, and add up to the seconds."""

    ticket: str
    until: datetime
    uncorrected: bool = Field(description="As it ran at first, without its corrections")
    corrections: list[ClockCorrection]
    response_seconds: int
    resolution_seconds: int
    omitted: int = Field(description="Earlier intervals that are not listed")
    intervals: list[Interval]


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/tickets/{ticket}/clock", summary="The SLA clock, explained")(show_clock)
    return routes


async def show_clock(
    ticket: TicketPath,
    backend: Asking,
    person: Acting,
    *,
    at: Annotated[
        AwareDatetime | None, Query(description="Until when it is told; default now")
    ] = None,
    uncorrected: Annotated[
        bool, Query(description="As it ran at first, without its corrections")
    ] = False,
) -> Clock:
    asked: dict[str, Any] = {"ticket": ticket, "uncorrected": uncorrected}
    if at is not None:
        asked["at"] = at.isoformat()
    return Clock.model_validate(await backend.query("tickets", "clock", asked, person))
