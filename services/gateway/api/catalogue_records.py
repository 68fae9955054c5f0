"""`/v1/catalogue-records`: every item whole, drafts and retired ones too, for those who keep them.

`_preview` tells beforehand what a revision would change, and for whom.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from contracts.catalog import Unit
from contracts.values import Domain, ItemCode, Tier
from services.gateway.access import Acting, guarded_router
from services.gateway.api.catalogue import (
    TAGS,
    FieldChange,
    ItemPath,
    ItemVersionChanges,
    Revision,
)
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of
from services.gateway.api.sending import Asking, etag
from services.gateway.wire import Shape

Status = Literal["draft", "published", "revised", "retired"]


class CatalogueRecord(Shape):
    item: ItemCode
    status: Status
    version: int | None = Field(description="Number of the newest version; null for a draft")
    valid_from: date | None = Field(description="First day of the newest version")
    retired_from: date | None
    name: str
    domain: Domain
    tier: Tier
    unit: Unit
    owner: str


class CatalogueRecords(Page[CatalogueRecord]):
    """Items in every stage of their lives, a page at a time."""


class StepRead(Shape):
    team: str
    what: str
    lead_minutes: int


class Content(Shape):
    name: str
    description: str
    domain: Domain
    tier: Tier
    included: list[str]
    excluded: list[str]
    preconditions: list[str]
    unit: Unit
    tariffs: dict[int, Decimal]
    steps: list[StepRead]
    owner: str


class ContentSince(Shape):
    version: int
    valid_from: date
    content: Content


class AgreementOf(Shape):
    agreement: str
    partner: str


class CatalogueRecordInFull(CatalogueRecord):
    draft: Content | None = Field(description="What will be published; null once it is")
    versions: list[ContentSince]
    history: list[ItemVersionChanges]
    agreements: list[AgreementOf] = Field(description="That have the item in their newest terms")


class RecordFilter(Paging):
    status: Status | None = None
    domain: Domain | None = None
    search: str | None = Field(default=None, max_length=200)


class PreviewYear(Shape):
    """Euro. `before` and `after` are per unit, with surcharge."""

    year: int
    before: Decimal | None
    after: Decimal | None
    fixed_by_agreement: bool = Field(description="A price was agreed, so the tariff has no effect")
    units: int | None = Field(description="Null where the number is not known beforehand")
    counted_in: int | None = Field(description="Year of the counts that were used")
    difference: Decimal | None = Field(description="For the days of the year that count")


class PreviewPartner(Shape):
    partner: str
    name: str
    agreements: list[str]
    years: list[PreviewYear]


class Preview(Shape):
    """What a revision would change. Nothing has been changed."""

    item: ItemCode
    valid_from: date
    unit: Unit
    changes: list[FieldChange]
    partners: list[PreviewPartner] = Field(description="Whose agreement has the item")
    sequence: int = Field(description="Stream sequence that the read model held")


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/catalogue-records", summary="Items in every stage")(list_records)
    routes.get("/v1/catalogue-records/{item}", summary="One item whole")(show_record)
    routes.post(
        "/v1/catalogue-records/{item}/_preview", summary="What a revision would change, for whom"
    )(preview_revision)
    return routes


async def list_records(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[RecordFilter, Query()],
) -> CatalogueRecords:
    reply = await backend.view("catalogue-keeping", person, **wanted.asked())
    return page_of(CatalogueRecords, reply, request, response, wanted)


async def show_record(
    item: ItemPath, response: Response, backend: Asking, person: Acting
) -> CatalogueRecordInFull:
    reply = await backend.view("catalogue-keeping-item", person, item=item)
    found: dict[str, Any] = reply["item"]
    response.headers["ETag"] = etag(found["aggregate_version"])
    return CatalogueRecordInFull.model_validate(found)


async def preview_revision(
    item: ItemPath, body: Revision, response: Response, backend: Asking, person: Acting
) -> Preview:
    reply = await backend.view("revision-preview", person, **body.command(item=item))
    response.headers["ETag"] = etag(reply["aggregate_version"])
    return Preview.model_validate(reply)
