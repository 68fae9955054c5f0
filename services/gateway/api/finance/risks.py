"""`/v1/risks`, reserves and resilience: what may happen, and what is at hand for it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field

from contracts.finance.risks import ReserveCode, RiskCode
from contracts.finance.risks import Risk as Content
from contracts.values import Euro, Percentage, ShortText
from services.gateway.access import guarded_router
from services.gateway.api.finance.books import At, Origin, Reading
from services.gateway.api.paging import Page, Paging
from services.gateway.api.sending import Ordering, Receipt
from services.gateway.wire import Body, Shape

TAGS = ["Risk and resilience"]
RISKS = "/v1/risks"
RESERVES = "/v1/reserves"
ASSESSMENTS = "/v1/resilience-assessments"
RiskPath = Annotated[RiskCode, Path(description="Code of the risk")]


class RiskContent(Content, Body):
    """Without amounts it is pro memoria, and counts in no sum."""


class RiskRegistration(Body):
    risk: RiskCode
    content: RiskContent


class RiskClosing(Body):
    closed_on: date
    reason: ShortText


class ReserveBody(Body):
    """A reserve that counts as capacity, as it stands from a day on."""

    reserve: ReserveCode
    name: ShortText
    valid_from: date
    amount: Euro


class ByPercentage(Body):
    way: Literal["percentage"]
    percentage: Percentage = Decimal(50)


class BySimulation(Body):
    way: Literal["simulation"]
    runs: int = Field(default=10_000, ge=100, le=50_000)
    seed: int = Field(default=1, ge=0, le=2**31, description="The same seed gives the same outcome")
    certainty: Literal[80, 90, 95] = Field(default=90, description="Per cent of the runs")


class ResilienceBody(Body):
    """The register as it stands, as of a reference date; `turnover` is of that year."""

    on: date
    turnover: Euro
    how: Annotated[ByPercentage | BySimulation, Field(discriminator="way")]


class Risk(Content, Origin):
    risk: RiskCode
    status: Literal["open", "closed"]
    registered_on: date
    updated_on: date
    closed_on: date | None
    reason: str | None = Field(description="Why it was closed")
    pro_memoria: bool = Field(description="No amount can be given")


class RiskTotals(Shape):
    """Of all pages together; the amounts are of what is open."""

    open: int
    closed: int
    pro_memoria: int
    gross: Decimal
    net: Decimal


class Risks(Page[Risk]):
    """The register, as it stands or as it was on a day."""

    totals: RiskTotals


class RiskFilter(Paging):
    on: date | None = Field(default=None, description="The register at the end of that day")
    status: Literal["open", "closed"] | None = None
    category: str | None = Field(default=None, max_length=200)
    owner: str | None = Field(default=None, max_length=200)
    search: str | None = Field(default=None, max_length=200)
    review_until: date | None = None
    sort: str = Field(default="risk", max_length=40)


class RiskChange(Shape):
    field: str
    before: Any
    after: Any


class RiskWord(Shape):
    """Something that was told of the risk."""

    version: int
    on: date
    occurred_at: datetime
    event: Literal["risk-registered", "risk-updated", "risk-closed"]
    changed: list[RiskChange]
    reason: str | None
    event_id: str
    stream_sequence: int


class RiskHistory(At):
    risk: Risk
    history: list[RiskWord]


class ReserveAmount(Shape):
    version: int
    valid_from: date
    name: str
    amount: Decimal


class Reserve(Origin):
    reserve: ReserveCode
    name: str
    valid_from: date | None
    amount: Decimal | None = Field(description="Euro on the day; null: not yet")
    amounts: list[ReserveAmount]


class Capacity(Shape):
    capacity: Decimal


class Reserves(Page[Reserve]):
    """Reserves on a day."""

    on: date
    totals: Capacity


class ReserveFilter(Paging):
    on: date | None = Field(default=None, description="Default today")


class RiskPart(Shape):
    risk: str
    name: str
    net: Decimal | None
    percentage: Decimal = Field(description="Of the needed capacity")


class Assessment(Origin):
    """Capacity against what is needed, never without the way that this was reached."""

    on: date
    way: Literal["percentage", "simulation"]
    percentage: Decimal | None = None
    certainty: Decimal | None = None
    runs: int | None = None
    seed: int | None = None
    capacity: Decimal
    total: Decimal
    needed: Decimal
    of_total: Decimal | None
    ratio: Decimal | None
    grade: Literal["A", "B", "C", "D", "E", "F"] | None
    ceiling: Decimal
    above_ceiling: bool = Field(description="More in reserve than the regulation allows")
    risks: list[RiskPart]
    assessed_at: datetime


class Assessments(Page[Assessment]):
    """Per reference date and way the newest."""


class AssessmentFilter(Paging):
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    way: Literal["percentage", "simulation"] | None = None
    sort: str = Field(default="-on", max_length=40)

    def asked(self, **more: Any) -> dict[str, Any]:
        params = super().asked(**more)
        return {**params, "from": params.pop("from_")}


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get(RISKS, summary="The risk register")(list_risks)
    routes.post(RISKS, status_code=201, summary="Register a risk")(register_risk)
    routes.get(f"{RISKS}/{{risk}}", summary="One risk with its history")(show_risk)
    routes.post(f"{RISKS}/{{risk}}/_update", summary="Change a risk")(update_risk)
    routes.post(f"{RISKS}/{{risk}}/_close", summary="Close a risk")(close_risk)
    routes.get(RESERVES, summary="Reserves")(list_reserves)
    routes.post(RESERVES, summary="Set a reserve")(set_reserve)
    routes.get(ASSESSMENTS, summary="Resilience over time")(list_assessments)
    routes.post(ASSESSMENTS, summary="Assess resilience")(assess_resilience)
    return routes


async def list_risks(reading: Reading, wanted: Annotated[RiskFilter, Query()]) -> Risks:
    return await reading.page("risks", Risks, wanted)


async def show_risk(risk: RiskPath, reading: Reading) -> RiskHistory:
    found = await reading.whole("risk", RiskHistory, risk=risk)
    reading.tag(found.risk.version)
    return found


async def register_risk(body: RiskRegistration, order: Ordering) -> Receipt:
    href = f"{RISKS}/{body.risk}"
    return await order.created("finance", "register-risk", body.command(), href)


async def update_risk(risk: RiskPath, body: RiskContent, order: Ordering) -> Receipt:
    command = {"risk": risk, "content": body.command()}
    return await order.changed("finance", "update-risk", command, f"{RISKS}/{risk}")


async def close_risk(risk: RiskPath, body: RiskClosing, order: Ordering) -> Receipt:
    command = body.command(risk=risk)
    return await order.changed("finance", "close-risk", command, f"{RISKS}/{risk}")


async def list_reserves(reading: Reading, wanted: Annotated[ReserveFilter, Query()]) -> Reserves:
    return await reading.page("reserves", Reserves, wanted)


async def set_reserve(body: ReserveBody, order: Ordering) -> Receipt:
    return await order.changed("finance", "set-reserve", body.command(), RESERVES)


async def list_assessments(
    reading: Reading, wanted: Annotated[AssessmentFilter, Query()]
) -> Assessments:
    return await reading.page("resilience", Assessments, wanted)


async def assess_resilience(body: ResilienceBody, order: Ordering) -> Receipt:
    return await order.changed("finance", "assess-resilience", body.command(), ASSESSMENTS)
