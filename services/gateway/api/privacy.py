"""`/v1/erasures` and `/v1/processing-log`: people's personal data, for the privacy officer."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import AwareDatetime, Field

from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import PageOf, Paging, page_links
from services.gateway.api.sending import Asking, Link, Links, Ordering
from services.gateway.errors import DataSubjectNeeded
from services.gateway.privacy.certificate import Method, Status, certified
from services.gateway.privacy.people import Sought, found
from services.gateway.wire import Body, Shape

TAGS = ["Personal data"]
ErasurePath = Annotated[UUID, Path(description="As `POST /v1/erasures` gave it")]
Mail = Annotated[str, Field(max_length=254, pattern=r"^\S+@\S+$")]


class SubjectFilter(Body):
    """One of the four. Who logs in is known by account, who called the desk by mail address."""

    data_subject: str | None = Field(default=None, max_length=100, description="Pseudonym")
    ticket: str | None = Field(default=None, max_length=40, description="A ticket of theirs")
    email: Mail | None = None
    account: str | None = Field(default=None, max_length=200, description="`sub` at the issuer")

    def sought(self) -> Sought:
        """Raises `DataSubjectNeeded` when none is given, or more than one."""
        given = {name: value for name, value in self.command().items() if value}
        if len(given) != 1:
            raise DataSubjectNeeded
        return Sought(**given)


class DataSubject(Shape):
    data_subject: str = Field(description="Pseudonym")
    tickets: int
    open: list[str] = Field(description="Tickets that have not ended")


class ErasureReceipt(Shape):
    """Tickets in `awaited` have not ended; each is erased, by itself, as soon as it has."""

    erasure: UUID
    erased: list[str]
    awaited: list[str]
    links: Links = Field(alias="_links")


class Erasure(Shape):
    erasure: UUID
    data_subject: str
    asked_at: datetime
    tickets: int


class Erasures(PageOf[Erasure]):
    """The last one first."""


class Copy(Shape):
    """`found` is what was looked at, `readable` what of it still tells of the person.

    Both are null where nothing can be looked up; `goneAt` is when the last of it goes by itself.
    """

    copy_: str = Field(alias="copy", examples=["event-log"])
    method: Method = Field(description="How it was made unreadable")
    found: int | None
    readable: int | None
    gone_at: datetime | None


class Certificate(Shape):
    """What was found of a person at `checkedAt`, in every copy that there is."""

    erasure: UUID
    data_subject: str
    asked_at: datetime
    checked_at: datetime
    status: Status
    erased: list[str]
    awaited: list[str]
    copies: list[Copy]


class ProcessingResource(Shape):
    name: str
    version: str


class ProcessingLine(Shape):
    """A line of the processing log, with the fields of the standard (LDV 1.0)."""

    trace_id: str
    span_id: str
    parent_span_id: str | None
    status: Literal["Unset", "Ok", "Error"]
    name: str
    start_time: int = Field(description="Milliseconds since the epoch")
    end_time: int = Field(description="Milliseconds since the epoch")
    resource: ProcessingResource
    attributes: dict[str, str]


class ProcessingLines(PageOf[ProcessingLine]):
    """The newest first."""


class LogFilter(Paging):
    data_subject: str | None = Field(default=None, max_length=100, description="Pseudonym")
    since: AwareDatetime | None = Field(default=None, alias="from")
    until: AwareDatetime | None = Field(default=None, alias="to", description="Until, exclusive")


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/data-subjects", summary="Find a person by what you know of them")(find)
    routes.post("/v1/erasures", status_code=201, summary="Erase a person who asks for it")(erase)
    routes.get("/v1/erasures", summary="Who was erased on request")(list_erasures)
    routes.get("/v1/erasures/{erasure}", summary="The certificate of an erasure")(show_certificate)
    routes.get("/v1/processing-log", summary="Who processed whose data (LDV 1.0)")(show_log)
    return routes


async def find(
    request: Request,
    backend: Asking,
    person: Acting,
    wanted: Annotated[SubjectFilter, Query()],
) -> DataSubject:
    reply = await found(wanted.sought(), request.app.state.settings, backend, person)
    return DataSubject.model_validate({**reply, "data_subject": reply["requester"]})


async def erase(body: SubjectFilter, request: Request, order: Ordering) -> ErasureReceipt:
    sought = body.sought()
    settings = request.app.state.settings
    requester = sought.asked(settings).get("requester")
    if requester is None:
        requester = (await found(sought, settings, order.backend, order.person))["requester"]
    reply = await order.send("tickets", "erase-requester", {"requester": requester})
    href = f"/v1/erasures/{reply['erasure']}"
    order.response.headers["Location"] = href
    return ErasureReceipt.model_validate({**reply, "_links": Links(self=Link(href=href))})


async def list_erasures(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[Paging, Query()],
) -> Erasures:
    reply = await backend.query("tickets", "erasures", wanted.asked(), person)
    items = [{**each, "data_subject": each["subject"]} for each in reply["erasures"]]
    return Erasures.model_validate(_page(reply, items, request, response, wanted))


async def show_certificate(erasure: ErasurePath, backend: Asking, person: Acting) -> Certificate:
    return Certificate.model_validate(
        await certified(str(erasure), backend, person), from_attributes=True
    )


async def show_log(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[LogFilter, Query()],
) -> ProcessingLines:
    asked = {
        "subject": wanted.data_subject,
        "from": wanted.since and wanted.since.isoformat(),
        "to": wanted.until and wanted.until.isoformat(),
        "page": wanted.page,
        "size": wanted.page_size,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    reply = await backend.query("tickets", "processing-log", given, person)
    return ProcessingLines.model_validate(_page(reply, reply["lines"], request, response, wanted))


def _page(
    reply: dict[str, Any],
    items: list[Any],
    request: Request,
    response: Response,
    wanted: Paging,
) -> dict[str, Any]:
    return {
        "items": items,
        "total": reply["total"],
        "page": wanted.page,
        "page_size": wanted.page_size,
        "_links": page_links(request, response, wanted, reply["total"]),
    }
