"""`/v1/partners`: who takes part, and with which counts."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.errors import PartnerForbidden
from contracts.catalog import PartnerKind
from contracts.values import Oin, PartnerSlug, ShortText, Year
from services.gateway.access import Acting, guarded_router
from services.gateway.api.sending import Asking, Ordering, Receipt, etag
from services.gateway.wire import Body, Shape

PartnerPath = Annotated[str, Path(examples=["zevenaar"], description="Slug of the partner")]
TAGS = ["Partners"]


class Statistics(Shape):
    """The counts of one calendar year."""

    year: int
    residents: int
    workplaces: int
    key_percentage: Decimal | None = Field(description="Share in the fixed allocation key, %")


class Partner(Shape):
    slug: PartnerSlug
    name: str
    kind: PartnerKind
    oin: str
    joined_on: date
    leaves_on: date | None = Field(description="Last day as a partner, once announced")
    theme: str
    statistics: list[Statistics]
    version: int = Field(description="Counts every change; also the `ETag`")


class Partners(Shape):
    partners: list[Partner]
    sequence: int = Field(description="Stream sequence that the read model held")


class PartnerRegistration(Body):
    partner: PartnerSlug
    name: ShortText
    kind: PartnerKind
    oin: Oin
    joined_on: date
    theme: str = "neutraal"


class StatisticsUpdate(Body):
    year: Year
    residents: int = Field(ge=0)
    workplaces: int = Field(ge=0)
    key_percentage: Decimal | None = Field(default=None, ge=0, le=100)


class Withdrawal(Body):
    leaves_on: date = Field(description="Last day as a partner")


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/partners", summary="Partners that you act for")(list_partners)
    routes.get("/v1/partners/{partner}", summary="One partner")(show_partner)
    routes.post("/v1/partners", status_code=201, summary="Register a partner")(register_partner)
    routes.post(
        "/v1/partners/{partner}/statistics", status_code=201, summary="Set the counts of a year"
    )(update_statistics)
    routes.post("/v1/partners/{partner}/_withdraw", summary="Announce that a partner leaves")(
        withdraw_partner
    )
    return routes


async def list_partners(backend: Asking, person: Acting) -> Partners:
    return Partners.model_validate(await backend.view("partners", person))


async def show_partner(
    partner: PartnerPath, response: Response, backend: Asking, person: Acting
) -> Partner:
    for candidate in (await list_partners(backend, person)).partners:
        if candidate.slug == partner:
            response.headers["ETag"] = etag(candidate.version)
            return candidate
    raise PartnerForbidden


async def register_partner(body: PartnerRegistration, order: Ordering) -> Receipt:
    return await order.created(
        "catalog", "register-partner", body.command(), f"/v1/partners/{body.partner}"
    )


async def update_statistics(
    partner: PartnerPath, body: StatisticsUpdate, order: Ordering
) -> Receipt:
    return await order.created(
        "catalog",
        "update-partner-statistics",
        body.command(partner=partner),
        f"/v1/partners/{partner}",
    )


async def withdraw_partner(partner: PartnerPath, body: Withdrawal, order: Ordering) -> Receipt:
    return await order.changed(
        "catalog", "announce-withdrawal", body.command(partner=partner), f"/v1/partners/{partner}"
    )
