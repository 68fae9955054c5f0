"""`/v1/calendars` and `/v1/service-levels`: the windows and norms that the SLA clock runs by."""

from datetime import date, time
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, WithJsonSchema

from contracts.values import (
    CalendarName,
    Domain,
    ItemCode,
    Minutes,
    Percentage,
    Priority,
    ShortText,
    TicketKind,
)
from services.gateway.access import guarded_router
from services.gateway.api.sending import Ordering, Receipt
from services.gateway.wire import Body

TAGS = ["Service levels"]


WallClock = Annotated[time, WithJsonSchema({"type": "string", "format": "time-local"})]


class Hours(Body):
    """One stretch of a weekday, Dutch wall-clock time; `closes` 00:00 is the end of the day."""

    weekday: int = Field(ge=1, le=7, description="ISO weekday: 1 is Monday")
    opens: WallClock = Field(examples=["08:00"])
    closes: WallClock = Field(examples=["17:00"])


class CalendarDefinition(Body):
    calendar: CalendarName
    name: ShortText
    valid_from: date
    hours: list[Hours] = Field(min_length=1)
    public_holidays: bool = True
    liberation_day_yearly: bool = False
    closing_days: tuple[date, ...] = ()


class NormBody(Body):
    """Business time to respond and to resolve; `calendar` null is 24×7."""

    response_minutes: Minutes
    resolution_minutes: Minutes
    calendar: CalendarName | None
    target_percentage: Percentage
    pauses_on_supplier: bool = False


class ServiceLevel(Body):
    domain: Domain
    item: ItemCode | None = Field(default=None, description="Absent: the default of the domain")
    kind: TicketKind
    priority: Priority
    norm: NormBody
    valid_from: date


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.post("/v1/calendars", status_code=201, summary="Define a service calendar")(
        define_calendar
    )
    routes.post("/v1/service-levels", status_code=201, summary="Set a norm")(set_service_level)
    return routes


async def define_calendar(body: CalendarDefinition, order: Ordering) -> Receipt:
    return await order.created("catalog", "define-calendar", body.command(), None)


async def set_service_level(body: ServiceLevel, order: Ordering) -> Receipt:
    return await order.created("catalog", "set-service-level", body.command(), None)
