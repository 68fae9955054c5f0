"""`/v1/problems`: what is behind incidents. For the service centre, which sees all of them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from contracts.tickets import PublicText, Status
from contracts.values import ShortText
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import PageLinks, Paging, page_links
from services.gateway.api.sending import Asking, Ordering, Receipt, etag
from services.gateway.api.shapes import Ticket
from services.gateway.api.tickets import TicketPath
from services.gateway.wire import Body, Shape

TAGS = ["Problems"]


class Diagnosis(Body):
    """Partners may read it: it tells of no person."""

    root_cause: PublicText


class Workaround(Body):
    """Partners read it: it tells of no person."""

    summary: ShortText = Field(description="What goes wrong")
    workaround: PublicText = Field(description="What helps meanwhile")


class ProblemLink(Body):
    problem: str = Field(max_length=40, examples=["PRB-2026-000012"])


class Problem(Shape):
    ticket: str = Field(examples=["PRB-2026-000012"])
    version: int
    status: Status
    root_cause: str | None
    summary: str | None = Field(description="Null while it is no known error")
    workaround: str | None
    known_since: datetime | None


class ProblemPage(Shape):
    """A problem, with a page of the incidents that it is behind, whoever's they are."""

    problem: Problem
    incidents: list[Ticket]
    total: int = Field(ge=0, description="Incidents on all pages together")
    page: int
    page_size: int
    sequence: int
    links: PageLinks = Field(alias="_links")


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/problems/{ticket}", summary="A problem and its incidents")(show_problem)
    for path, endpoint, summary in (
        ("/v1/problems/{ticket}/_diagnose", diagnose, "Record the root cause"),
        (
            "/v1/problems/{ticket}/known-error/_record",
            record_known_error,
            "Record the workaround: it is a known error from now on",
        ),
        (
            "/v1/problems/{ticket}/known-error/_withdraw",
            withdraw_known_error,
            "The workaround no longer holds",
        ),
        ("/v1/tickets/{ticket}/problem/_link", link_to_problem, "A problem is behind this"),
        ("/v1/tickets/{ticket}/problem/_unlink", unlink_from_problem, "No problem is, after all"),
    ):
        routes.post(path, summary=summary)(endpoint)
    return routes


async def show_problem(
    ticket: TicketPath,
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[Paging, Query()],
) -> ProblemPage:
    reply = await backend.view("problem", person, ticket=ticket, **wanted.asked())
    response.headers["ETag"] = etag(reply["problem"]["version"])
    links = page_links(request, response, wanted, reply["total"])
    return ProblemPage.model_validate({**reply, "page_size": wanted.page_size, "_links": links})


async def diagnose(ticket: TicketPath, body: Diagnosis, order: Ordering) -> Receipt:
    return await _changed(order, "record-root-cause", ticket, body.command())


async def record_known_error(ticket: TicketPath, body: Workaround, order: Ordering) -> Receipt:
    return await _changed(order, "record-known-error", ticket, body.command())


async def withdraw_known_error(ticket: TicketPath, order: Ordering) -> Receipt:
    return await _changed(order, "withdraw-known-error", ticket, {})


async def link_to_problem(ticket: TicketPath, body: ProblemLink, order: Ordering) -> Receipt:
    return await _changed(order, "link-to-problem", ticket, body.command())


async def unlink_from_problem(ticket: TicketPath, order: Ordering) -> Receipt:
    return await _changed(order, "unlink-from-problem", ticket, {})


async def _changed(order: Ordering, command: str, ticket: str, body: dict[str, Any]) -> Receipt:
    whole = {**body, "ticket": ticket}
    return await order.changed("tickets", command, whole, f"/v1/tickets/{ticket}")
