"""`/v1/dashboards/{partner}`: a partner's figures, live."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from contracts.tickets import ClockName
from services.gateway.access import Acting, guarded_router
from services.gateway.api.partners import PartnerPath
from services.gateway.api.sending import Asking
from services.gateway.wire import Shape

TAGS = ["Figures"]


class Period(Shape):
    from_: date = Field(alias="from")
    to: date


class Age(Shape):
    label: str
    count: int


class OpenTickets(Shape):
    total: int
    by_kind: dict[str, int]
    by_priority: dict[str, int]
    by_age: list[Age]


class Day(Shape):
    date: date
    opened: int
    resolved: int


class ResponseFigures(Shape):
    counted: int = Field(description="Tickets with a norm that were resolved in the period")
    within: int
    percentage: Decimal | None = Field(description="Null where nothing was counted")


class ResolutionFigures(ResponseFigures):
    median_seconds: int | None = Field(description="Business seconds")
    p90_seconds: int | None = Field(description="Business seconds")


class OutOfCatalogue(Shape):
    count: int
    open: int
    percentage: Decimal | None


class Breach(Shape):
    ticket: str
    clock: ClockName
    due: datetime
    item: str | None


class Dashboard(Shape):
    """Figures over a period of Amsterdam days. `sequence` is the stream sequence they hold at."""

    partner: str
    period: Period
    open: OpenTickets
    due_today: int
    at_risk: int
    overdue: int
    inflow: int
    resolved: int
    per_day: list[Day]
    response: ResponseFigures
    resolution: ResolutionFigures
    out_of_catalogue: OutOfCatalogue
    breaches: list[Breach]
    generated: int = Field(description="Tickets among them that were made to reach totals")
    sequence: int


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/dashboards/{partner}", summary="Figures of a partner")(show_dashboard)
    return routes


async def show_dashboard(
    partner: PartnerPath,
    backend: Asking,
    person: Acting,
    from_: Annotated[
        date | None, Query(alias="from", description="First day; default four weeks back")
    ] = None,
    to: Annotated[date | None, Query(description="Last day; default today")] = None,
) -> Dashboard:
    period = {"from": from_.isoformat() if from_ else None, "to": to.isoformat() if to else None}
    return Dashboard.model_validate(
        await backend.view("dashboard", person, partner=partner, **period)
    )
