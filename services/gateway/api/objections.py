"""`/v1/objections`: a partner disputes an invoice, the controller answers."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from contracts.finance.bills import InvoiceNumber
from contracts.finance.charging import Amount
from contracts.finance.corrections import LineNumber
from contracts.finance.objections import Ground, ObjectionId
from contracts.values import PartnerSlug
from services.gateway.access import Acting, guarded_router
from services.gateway.api.invoices import InvoicePath
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of, the_one
from services.gateway.api.sending import Asking, Ordering, Receipt
from services.gateway.wire import Body, Shape

ObjectionPath = Annotated[ObjectionId, Path(description="Number of the objection")]
Status = Literal["open", "rejected", "upheld"]
TAGS = ["Invoices"]


class Raising(Body):
    """Within six weeks of the invoice. The reason is about the bill, and names nobody."""

    line: LineNumber | None = Field(default=None, description="Null: the invoice as a whole")
    reason: Ground


class Rejection(Body):
    """The invoice stays what it is."""

    reason: Ground


class Upholding(Body):
    """The invoice is taken back; with amounts it is issued anew."""

    reason: Ground
    issued_on: date
    days_to_pay: int = Field(default=30, ge=0, le=120)
    amounts: dict[LineNumber, Amount] = Field(
        default_factory=dict,
        max_length=500,
        description="What lines come to, by their places from 1; none: only a credit note",
    )


class Objection(Shape):
    objection: str = Field(examples=["F2026-00001-1"])
    invoice: str
    partner: PartnerSlug
    line: int | None = Field(description="The line that is disputed; null: the whole invoice")
    reason: str
    raised_on: date
    answer_by: date = Field(description="Last day for the answer")
    status: Status
    answer: str | None = Field(description="Why it was answered so")
    answered_on: date | None
    credit_note: str | None = Field(description="What took the invoice back")
    corrected: str | None = Field(description="The invoice that came in its place")
    version: int = Field(validation_alias="aggregate_version", description="Also the `ETag`")


class Objections(Page[Objection]):
    """Objections of the partners that you act for, those that wait for an answer first."""


class ObjectionFilter(Paging):
    partner: PartnerSlug | None = None
    invoice: InvoiceNumber | None = None
    status: Status | None = None


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/objections", summary="Objections")(list_objections)
    routes.get("/v1/objections/{objection}", summary="One objection")(show_objection)
    routes.post(
        "/v1/invoices/{invoice}/objections", status_code=201, summary="Object to an invoice"
    )(raise_objection)
    routes.post("/v1/objections/{objection}/_reject", summary="Reject an objection")(
        reject_objection
    )
    routes.post("/v1/objections/{objection}/_uphold", summary="Uphold an objection")(
        uphold_objection
    )
    return routes


async def list_objections(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[ObjectionFilter, Query()],
) -> Objections:
    reply = await backend.view("objections", person, **wanted.asked())
    return page_of(Objections, reply, request, response, wanted)


async def show_objection(
    objection: ObjectionPath, response: Response, backend: Asking, person: Acting
) -> Objection:
    reply = await backend.view("objections", person, objection=objection)
    return the_one(Objection, reply, response)


async def raise_objection(invoice: InvoicePath, body: Raising, order: Ordering) -> Receipt:
    reply = await order.send("finance", "raise-objection", body.command(invoice=invoice))
    href = _href(reply["objection"])
    order.response.headers["Location"] = href
    return order.receipt(reply, href)


async def reject_objection(objection: ObjectionPath, body: Rejection, order: Ordering) -> Receipt:
    command = body.command(objection=objection)
    return await order.changed("finance", "reject-objection", command, _href(objection))


async def uphold_objection(objection: ObjectionPath, body: Upholding, order: Ordering) -> Receipt:
    command = body.command(objection=objection)
    return await order.changed("finance", "uphold-objection", command, _href(objection))


def _href(objection: str) -> str:
    return f"/v1/objections/{objection}"
