"""Commands over HTTP: once per Idempotency-Key, on the version of If-Match."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from pydantic import Field

from services.gateway.backend import Backend
from services.gateway.errors import HeaderUnreadable
from services.gateway.identity import Person
from services.gateway.wire import Shape

_KEY = re.compile(r"[\x20-\x7e]{1,255}")
_ETAG = re.compile(r'"(\d{1,9})"')

IdempotencyKey = Annotated[
    str | None,
    Header(
        description="1 to 255 printable characters, such as a UUID. The same key with the same "
        "body gives the same answer and one effect; with another body it is refused (409). "
        "Without it the request counts as new.",
        examples=["6a1c9a4e-53c3-4a53-8a0b-5f6e0f6e6f0e"],
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        description="The `ETag` that the decision rests on; refused (412) when it is no longer so.",
        examples=['"3"'],
    ),
]


class Link(Shape):
    href: str


class Links(Shape):
    self: Link


class Receipt(Shape):
    """A committed command: the resource's version after it, and where it can be read."""

    version: int = Field(description="Version after the command; also the `ETag`")
    links: Links | None = Field(default=None, alias="_links")


@dataclass(frozen=True, slots=True)
class Order:
    """A command that is about to be sent for someone."""

    person: Person
    backend: Backend
    response: Response
    key: str | None
    expected_version: int | None

    async def send(self, service: str, command: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The service's reply. Raises what `Backend.command` raises."""
        return await self.backend.command(
            service,
            command,
            body,
            self.person,
            key=self.key,
            expected_version=self.expected_version,
        )

    async def created(
        self, service: str, command: str, body: Mapping[str, Any], href: str | None
    ) -> Receipt:
        """Send; `href` is where the new resource can be read, when it can be read by itself."""
        reply = await self.send(service, command, body)
        if href is not None:
            self.response.headers["Location"] = href
        return self.receipt(reply, href)

    async def changed(
        self, service: str, command: str, body: Mapping[str, Any], href: str | None
    ) -> Receipt:
        return self.receipt(await self.send(service, command, body), href)

    def receipt(self, reply: Mapping[str, Any], href: str | None) -> Receipt:
        """The version after it, as `ETag` too, and the address of what was changed."""
        version = int(reply["version"])
        self.response.headers["ETag"] = etag(version)
        return Receipt(version=version, links=Links(self=Link(href=href)) if href else None)


def etag(version: int) -> str:
    return f'"{version}"'


async def _order(
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Order:
    if idempotency_key is not None and not _KEY.fullmatch(idempotency_key):
        raise HeaderUnreadable(header="Idempotency-Key")
    return Order(
        person=request.state.person,
        backend=request.app.state.backend,
        response=response,
        key=idempotency_key,
        expected_version=_version(if_match),
    )


def _version(if_match: str | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise HeaderUnreadable(header="If-Match")
    return int(found[1])


Ordering = Annotated[Order, Depends(_order)]


async def backend_of(request: Request) -> Backend:
    backend: Backend = request.app.state.backend
    return backend


Asking = Annotated[Backend, Depends(backend_of)]
