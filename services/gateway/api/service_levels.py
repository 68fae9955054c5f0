"""`/v1/calendars` and `/v1/service-levels`: the windows and norms that the SLA clock runs by.

What was set keeps its version: a resource tells all of them, each with the day from which it holds.
"""

from datetime import date, time
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field, WithJsonSchema

from contracts.catalog import CorrectionReason
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
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of, the_one
from services.gateway.api.sending import Asking, Ordering, Receipt
from services.gateway.wire import Body, Shape

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


class ServiceLevelSetting(Body):
    domain: Domain
    item: ItemCode | None = Field(default=None, description="Absent: the default of the domain")
    kind: TicketKind
    priority: Priority
    norm: NormBody
    valid_from: date


class CalendarCorrection(Body):
    """The version that should have held from `validFrom`, which is not ahead."""

    name: ShortText
    valid_from: date
    hours: list[Hours] = Field(min_length=1)
    public_holidays: bool = True
    liberation_day_yearly: bool = False
    closing_days: tuple[date, ...] = ()
    reason: CorrectionReason


class NormCorrection(Body):
    """The norm that should have held from `validFrom`, which is not ahead."""

    norm: NormBody
    valid_from: date
    reason: CorrectionReason


class HoursRead(Shape):
    weekday: int = Field(description="ISO weekday: 1 is Monday")
    opens: WallClock
    closes: WallClock


class CalendarVersion(Shape):
    calendar_version: int
    valid_from: date
    name: str
    hours: list[HoursRead]
    public_holidays: bool
    liberation_day_yearly: bool
    closing_days: list[date]
    reason: str | None = Field(default=None, description="Of a correction: what was wrong")


class Calendar(Shape):
    calendar: CalendarName
    version: int = Field(validation_alias="aggregate_version", description="Also the `ETag`")
    versions: list[CalendarVersion] = Field(description="In the order in which they begin")


class Calendars(Page[Calendar]):
    """Service calendars, a page at a time."""


class NormRead(Shape):
    """Business minutes; `calendar` null is 24×7."""

    response_minutes: int
    resolution_minutes: int
    calendar: str | None
    target_percentage: Decimal
    pauses_on_supplier: bool


class NormSince(Shape):
    valid_from: date
    norm: NormRead
    reason: str | None = Field(default=None, description="Of a correction: what was wrong")


class ServiceLevel(Shape):
    domain: Domain
    item: ItemCode | None = Field(description="Null: the default of the domain")
    kind: TicketKind
    priority: int
    version: int = Field(validation_alias="aggregate_version", description="Also the `ETag`")
    versions: list[NormSince] = Field(description="In the order in which they begin")


class ServiceLevels(Page[ServiceLevel]):
    """Norms as they were set, a page at a time."""


class ServiceLevelFilter(Paging):
    domain: Domain | None = None
    item: str | None = Field(
        default=None, max_length=30, description="A code, or `-` for the defaults of domains"
    )
    kind: TicketKind | None = None
    priority: Priority | None = None


CalendarPath = Annotated[str, Path(examples=["kantooruren"], description="Name of the calendar")]
NormedItem = Annotated[
    str, Path(examples=["ICT-WP-01"], description="Code, or `-` for the default of the domain")
]


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/calendars", summary="Service calendars")(list_calendars)
    routes.get("/v1/calendars/{calendar}", summary="One service calendar")(show_calendar)
    routes.post("/v1/calendars", status_code=201, summary="Define a service calendar")(
        define_calendar
    )
    routes.get("/v1/service-levels", summary="Norms that were set")(list_service_levels)
    routes.get(
        "/v1/service-levels/{domain}/{item}/{kind}/{priority}",
        summary="One norm, with its versions",
    )(show_service_level)
    routes.post("/v1/service-levels", status_code=201, summary="Set a norm")(set_service_level)
    routes.post("/v1/calendars/{calendar}/_correct", summary="Put a service calendar right")(
        correct_calendar
    )
    routes.post(
        "/v1/service-levels/{domain}/{item}/{kind}/{priority}/_correct",
        summary="Put a norm right",
    )(correct_service_level)
    return routes


async def list_calendars(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[Paging, Query()],
) -> Calendars:
    reply = await backend.view("calendars", person, **wanted.asked())
    return page_of(Calendars, reply, request, response, wanted)


async def show_calendar(
    calendar: CalendarPath, response: Response, backend: Asking, person: Acting
) -> Calendar:
    reply = await backend.view("calendars", person, calendar=calendar)
    return the_one(Calendar, reply, response)


async def define_calendar(body: CalendarDefinition, order: Ordering) -> Receipt:
    return await order.created(
        "catalog", "define-calendar", body.command(), f"/v1/calendars/{body.calendar}"
    )


async def list_service_levels(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[ServiceLevelFilter, Query()],
) -> ServiceLevels:
    reply = await backend.view("service-levels", person, **wanted.asked())
    return page_of(ServiceLevels, reply, request, response, wanted)


async def show_service_level(
    domain: Domain,
    item: NormedItem,
    kind: TicketKind,
    priority: Priority,
    response: Response,
    backend: Asking,
    person: Acting,
) -> ServiceLevel:
    reply = await backend.view(
        "service-levels", person, domain=domain, item=item, kind=kind, priority=priority
    )
    return the_one(ServiceLevel, reply, response)


async def set_service_level(body: ServiceLevelSetting, order: Ordering) -> Receipt:
    href = f"/v1/service-levels/{body.domain}/{body.item or '-'}/{body.kind}/{body.priority}"
    return await order.created("catalog", "set-service-level", body.command(), href)


async def correct_calendar(
    calendar: CalendarPath, body: CalendarCorrection, order: Ordering
) -> Receipt:
    command = body.command(calendar=calendar)
    return await order.changed("catalog", "correct-calendar", command, f"/v1/calendars/{calendar}")


async def correct_service_level(
    domain: Domain,
    item: NormedItem,
    kind: TicketKind,
    priority: Priority,
    body: NormCorrection,
    order: Ordering,
) -> Receipt:
    about = {"domain": domain, "item": None if item == "-" else item}
    command = body.command(**about, kind=kind, priority=priority)
    href = f"/v1/service-levels/{domain}/{item}/{kind}/{priority}"
    return await order.changed("catalog", "correct-service-level", command, href)
