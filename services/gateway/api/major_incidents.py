"""`/v1/major-incidents`: disruptions that are shared with the partners that they hit."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from contracts.tickets import PublicText
from contracts.values import PartnerSlug, ShortText
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of, the_one
from services.gateway.api.sending import Asking, Ordering, Receipt
from services.gateway.api.tickets import TicketPath
from services.gateway.wire import Body, Shape

TAGS = ["Major incidents"]
MajorPath = Annotated[str, Path(examples=["MAJ-2026-000001"], max_length=40)]


class Declaration(Body):
    """Partners read title and message: they tell of no person."""

    ticket: str = Field(max_length=40, description="The incident that it grew from")
    title: ShortText
    message: PublicText
    partners: list[PartnerSlug] = Field(
        default_factory=list, description="To share it with, beside the partner of the incident"
    )


class Sharing(Body):
    partners: list[PartnerSlug] = Field(min_length=1)


class MajorUpdate(Body):
    """Partners read it: it tells of no person."""

    message: PublicText
    partners: list[PartnerSlug] = Field(
        default_factory=list, description="None named: all that it is shared with"
    )


class MajorEnding(Body):
    message: PublicText = Field(description="The last word, for all that it is shared with")


class Attachment(Body):
    major_incident: str = Field(max_length=40, examples=["MAJ-2026-000001"])


class MajorReceipt(Receipt):
    major_incident: str


class PostedUpdate(Shape):
    at: datetime
    message: str
    partners: list[str] = Field(
        description="Within your scope, where it was meant for some; empty is everybody"
    )


class MajorIncident(Shape):
    """The part that is shared with you. Who else is hit is told to nobody.

    Your tickets that belong to it: `GET /v1/tickets?majorIncident=<number>`.
    """

    major_incident: str = Field(examples=["MAJ-2026-000001"])
    title: str
    status: Literal["ongoing", "ended"]
    incident: str | None = Field(
        description="Number of the incident that it grew from, when you may see that"
    )
    partners: list[str] = Field(description="Those within your scope that it is shared with")
    updates: list[PostedUpdate]
    attached: int = Field(description="Tickets within your scope that belong to it")
    declared_at: datetime
    ended_at: datetime | None


class MajorIncidents(Page[MajorIncident]):
    """The ongoing first, then the newest."""


class MajorIncidentFilter(Paging):
    partner: PartnerSlug | None = Field(default=None, description="As this partner sees them")
    ongoing: bool | None = None


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/major-incidents", summary="Major incidents that are shared with you")(
        list_major_incidents
    )
    routes.get("/v1/major-incidents/{major}", summary="One major incident")(show_major_incident)
    routes.post("/v1/major-incidents", status_code=201, summary="Declare a major incident")(
        declare_major_incident
    )
    routes.post("/v1/major-incidents/{major}/_share", summary="Share with more partners")(
        share_major_incident
    )
    routes.post("/v1/major-incidents/{major}/updates", status_code=201, summary="Post an update")(
        post_update
    )
    routes.post("/v1/major-incidents/{major}/_end", summary="It is over")(end_major_incident)
    routes.post(
        "/v1/tickets/{ticket}/major-incident/_attach", summary="It belongs to a major incident"
    )(attach_ticket)
    routes.post("/v1/tickets/{ticket}/major-incident/_detach", summary="It does not, after all")(
        detach_ticket
    )
    return routes


async def list_major_incidents(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[MajorIncidentFilter, Query()],
) -> MajorIncidents:
    reply = await backend.view("major-incidents", person, **wanted.asked())
    return page_of(MajorIncidents, reply, request, response, wanted)


async def show_major_incident(
    major: MajorPath, response: Response, backend: Asking, person: Acting
) -> MajorIncident:
    reply = await backend.view("major-incidents", person, number=major)
    return the_one(MajorIncident, reply, response)


async def declare_major_incident(body: Declaration, order: Ordering) -> MajorReceipt:
    reply = await order.send("tickets", "declare-major-incident", body.command())
    href = _href(reply["major_incident"])
    order.response.headers["Location"] = href
    receipt = order.receipt(reply, href)
    return MajorReceipt(
        major_incident=reply["major_incident"], version=receipt.version, links=receipt.links
    )


async def share_major_incident(major: MajorPath, body: Sharing, order: Ordering) -> Receipt:
    return await _changed(order, "share-major-incident", major, body.command())


async def post_update(major: MajorPath, body: MajorUpdate, order: Ordering) -> Receipt:
    return await _changed(order, "post-major-incident-update", major, body.command())


async def end_major_incident(major: MajorPath, body: MajorEnding, order: Ordering) -> Receipt:
    return await _changed(order, "end-major-incident", major, body.command())


async def attach_ticket(ticket: TicketPath, body: Attachment, order: Ordering) -> Receipt:
    whole = {**body.command(), "ticket": ticket}
    return await order.changed(
        "tickets", "attach-to-major-incident", whole, f"/v1/tickets/{ticket}"
    )


async def detach_ticket(ticket: TicketPath, order: Ordering) -> Receipt:
    body = {"ticket": ticket}
    return await order.changed(
        "tickets", "detach-from-major-incident", body, f"/v1/tickets/{ticket}"
    )


async def _changed(order: Ordering, command: str, major: str, body: dict[str, Any]) -> Receipt:
    return await order.changed("tickets", command, {**body, "major_incident": major}, _href(major))


def _href(major: str) -> str:
    return f"/v1/major-incidents/{major}"
