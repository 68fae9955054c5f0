"""Reading one resource or a page of them from a read model that lists them."""

from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi import Request, Response

from chassis.errors import PartnerForbidden
from services.gateway.api.paging import Page, Paging, page_links
from services.gateway.api.sending import etag
from services.gateway.wire import Shape

PageT = TypeVar("PageT", bound=Page[Any])
ShapeT = TypeVar("ShapeT", bound=Shape)


def page_of(
    kind: type[PageT],
    reply: Mapping[str, Any],
    request: Request,
    response: Response,
    paging: Paging,
) -> PageT:
    """The answer of a paged query, with links to the neighbours."""
    links = page_links(request, response, paging, reply["total"])
    return kind.model_validate({**reply, "page_size": paging.page_size, "_links": links})


def the_one(kind: type[ShapeT], reply: Mapping[str, Any], response: Response) -> ShapeT:
    """The only item of a list, under its `ETag`. Raises `PartnerForbidden` when there is none."""
    if not reply["items"]:
        raise PartnerForbidden
    found = reply["items"][0]
    response.headers["ETag"] = etag(found["aggregate_version"])
    return kind.model_validate(found)
