"""What the resources of finance share: where each comes from, and how they are read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Path, Request, Response
from pydantic import Field

from contracts.values import Year
from services.gateway.access import Acting
from services.gateway.api.paging import Page, Paging
from services.gateway.api.reading import page_of, the_one
from services.gateway.api.sending import Asking, etag
from services.gateway.backend import Backend
from services.gateway.identity import Person
from services.gateway.wire import Shape

PageT = TypeVar("PageT", bound=Page[Any])
ShapeT = TypeVar("ShapeT", bound=Shape)

YearPath = Annotated[Year, Path(description="Calendar year")]
Euros = Annotated[Decimal, Field(description="Euro")]


class Origin(Shape):
    """The events behind it can be opened: `/v1/source-events?aggregate=…`."""

    aggregate: str = Field(description="Subject of the events that it comes from")
    version: int = Field(validation_alias="aggregate_version", description="Also the `ETag`")
    stream_sequence: int = Field(description="Stream sequence of the newest of them")


class SourceRange(Shape):
    """Events `firstVersion` up to `lastVersion` of an aggregate."""

    aggregate: str
    first_version: int
    last_version: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads for somebody who was admitted, and answers with the headers that belong to it."""

    request: Request
    response: Response
    backend: Backend
    person: Person

    async def page(self, query: str, kind: type[PageT], wanted: Paging, **named: Any) -> PageT:
        """A page of a list; what is named stands in the path."""
        reply = await self.backend.view(query, self.person, **wanted.asked(**named))
        return page_of(kind, reply, self.request, self.response, wanted)

    async def one(self, query: str, kind: type[ShapeT], **named: Any) -> ShapeT:
        """The only item of a list, with the sequence at which it holds.

        Raises `PartnerForbidden` when there is none.
        """
        reply = await self.backend.view(query, self.person, **named)
        items = [{**item, "sequence": reply["sequence"]} for item in reply["items"]]
        return the_one(kind, {**reply, "items": items}, self.response)

    async def whole(self, query: str, kind: type[ShapeT], **named: Any) -> ShapeT:
        """A reply as it is."""
        return kind.model_validate(await self.backend.view(query, self.person, **named))

    def tag(self, version: int) -> None:
        """Give the answer its `ETag`."""
        self.response.headers["ETag"] = etag(version)


async def _reader(request: Request, response: Response, backend: Asking, person: Acting) -> Reader:
    return Reader(request, response, backend, person)


Reading = Annotated[Reader, Depends(_reader)]


class At(Shape):
    sequence: int = Field(description="Stream sequence that the read model held")
