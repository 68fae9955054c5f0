"""`/v1/agreements`: what a partner takes, under which deviating norms and prices (DVO)."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from contracts.values import (
    Domain,
    Euro,
    ItemCode,
    PartnerSlug,
    Percentage,
    Priority,
    ShortText,
    TicketKind,
    Year,
)
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of, the_one
from services.gateway.api.sending import Asking, Ordering, Receipt
from services.gateway.api.service_levels import NormBody, NormRead
from services.gateway.wire import Body, Shape

AgreementPath = Annotated[str, Path(description="Id of the agreement")]
TAGS = ["Agreements"]


class DeviatingNormBody(Body):
    item: ItemCode | None = Field(default=None, description="Absent: the whole domain")
    domain: Domain
    kind: TicketKind
    priority: Priority
    norm: NormBody


class Terms(Body):
    items: list[ItemCode]
    deviating_norms: tuple[DeviatingNormBody, ...] = ()
    deviating_prices: dict[ItemCode, dict[Year, Euro]] = Field(default_factory=dict)
    surcharge_percentage: Percentage = Decimal(0)
    notice_months: int = Field(default=12, ge=0, le=120)
    reopen_days: int = Field(default=10, ge=0, le=365)


class Signature(Terms):
    agreement: ShortText
    partner: PartnerSlug
    starts_on: date
    ends_on: date | None = Field(default=None, description="Last day on which it holds")


class Amendment(Terms):
    """All terms as they read from `validFrom`, not only the changed ones."""

    valid_from: date


class Ending(Body):
    ends_on: date = Field(description="Last day on which it holds")


class DeviatingNorm(Shape):
    item: ItemCode | None = Field(description="Null: the whole domain")
    domain: Domain
    kind: TicketKind
    priority: int
    norm: NormRead


class TermsRead(Shape):
    items: list[ItemCode]
    deviating_norms: list[DeviatingNorm]
    deviating_prices: dict[ItemCode, dict[int, Decimal]] = Field(
        description="Euro per unit, per calendar year, instead of the tariff"
    )
    surcharge_percentage: Decimal
    notice_months: int
    reopen_days: int


class TermsSince(Shape):
    valid_from: date
    terms: TermsRead


class Agreement(Shape):
    agreement: str
    partner: PartnerSlug
    ends_on: date | None = Field(description="Last day on which it holds")
    ended: bool = Field(description="Its end is settled, and final")
    version: int = Field(validation_alias="aggregate_version", description="Also the `ETag`")
    versions: list[TermsSince] = Field(description="Terms, in the order in which they begin")


class Agreements(Page[Agreement]):
    """Agreements of the partners that you act for, a page at a time."""


class AgreementFilter(Paging):
    partner: PartnerSlug | None = None


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/agreements", summary="Agreements")(list_agreements)
    routes.get("/v1/agreements/{agreement}", summary="One agreement, with all its terms")(
        show_agreement
    )
    routes.post("/v1/agreements", status_code=201, summary="Sign an agreement")(sign_agreement)
    routes.post("/v1/agreements/{agreement}/_amend", summary="Amend an agreement")(amend_agreement)
    routes.post("/v1/agreements/{agreement}/_end", summary="End an agreement")(end_agreement)
    return routes


async def list_agreements(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[AgreementFilter, Query()],
) -> Agreements:
    reply = await backend.view("agreements", person, **wanted.asked())
    return page_of(Agreements, reply, request, response, wanted)


async def show_agreement(
    agreement: AgreementPath, response: Response, backend: Asking, person: Acting
) -> Agreement:
    reply = await backend.view("agreements", person, agreement=agreement)
    return the_one(Agreement, reply, response)


async def sign_agreement(body: Signature, order: Ordering) -> Receipt:
    return await order.created("catalog", "sign-agreement", body.command(), _href(body.agreement))


async def amend_agreement(agreement: AgreementPath, body: Amendment, order: Ordering) -> Receipt:
    return await order.changed(
        "catalog", "amend-agreement", body.command(agreement=agreement), _href(agreement)
    )


async def end_agreement(agreement: AgreementPath, body: Ending, order: Ordering) -> Receipt:
    return await order.changed(
        "catalog", "end-agreement", body.command(agreement=agreement), _href(agreement)
    )


def _href(agreement: str) -> str:
    return f"/v1/agreements/{agreement}"
