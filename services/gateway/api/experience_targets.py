"""`/v1/experience-targets`: the marks that a field of work aims at for a partner (XLA)."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from contracts.catalog import Mark
from contracts.values import Domain, PartnerSlug
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging
from services.gateway.api.partners import PartnerPath
from services.gateway.api.reading import page_of, the_one
from services.gateway.api.sending import Asking, Ordering, Receipt
from services.gateway.wire import Body, Shape

TAGS = ["Service levels"]


class Experience(Body):
    """Average marks from 1 to 10."""

    quality: Mark = Field(description="How good what was delivered is")
    speed: Mark = Field(description="How quickly it came")
    communication: Mark = Field(description="How well people were kept informed")


class ExperienceTargetSetting(Body):
    partner: PartnerSlug
    domain: Domain
    target: Experience
    valid_from: date


class ExperienceRead(Shape):
    quality: Decimal
    speed: Decimal
    communication: Decimal


class ExperienceSince(Shape):
    valid_from: date
    target: ExperienceRead


class ExperienceTarget(Shape):
    partner: PartnerSlug
    domain: Domain
    version: int = Field(validation_alias="aggregate_version", description="Also the `ETag`")
    versions: list[ExperienceSince] = Field(description="In the order in which they begin")


class ExperienceTargets(Page[ExperienceTarget]):
    """Experience targets, a page at a time."""


class ExperienceTargetFilter(Paging):
    partner: PartnerSlug | None = None
    domain: Domain | None = None


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/experience-targets", summary="Experience targets (XLA)")(list_targets)
    routes.get("/v1/experience-targets/{partner}/{domain}", summary="One experience target")(
        show_target
    )
    routes.post("/v1/experience-targets", status_code=201, summary="Set an experience target")(
        set_target
    )
    return routes


async def list_targets(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[ExperienceTargetFilter, Query()],
) -> ExperienceTargets:
    reply = await backend.view("experience-targets", person, **wanted.asked())
    return page_of(ExperienceTargets, reply, request, response, wanted)


async def show_target(
    partner: PartnerPath, domain: Domain, response: Response, backend: Asking, person: Acting
) -> ExperienceTarget:
    reply = await backend.view("experience-targets", person, partner=partner, domain=domain)
    return the_one(ExperienceTarget, reply, response)


async def set_target(body: ExperienceTargetSetting, order: Ordering) -> Receipt:
    href = f"/v1/experience-targets/{body.partner}/{body.domain}"
    return await order.created("catalog", "set-experience-target", body.command(), href)
