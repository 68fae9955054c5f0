"""Lists in pages: `page` and `pageSize`, the total, and links to the neighbours (RFC 8288)."""

from math import ceil
from typing import Any, Generic, TypeVar

from fastapi import Request, Response
from pydantic import Field

from services.gateway.api.sending import Link
from services.gateway.wire import Body, Shape

LARGEST_PAGE = 100
ItemT = TypeVar("ItemT")


class Paging(Body):
    """Which page of a list."""

    page: int = Field(default=1, ge=1, le=100_000)
    page_size: int = Field(default=25, ge=1, le=LARGEST_PAGE)

    def asked(self, **more: Any) -> dict[str, Any]:
        """Parameters of the projection's query."""
        params = self.command(**more)
        params["size"] = params.pop("page_size")
        return params


class PageLinks(Shape):
    self: Link
    first: Link
    prev: Link | None = None
    next: Link | None = None
    last: Link


class Page(Shape, Generic[ItemT]):
    """`sequence` is the stream sequence that the read model held."""

    items: list[ItemT]
    total: int = Field(ge=0, description="Items on all pages together")
    page: int
    page_size: int
    sequence: int
    links: PageLinks = Field(alias="_links")


class PageOf(Shape, Generic[ItemT]):
    """A page of what is no read model."""

    items: list[ItemT]
    total: int = Field(ge=0, description="Items on all pages together")
    page: int
    page_size: int
    links: PageLinks = Field(alias="_links")


def page_links(request: Request, response: Response, paging: Paging, total: int) -> PageLinks:
    """Links of this page; also put in the `Link` header."""
    last = max(1, ceil(total / paging.page_size))
    numbers = {"self": paging.page, "first": 1, "last": last}
    if paging.page > 1:
        numbers["prev"] = min(paging.page - 1, last)
    if paging.page < last:
        numbers["next"] = paging.page + 1
    links = {relation: _href(request, number) for relation, number in numbers.items()}
    response.headers["Link"] = ", ".join(
        f'<{href}>; rel="{relation}"' for relation, href in links.items() if relation != "self"
    )
    return PageLinks(**{relation: Link(href=href) for relation, href in links.items()})


def _href(request: Request, page: int) -> str:
    url = request.url.include_query_params(page=page)
    return f"{url.path}?{url.query}"
