"""`/v1/source-events`: the events that a figure of finance comes from, with their ids."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from contracts.values import PartnerSlug
from services.gateway.access import guarded_router
from services.gateway.api.finance.books import Reading
from services.gateway.api.paging import Page, Paging
from services.gateway.wire import Shape


class SourceEvent(Shape):
    """An event as it was told: `data` has the names of its published schema."""

    event_id: str
    type: str
    aggregate: str
    version: int
    stream_sequence: int
    occurred_at: datetime
    partner: str | None = Field(description="Whose event it is alone; null: it concerns all")
    data: dict[str, Any]


class SourceEvents(Page[SourceEvent]):
    """In the order of the stream."""


class SourceFilter(Paging):
    """Of logged time `aggregate` is its subject on the stream, and versions are sequences there."""

    aggregate: str = Field(min_length=1, max_length=200, examples=["pool/2026-ict"])
    first_version: int | None = Field(default=None, ge=1)
    last_version: int | None = Field(default=None, ge=1)
    partner: PartnerSlug | None = None


def router() -> APIRouter:
    routes = guarded_router(tags=["Cost"], described=True)
    routes.get("/v1/source-events", summary="What a figure comes from")(list_source_events)
    return routes


async def list_source_events(
    reading: Reading, wanted: Annotated[SourceFilter, Query()]
) -> SourceEvents:
    return await reading.page("finance-events", SourceEvents, wanted)
