"""`/v1/corrections`: what it does to tickets that a norm or calendar was put right.

A partner sees the corrections that concern its tickets, and the figures of these alone.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field, StringConstraints

from contracts.tickets import Status
from contracts.values import Domain, ItemCode, PartnerSlug, TicketKind
from services.gateway.access import Acting, guarded_router
from services.gateway.api.clocks import Standing
from services.gateway.api.paging import PageOf, Paging, page_links
from services.gateway.api.sending import Asking, Ordering, Receipt, etag
from services.gateway.wire import Body, Shape

TAGS = ["Corrections"]
CorrectionPath = Annotated[str, Path(examples=["COR-2026-000001"], max_length=40)]
CorrectionStatus = Literal["computing", "ready", "applying", "completed", "dropped"]


class Decision(Body):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Kept(Shape):
    counted: int = Field(description="Tickets with a norm that was kept or not")
    within: int = Field(description="Tickets that kept it")
    percentage: Decimal | None = Field(description="With one decimal; null of nothing")


class Both(Shape):
    before: Kept
    after: Kept


class Figures(Shape):
    """Over the tickets whose norm is replaced."""

    concerned: int
    changed: int = Field(description="Tickets of which more changes than the norm's name")
    response: Both
    resolution: Both


class Group(Figures):
    name: str | None = Field(description="Null: out of catalogue")


class Groups(Shape):
    partner: list[Group]
    domain: list[Group]
    item: list[Group]


class Progress(Shape):
    """How far the preview is worked out, and once it is accepted how far it is carried out."""

    looked_at: int
    to_look_at: int
    corrected: int
    to_correct: int


class CorrectionOfClocks(Figures):
    correction: str
    version: int = Field(description="Also the `ETag`; it goes with every preview")
    status: CorrectionStatus
    corrects: Literal["service-level", "calendar"]
    domain: Domain | None
    item: str | None = Field(description="Of a norm; null is the default of the domain")
    kind: TicketKind | None
    priority: int | None
    calendar: str | None
    calendar_version: int | None
    valid_from: date = Field(description="First day on which it should have held")
    reason: str = Field(description="What was wrong")
    proposed_at: datetime
    decided_at: datetime | None
    decision_reason: str | None
    progress: Progress | None = Field(description="Null for a partner: it is of all partners")


class Corrections(PageOf[CorrectionOfClocks]):
    """The newest first."""


class CorrectionShown(CorrectionOfClocks):
    moved: int = Field(description="Tickets that have gone on since the preview; 0 for a partner")
    per: Groups


class CorrectedTicket(Shape):
    ticket: str
    partner: str
    kind: TicketKind
    domain: Domain
    item: str | None
    priority: int
    status: Status
    opened_at: datetime
    changes: bool = Field(description="More changes than the norm's name")
    applied: bool = Field(description="Its clock was corrected")
    before: Standing
    after: Standing


class CorrectedTickets(PageOf[CorrectedTicket]):
    """By number."""


class TicketFilter(Paging):
    partner: PartnerSlug | None = None
    domain: Domain | None = None
    item: ItemCode | Literal["-"] | None = Field(
        default=None, description="A code, or `-` for those out of catalogue"
    )
    changed: bool = Field(default=True, description="Only those of which more changes")
    turned: Literal["in-time", "late"] | None = Field(
        default=None, description="Only those of which a clock was in time after all, or late"
    )


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/corrections", summary="Corrections of norms and calendars")(list_corrections)
    routes.get("/v1/corrections/{correction}", summary="One correction, with its figures")(
        show_correction
    )
    routes.get("/v1/corrections/{correction}/tickets", summary="What changes ticket by ticket")(
        list_corrected_tickets
    )
    routes.post("/v1/corrections/{correction}/_refresh", summary="Work the preview out anew")(
        refresh_correction
    )
    routes.post("/v1/corrections/{correction}/_accept", summary="Put the clocks right")(
        accept_correction
    )
    routes.post("/v1/corrections/{correction}/_drop", summary="Leave the clocks as they are")(
        drop_correction
    )
    return routes


async def list_corrections(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[Paging, Query()],
) -> Corrections:
    reply = await backend.query("tickets", "corrections", wanted.asked(), person)
    return Corrections.model_validate(_paged(reply, request, response, wanted))


async def show_correction(
    correction: CorrectionPath, response: Response, backend: Asking, person: Acting
) -> CorrectionShown:
    reply = await backend.query("tickets", "correction", {"correction": correction}, person)
    response.headers["ETag"] = etag(reply["correction"]["version"])
    return CorrectionShown.model_validate(reply["correction"])


async def list_corrected_tickets(
    correction: CorrectionPath,
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[TicketFilter, Query()],
) -> CorrectedTickets:
    asked = {"correction": correction, **wanted.asked()}
    reply = await backend.query("tickets", "correction-tickets", asked, person)
    paged = _paged({**reply, "items": reply["tickets"]}, request, response, wanted)
    return CorrectedTickets.model_validate(paged)


async def refresh_correction(correction: CorrectionPath, order: Ordering) -> Receipt:
    return await _decided(order, correction, "refresh", {})


async def accept_correction(correction: CorrectionPath, body: Decision, order: Ordering) -> Receipt:
    return await _decided(order, correction, "accept", body.command())


async def drop_correction(correction: CorrectionPath, body: Decision, order: Ordering) -> Receipt:
    return await _decided(order, correction, "drop", body.command())


async def _decided(order: Ordering, correction: str, what: str, body: dict[str, Any]) -> Receipt:
    command = {"correction": correction, **body}
    href = f"/v1/corrections/{correction}"
    return await order.changed("tickets", f"{what}-correction", command, href)


def _paged(
    reply: dict[str, Any], request: Request, response: Response, wanted: Paging
) -> dict[str, Any]:
    links = page_links(request, response, wanted, reply["total"])
    return {**reply, "page_size": wanted.page_size, "_links": links}
