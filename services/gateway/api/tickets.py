"""`/v1/tickets`: report, find and follow."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import ConfigDict, Field, JsonValue, StringConstraints
from pydantic.alias_generators import to_snake

from chassis.errors import Refused
from contracts.tickets import Channel, Line, Status
from contracts.values import Domain, ItemCode, LongText, PartnerSlug, ShortText, TicketKind
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging, page_links
from services.gateway.api.sending import Asking, Link, Links, Ordering, Receipt, etag
from services.gateway.api.shapes import Ticket
from services.gateway.backend import Backend
from services.gateway.errors import AnswerLate, PartnerNeeded, RequesterNotAllowed
from services.gateway.identity import READS_TEXTS, Person, pseudonym
from services.gateway.wire import Body, Shape

TicketPath = Annotated[
    str, Path(examples=["INC-2026-000123"], description="Number of the ticket", max_length=40)
]
TAGS = ["Tickets"]
_NOT_LOGGED = "processing-log-unavailable"
Level = Annotated[int, Field(ge=1, le=3, description="1 is high, 3 is low")]
Sort = Literal[
    "openedAt",
    "-openedAt",
    "resolutionDue",
    "-resolutionDue",
    "responseDue",
    "-responseDue",
    "resolvedAt",
    "-resolvedAt",
    "priority",
    "-priority",
    "status",
    "-status",
    "partner",
    "-partner",
    "updatedAt",
    "-updatedAt",
    "ticket",
    "-ticket",
]


EXAMPLE: dict[str, JsonValue] = {
    "kind": "incident",
    "title": "Laptop start niet op",
    "description": "Zwart scherm na het aanzetten.",
    "item": "ICT-WP-01",
    "impact": 3,
    "urgency": 2,
}


class RequesterBody(Body):
    """For whom somebody of the service centre reports."""

    name: ShortText
    email: Annotated[str, StringConstraints(pattern=r"^\S+@\S+$", max_length=254)]


class TicketReport(Body):
    """What is reported. Without `item` it lies outside the catalogue and needs a `domain`."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    partner: PartnerSlug | None = Field(
        default=None, description="May be left out by someone who acts for one partner"
    )
    kind: TicketKind = Field(description="Changes and problems are the service centre's own")
    title: ShortText
    description: LongText = ""
    item: ItemCode | None = None
    domain: Domain = "ict"
    impact: Level = 3
    urgency: Level = 3
    channel: Channel = "api"
    requester: RequesterBody | None = Field(
        default=None, description="Only for the service centre; otherwise the caller asks"
    )


class TicketReceipt(Receipt):
    ticket: str = Field(examples=["INC-2026-000123"])


class TicketFilter(Paging):
    partner: PartnerSlug | None = None
    number: str | None = Field(default=None, max_length=40, description="Number of one ticket")
    status: list[Status] | None = None
    open: bool | None = Field(default=None, description="Neither resolved, closed nor cancelled")
    kind: TicketKind | None = None
    priority: int | None = Field(default=None, ge=1, le=5)
    team: str | None = Field(default=None, max_length=200)
    line: Line | None = None
    item: ItemCode | None = None
    problem: str | None = Field(default=None, max_length=40, description="Behind which it is")
    major_incident: str | None = Field(
        default=None, max_length=40, description="To which they belong"
    )
    out_of_catalogue: bool | None = None
    breached: bool | None = Field(default=None, description="A due moment has passed")
    requester: Literal["me"] | None = None
    search: str | None = Field(
        default=None,
        max_length=100,
        description="Words that are part of a number, here or elsewhere, a team or an item",
    )
    opened_from: date | None = Field(default=None, description="Dutch day, included")
    opened_to: date | None = Field(default=None, description="Dutch day, included")
    sort: Sort = "-openedAt"

    def asked(self, **more: Any) -> dict[str, Any]:
        descending = "-" if self.sort.startswith("-") else ""
        return super().asked(sort=descending + to_snake(self.sort.removeprefix("-")), **more)


class Tickets(Page[Ticket]):
    """Tickets within the caller's scope, a page at a time."""


class TimelineEntry(Shape):
    version: int
    event: str = Field(examples=["ticket-assigned"])
    occurred_at: datetime
    details: dict[str, Any]


class Timeline(Shape):
    timeline: list[TimelineEntry]
    sequence: int


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.post("/v1/tickets", status_code=201, summary="Report an incident or request")(
        open_ticket
    )
    routes.get("/v1/tickets", summary="Tickets within your scope")(list_tickets)
    routes.get("/v1/tickets/{ticket}", summary="One ticket")(show_ticket)
    routes.get("/v1/tickets/{ticket}/timeline", summary="What happened to a ticket")(show_timeline)
    return routes


async def open_ticket(body: TicketReport, request: Request, order: Ordering) -> TicketReceipt:
    person = order.person
    command = body.command(
        partner=_partner(body, person), requester=_requester(body, person, request)
    )
    reply = await order.send("tickets", "open-ticket", command)
    href = f"/v1/tickets/{reply['ticket']}"
    order.response.headers["Location"] = href
    order.response.headers["ETag"] = etag(reply["version"])
    return TicketReceipt(
        ticket=reply["ticket"], version=reply["version"], links=Links(self=Link(href=href))
    )


async def list_tickets(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[TicketFilter, Query()],
) -> Tickets:
    reply = await backend.view("tickets", person, **wanted.asked())
    return Tickets.model_validate(
        {
            "items": await _with_texts(reply["tickets"], backend, person),
            "total": reply["total"],
            "page": wanted.page,
            "page_size": wanted.page_size,
            "sequence": reply["sequence"],
            "_links": page_links(request, response, wanted, reply["total"]),
        }
    )


async def show_ticket(
    ticket: TicketPath,
    response: Response,
    backend: Asking,
    person: Acting,
    at_least: Annotated[
        int | None,
        Query(
            alias="atLeast", ge=1, description="Version to wait for, at most two seconds: its ETag"
        ),
    ] = None,
) -> Ticket:
    found = await backend.ticket(ticket, person, at_least=at_least)
    (fact,) = await _with_texts([found], backend, person)
    response.headers["ETag"] = etag(fact["version"])
    return Ticket.model_validate(fact)


async def show_timeline(ticket: TicketPath, backend: Asking, person: Acting) -> Timeline:
    return Timeline.model_validate(await backend.view("timeline", person, ticket=ticket))


def _partner(body: TicketReport, person: Person) -> str:
    """The partner named, or the only one that the person acts for."""
    if body.partner is not None:
        person.require_partner(body.partner)
        return body.partner
    if person.partners is not None and len(person.partners) == 1:
        return next(iter(person.partners))
    raise PartnerNeeded


def _requester(body: TicketReport, person: Person, request: Request) -> dict[str, Any]:
    """Who asks: the caller, or whom an agent reports for.

    Somebody reported for is known by the mail address, so that the next report of the same
    person carries the same pseudonym.
    """
    if body.requester is None:
        return {"id": person.pseudonym, "name": person.name, "email": person.email}
    if "agent" not in person.roles:
        raise RequesterNotAllowed
    mailbox = f"mailto:{body.requester.email.casefold()}"
    return {
        "id": pseudonym(mailbox, request.app.state.settings),
        "name": body.requester.name,
        "email": body.requester.email,
    }


async def _with_texts(
    facts: Sequence[Mapping[str, Any]], backend: Backend, person: Person
) -> list[dict[str, Any]]:
    """The facts, with what people wrote for those who may read it.

    The figures are shown also while the service that keeps the texts is away. Raises `Refused`
    while nobody writes down who reads them.
    """
    texts: Mapping[str, Any] = {}
    if facts and person.roles & READS_TEXTS:
        numbers = [fact["ticket"] for fact in facts]
        try:
            reply = await backend.query("tickets", "texts", {"tickets": numbers}, person)
            texts = reply["texts"]
        except (Refused, AnswerLate) as error:
            if _NOT_LOGGED in str(error):
                raise
    return [{**fact, "text": texts.get(fact["ticket"])} for fact in facts]
