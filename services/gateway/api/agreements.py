"""`/v1/agreements`: what a partner takes, under which deviating norms and prices (DVO)."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Path
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
from services.gateway.access import guarded_router
from services.gateway.api.sending import Ordering, Receipt
from services.gateway.api.service_levels import NormBody
from services.gateway.wire import Body

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


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.post("/v1/agreements", status_code=201, summary="Sign an agreement")(sign_agreement)
    routes.post("/v1/agreements/{agreement}/_amend", summary="Amend an agreement")(amend_agreement)
    routes.post("/v1/agreements/{agreement}/_end", summary="End an agreement")(end_agreement)
    return routes


async def sign_agreement(body: Signature, order: Ordering) -> Receipt:
    return await order.created("catalog", "sign-agreement", body.command(), None)


async def amend_agreement(agreement: AgreementPath, body: Amendment, order: Ordering) -> Receipt:
    return await order.changed(
        "catalog", "amend-agreement", body.command(agreement=agreement), None
    )


async def end_agreement(agreement: AgreementPath, body: Ending, order: Ordering) -> Receipt:
    return await order.changed("catalog", "end-agreement", body.command(agreement=agreement), None)
