"""`/v1/catalogue-items`: what can be ordered, and the life cycle of an item."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from contracts.catalog import Unit
from contracts.values import (
    Domain,
    Euro,
    ItemCode,
    LongText,
    Minutes,
    PartnerSlug,
    ShortText,
    TicketKind,
    Tier,
    Year,
)
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of
from services.gateway.api.sending import Asking, Ordering, Receipt, etag
from services.gateway.wire import Body, Shape

ItemPath = Annotated[str, Path(examples=["ICT-WP-01"], description="Code of the catalogue item")]
TAGS = ["Catalogue"]


Sort = Literal["item", "-item", "name", "-name", "domain", "-domain", "tier", "-tier"]


class Price(Shape):
    """What one unit costs in a calendar year, in euro."""

    year: int
    tariff: Decimal | None = Field(description="Of the catalogue")
    agreed: Decimal | None = Field(description="Of the partner's agreement, instead of the tariff")
    surcharge_percentage: Decimal = Field(
        description="On top, where the agreement has norms of its own for the item"
    )
    amount: Decimal = Field(description="What is charged")


class CatalogueItem(Shape):
    item: ItemCode
    version: int
    name: str
    description: str
    domain: Domain
    tier: Tier
    included: list[str]
    excluded: list[str]
    preconditions: list[str]
    unit: Unit
    tariff: Decimal | None = Field(description="Euro per unit this year, before a surcharge")
    price: Price | None = Field(default=None, description="Of the day's year; null without one")
    agreed: bool | None = Field(default=None, description="Part of the partner's agreement")
    retired_from: date | None


class CatalogueItems(Page[CatalogueItem]):
    """Catalogue items as they read on a day, a page at a time."""


class NormInForce(Shape):
    kind: TicketKind
    priority: int
    response_minutes: int = Field(description="Business minutes")
    resolution_minutes: int = Field(description="Business minutes")
    calendar: str | None = Field(description="Service calendar; null is 24×7")
    target_percentage: Decimal
    pauses_on_supplier: bool
    source: str = Field(description="Which rule won: agreement, item or domain")


class ItemVersionSince(Shape):
    version: int
    valid_from: date


class FieldChange(Shape):
    """A field that differs from the version before."""

    field: str
    before: Any
    after: Any


class ItemVersionChanges(ItemVersionSince):
    changes: tuple[FieldChange, ...]


class CatalogueItemInFull(CatalogueItem):
    """The item as it reads on the day. `ETag` counts every change to it, not its versions only."""

    prices: tuple[Price, ...] = Field(default=(), description="Of every year that has one")
    norms: tuple[NormInForce, ...] = ()
    versions: tuple[ItemVersionSince, ...] = ()
    history: tuple[ItemVersionChanges, ...] = Field(
        default=(), description="What each version changed"
    )


class CatalogueFilter(Paging):
    partner: PartnerSlug | None = None
    domain: Domain | None = None
    tier: Tier | None = None
    search: str | None = Field(default=None, max_length=200)
    on: date | None = Field(default=None, description="As it reads on this day; default today")
    sort: Sort = "item"


class Step(Body):
    team: ShortText
    what: ShortText
    lead_minutes: Minutes


class ItemContent(Body):
    name: ShortText
    description: LongText = ""
    domain: Domain
    tier: Tier
    included: tuple[ShortText, ...] = ()
    excluded: tuple[ShortText, ...] = ()
    preconditions: tuple[ShortText, ...] = ()
    unit: Unit
    tariffs: dict[Year, Euro] = Field(description="Euro per unit, per calendar year")
    steps: tuple[Step, ...] = ()
    owner: ShortText


class ItemDraft(Body):
    item: ItemCode
    content: ItemContent


class Publication(Body):
    valid_from: date


class Revision(Body):
    valid_from: date
    content: ItemContent


class Retirement(Body):
    retired_from: date = Field(description="No new requests from this day")


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/catalogue-items", summary="Catalogue items")(list_items)
    routes.get("/v1/catalogue-items/{item}", summary="One item with its norms")(show_item)
    routes.post("/v1/catalogue-items", status_code=201, summary="Draft an item")(draft_item)
    for name, endpoint in (
        ("publish", publish_item),
        ("revise", revise_item),
        ("retire", retire_item),
    ):
        summary = f"{name.capitalize()} an item"
        routes.post(f"/v1/catalogue-items/{{item}}/_{name}", summary=summary)(endpoint)
    return routes


async def list_items(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[CatalogueFilter, Query()],
) -> CatalogueItems:
    reply = await backend.view("catalogue", person, **wanted.asked())
    return page_of(CatalogueItems, reply, request, response, wanted)


async def show_item(
    item: ItemPath,
    response: Response,
    backend: Asking,
    person: Acting,
    partner: Annotated[PartnerSlug | None, Query()] = None,
    on: Annotated[date | None, Query()] = None,
) -> CatalogueItemInFull:
    day = on.isoformat() if on else None
    reply = await backend.view("catalogue-item", person, item=item, partner=partner, on=day)
    found: dict[str, Any] = reply["item"]
    response.headers["ETag"] = etag(found["aggregate_version"])
    return CatalogueItemInFull.model_validate(found)


async def draft_item(body: ItemDraft, order: Ordering) -> Receipt:
    return await order.created("catalog", "draft-catalogue-item", body.command(), _href(body.item))


async def publish_item(item: ItemPath, body: Publication, order: Ordering) -> Receipt:
    return await order.changed(
        "catalog", "publish-catalogue-item", body.command(item=item), _href(item)
    )


async def revise_item(item: ItemPath, body: Revision, order: Ordering) -> Receipt:
    return await order.changed(
        "catalog", "revise-catalogue-item", body.command(item=item), _href(item)
    )


async def retire_item(item: ItemPath, body: Retirement, order: Ordering) -> Receipt:
    return await order.changed(
        "catalog", "retire-catalogue-item", body.command(item=item), _href(item)
    )


def _href(item: str) -> str:
    return f"/v1/catalogue-items/{item}"
