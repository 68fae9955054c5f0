"""`/v1/known-errors`: what goes wrong, and what helps until it is put right."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from contracts.values import Domain, ItemCode, PartnerSlug
from services.gateway.access import Acting, guarded_router
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of
from services.gateway.api.sending import Asking
from services.gateway.wire import Shape

TAGS = ["Problems"]


class KnownError(Shape):
    """A problem with a workaround. The texts are the service centre's, and tell of no person."""

    problem: str = Field(examples=["PRB-2026-000012"])
    item: ItemCode | None = Field(description="Null: it concerns everybody")
    item_name: str | None
    domain: Domain
    summary: str
    workaround: str
    root_cause: str | None = Field(description="Null while it is not known")
    known_since: datetime


class KnownErrors(Page[KnownError]):
    """Those that concern the partners within your scope, the newest first."""


class KnownErrorFilter(Paging):
    partner: PartnerSlug | None = Field(default=None, description="Those that concern this partner")
    item: ItemCode | None = None
    domain: Domain | None = None
    search: str | None = Field(default=None, max_length=200, description="Words that all occur")
    about: str | None = Field(
        default=None,
        max_length=200,
        description="What somebody is about to report: the likely ones, best first; then `item` "
        "makes those of the item the likeliest, instead of leaving others out",
    )


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/known-errors", summary="Known errors that concern you")(list_known_errors)
    return routes


async def list_known_errors(
    request: Request,
    response: Response,
    backend: Asking,
    person: Acting,
    wanted: Annotated[KnownErrorFilter, Query()],
) -> KnownErrors:
    reply = await backend.view("known-errors", person, **wanted.asked())
    return page_of(KnownErrors, reply, request, response, wanted)
