"""`/v1/invoices`: what a partner pays, each line explained down to the events it comes from."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from contracts.finance.bills import InvoiceNumber, RunId
from contracts.finance.charging import Amount
from contracts.finance.corrections import LineNumber
from contracts.values import PartnerSlug, ShortText
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of, the_one
from services.gateway.api.sending import Asking, Ordering, Receipt
from services.gateway.invoicing import answers
from services.gateway.wire import Body, Shape

InvoicePath = Annotated[InvoiceNumber, Path(description="Number of the invoice")]
TAGS = ["Invoices"]


class InvoiceRequest(Body):
    """Once more for the same run and partner gives the invoice that was issued before."""

    run: RunId
    partner: PartnerSlug
    issued_on: date
    days_to_pay: int = Field(default=30, ge=0, le=120)


class Credit(Body):
    """The whole invoice is taken back by a credit note."""

    issued_on: date
    reason: ShortText


class Correction(Body):
    """The invoice is taken back by a credit note and issued anew, with the differences as lines."""

    issued_on: date
    days_to_pay: int = Field(default=30, ge=0, le=120)
    reason: ShortText
    amounts: dict[LineNumber, Amount] = Field(
        min_length=1, max_length=500, description="What lines come to, by their places from 1"
    )


class Source(Shape):
    """Events of an aggregate; of logged time, its subject and sequences on the stream."""

    aggregate: str
    first_version: int
    last_version: int


class Line(Shape):
    """Divided: `ofAmount` × `count` ÷ `ofCount`. Priced: `price` × `count` for the days."""

    pool: str
    method: str
    first: date
    last: date
    amount: Decimal
    of_amount: Decimal | None
    price: Decimal | None
    driver: str | None
    count: Decimal | None
    of_count: Decimal | None
    days: int
    of_days: int
    sources: list[Source]


class Invoice(Shape):
    invoice: str
    partner: PartnerSlug
    kind: Literal["invoice", "credit-note"]
    run: str = Field(description="The advance or settlement that it follows from")
    issued_on: date
    due_on: date
    advanced: Decimal = Field(description="Paid in advance already, in euro")
    total: Decimal = Field(description="To pay, in euro: the lines less what was advanced")
    corrects: str | None = Field(description="The document that this one takes back")
    replaces: str | None = Field(description="The invoice in the place of which this one came")
    reason: str | None = Field(description="Why it was taken back")
    credited_by: str | None = Field(description="The document that takes this one back")
    version: int = Field(validation_alias="aggregate_version", description="Also the `ETag`")
    lines: list[Line]


class Invoices(Page[Invoice]):
    """Invoices of the partners that you act for, the newest first."""


class InvoiceFilter(Paging):
    partner: PartnerSlug | None = None


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/invoices", summary="Invoices")(list_invoices)
    routes.get(
        "/v1/invoices/{invoice}",
        summary="One invoice, explained",
        response_model=Invoice,
        responses=answers.DESCRIBED,
    )(show_invoice)
    routes.post("/v1/invoices", status_code=201, summary="Issue an invoice")(issue_invoice)
    routes.post("/v1/invoices/{invoice}/_credit", summary="Take an invoice back")(credit_invoice)
    routes.post("/v1/invoices/{invoice}/_correct", status_code=201, summary="Put an invoice right")(
        correct_invoice
    )
    return routes


async def list_invoices(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[InvoiceFilter, Query()],
) -> Invoices:
    reply = await backend.view("invoices", person, **wanted.asked())
    return page_of(Invoices, reply, request, response, wanted)


async def show_invoice(
    invoice: InvoicePath, request: Request, response: Response, backend: Asking, person: Acting
) -> Invoice | Response:
    """As JSON; with `Accept: application/pdf` as a document, `application/xml` as SI-UBL 2.0."""
    response.headers["Vary"] = "Accept"
    shape = answers.wanted(request.headers.get("accept", ""))
    if shape != answers.JSON:
        return await answers.shaped(request, person, invoice, shape)
    reply = await backend.view("invoices", person, invoice=invoice)
    return the_one(Invoice, reply, response)


async def issue_invoice(body: InvoiceRequest, order: Ordering) -> Receipt:
    reply = await order.send("finance", "issue-invoice", body.command())
    href = _href(reply["invoice"])
    order.response.headers["Location"] = href
    return order.receipt(reply, href)


async def credit_invoice(invoice: InvoicePath, body: Credit, order: Ordering) -> Receipt:
    """The receipt is of the credit note."""
    reply = await order.send("finance", "credit-invoice", body.command(invoice=invoice))
    return order.receipt(reply, _href(reply["invoice"]))


async def correct_invoice(invoice: InvoicePath, body: Correction, order: Ordering) -> Receipt:
    """The receipt is of the corrected invoice."""
    reply = await order.send("finance", "correct-invoice", body.command(invoice=invoice))
    href = _href(reply["invoice"])
    order.response.headers["Location"] = href
    return order.receipt(reply, href)


def _href(invoice: str) -> str:
    return f"/v1/invoices/{invoice}"
