"""`/v1/billing-details`: how invoices name the service centre and each partner, from a day on."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from contracts.finance.parties import (
    Country,
    Iban,
    Kvk,
    Mailbox,
    PostalCode,
    VatNumber,
    VatTreatment,
)
from contracts.values import Oin, PartnerSlug, ShortText
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of
from services.gateway.api.sending import Asking, Ordering, Receipt
from services.gateway.wire import Body, Shape

TAGS = ["Invoices"]


class Details(Body):
    """An organisation as an invoice names it; nothing about a person."""

    name: ShortText = Field(description="Legal name")
    street: ShortText = Field(description="Street and number, or postbox")
    postal_code: PostalCode
    city: ShortText
    country: Country = "NL"
    oin: Oin | None = None
    kvk: Kvk | None = None
    vat: VatNumber | None = None
    iban: Iban | None = None
    mailbox: Mailbox | None = None
    buyer_reference: ShortText | None = None
    vat_treatment: VatTreatment = "cost-sharing"


class BillingDetails(Body):
    """Without a partner those of the service centre. Documents of before keep what they named."""

    partner: PartnerSlug | None = None
    valid_from: date
    details: Details


class DetailsTold(Shape):
    name: str
    street: str
    postal_code: str
    city: str
    country: str
    oin: str | None
    kvk: str | None
    vat: str | None
    iban: str | None
    mailbox: str | None
    buyer_reference: str | None
    vat_treatment: VatTreatment


class DetailsVersion(Shape):
    valid_from: date
    details: DetailsTold


class BillingParty(Shape):
    partner: PartnerSlug | None = Field(description="Null: the service centre itself")
    version: int = Field(validation_alias="aggregate_version", description="For `If-Match`")
    versions: list[DetailsVersion]


class BillingParties(Page[BillingParty]):
    """The service centre first, then the partners by name."""


class BillingDetailsFilter(Paging):
    partner: PartnerSlug | None = None


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/billing-details", summary="Billing details")(list_billing_details)
    routes.post("/v1/billing-details", status_code=201, summary="Set billing details")(
        set_billing_details
    )
    return routes


async def list_billing_details(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[BillingDetailsFilter, Query()],
) -> BillingParties:
    reply = await backend.view("billing-details", person, **wanted.asked())
    return page_of(BillingParties, reply, request, response, wanted)


async def set_billing_details(body: BillingDetails, order: Ordering) -> Receipt:
    return await order.created("finance", "set-billing-details", body.command(), None)
