"""`/v1/security-signals`: how many there were, per partner, month and sort."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from contracts.tickets import Month, SignalCount, SignalSort
from contracts.values import PartnerSlug
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of
from services.gateway.api.sending import Asking, Ordering, Receipt
from services.gateway.wire import Body, Shape

TAGS = ["Figures"]


class SignalsBody(Body):
    """The count of a month; sent again, the new count holds."""

    partner: PartnerSlug
    month: Month = Field(examples=["2026-03"])
    sort: SignalSort
    count: SignalCount


class MonthOfSignals(Shape):
    partner: str
    month: str = Field(examples=["2026-03"])
    counts: dict[SignalSort, int] = Field(description="By sort; one that was not counted is absent")
    counted_at: datetime


class SecuritySignals(Page[MonthOfSignals]):
    """The latest month first."""


class SignalsFilter(Paging):
    partner: PartnerSlug | None = None
    from_: Month | None = Field(default=None, alias="from", description="First month")
    to: Month | None = Field(default=None, description="Last month")


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/security-signals", summary="Security signals, counted per month")(
        list_security_signals
    )
    routes.post("/v1/security-signals", status_code=201, summary="Record the count of a month")(
        record_security_signals
    )
    return routes


async def list_security_signals(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[SignalsFilter, Query()],
) -> SecuritySignals:
    asked = wanted.asked()
    asked["from"] = asked.pop("from_")
    reply = await backend.view("security-signals", person, **asked)
    return page_of(SecuritySignals, reply, request, response, wanted)


async def record_security_signals(body: SignalsBody, order: Ordering) -> Receipt:
    return await order.created("tickets", "record-security-signals", body.command(), None)
