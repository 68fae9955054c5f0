"""`/v1/maintenance-windows` and `/v1/change-freezes`: what is agreed for all to see."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import AwareDatetime, Field

from contracts.tickets import ChangeResult, ChangeType, Risk, Status
from contracts.values import LongText, PartnerSlug, ShortText
from services.gateway.access import Acting, guarded_router
from services.gateway.api.sending import Asking, Ordering, Receipt
from services.gateway.wire import Body, Shape

TAGS = ["Maintenance"]
CALENDAR = "/v1/maintenance-calendar"
WindowPath = Annotated[str, Path(examples=["MNT-2026-000001"], max_length=40)]
WindowStatus = Literal["planned", "announced", "completed", "cancelled", "frozen", "lifted"]


class FreezeBody(Body):
    """No changes but emergencies."""

    title: ShortText
    partners: list[PartnerSlug] = Field(default_factory=list, description="None named: all")
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class MaintenanceBody(FreezeBody):
    """A window in which services may be away."""

    description: LongText = Field(default="", description="What people will notice of it")


class Completion(Body):
    as_planned: bool


class WindowReceipt(Receipt):
    window: str


class Window(Shape):
    window: str
    version: int
    kind: Literal["maintenance", "freeze"]
    title: str
    description: str
    partners: list[str] = Field(description="Those within your scope")
    everybody: bool = Field(description="It concerns every partner")
    starts_at: datetime
    ends_at: datetime
    status: WindowStatus
    announced_at: datetime | None
    as_planned: bool | None = Field(description="Null until it is completed")


class PlannedChange(Shape):
    ticket: str
    partner: str
    status: Status
    change_type: ChangeType
    risk: Risk
    starts_at: datetime
    ends_at: datetime
    decision: Literal["approved", "rejected"] | None
    decided_at: datetime | None
    result: ChangeResult | None


class MaintenanceCalendar(Shape):
    """What touches the period, in the order in which it starts."""

    windows: list[Window]
    changes: list[PlannedChange]
    sequence: int


class CalendarFilter(Body):
    from_: date | None = Field(default=None, alias="from", description="Default today")
    to: date | None = Field(default=None, description="Default 90 days")
    partner: PartnerSlug | None = None


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get(CALENDAR, summary="Maintenance, freezes and changes ahead")(maintenance_calendar)
    routes.post("/v1/maintenance-windows", status_code=201, summary="Plan maintenance")(
        plan_maintenance
    )
    routes.post("/v1/maintenance-windows/{window}/_announce", summary="The partners were told")(
        announce_maintenance
    )
    routes.post("/v1/maintenance-windows/{window}/_complete", summary="It is done")(
        complete_maintenance
    )
    routes.post("/v1/maintenance-windows/{window}/_cancel", summary="Call it off")(
        cancel_maintenance
    )
    routes.post("/v1/change-freezes", status_code=201, summary="Declare a change freeze")(
        declare_freeze
    )
    routes.post("/v1/change-freezes/{window}/_lift", summary="End a freeze before its time")(
        lift_freeze
    )
    return routes


async def maintenance_calendar(
    backend: Asking, person: Acting, wanted: Annotated[CalendarFilter, Query()]
) -> MaintenanceCalendar:
    asked = {"from": wanted.from_, "to": wanted.to, "partner": wanted.partner}
    given = {name: str(value) for name, value in asked.items() if value is not None}
    return MaintenanceCalendar.model_validate(await backend.view("maintenance", person, **given))


async def plan_maintenance(body: MaintenanceBody, order: Ordering) -> WindowReceipt:
    return await _window(order, "plan-maintenance", body.command())


async def declare_freeze(body: FreezeBody, order: Ordering) -> WindowReceipt:
    return await _window(order, "declare-change-freeze", body.command())


async def announce_maintenance(window: WindowPath, order: Ordering) -> WindowReceipt:
    return await _window(order, "announce-maintenance", {"window": window})


async def complete_maintenance(
    window: WindowPath, body: Completion, order: Ordering
) -> WindowReceipt:
    return await _window(order, "complete-maintenance", {"window": window, **body.command()})


async def cancel_maintenance(window: WindowPath, order: Ordering) -> WindowReceipt:
    return await _window(order, "cancel-maintenance", {"window": window})


async def lift_freeze(window: WindowPath, order: Ordering) -> WindowReceipt:
    return await _window(order, "lift-change-freeze", {"window": window})


async def _window(order: Ordering, command: str, body: dict[str, Any]) -> WindowReceipt:
    reply = await order.send("tickets", command, body)
    receipt = order.receipt(reply, CALENDAR)
    return WindowReceipt(window=reply["window"], version=receipt.version, links=receipt.links)
