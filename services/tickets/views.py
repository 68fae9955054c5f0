"""The clear text of tickets, for those who may read it."""

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

from chassis.command import Context
from services.tickets.access import sees
from services.tickets.commands import TicketNumber
from services.tickets.repository import Personal, Work


class TextsOf(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    tickets: Annotated[tuple[TicketNumber, ...], Field(max_length=100)]


async def texts(params: TextsOf, context: Context, work: Work) -> Mapping[str, Any]:
    """Title, description and requester per ticket, and the comment of a rating that has one.

    Null for a ticket that is not there, that the caller may not know of, or whose requester was
    erased.
    """
    found = await work.tickets.personal(params.tickets)
    seen = {
        number: personal
        for number, personal in found.items()
        if sees(context, personal.partner, personal.requester)
    }
    told = await _opened(seen, work)
    comments = await _opened_comments(seen, work)
    return {"texts": {number: _read(number, told, comments) for number in params.tickets}}


async def _opened(seen: Mapping[str, Personal], work: Work) -> dict[str, str | None]:
    opened = await work.texts.open_all([personal.sealed for personal in seen.values()])
    return dict(zip(seen, opened, strict=True))


async def _opened_comments(seen: Mapping[str, Personal], work: Work) -> dict[str, str | None]:
    sealed = {number: personal.comment for number, personal in seen.items() if personal.comment}
    if not sealed:
        return {}
    return dict(zip(sealed, await work.texts.open_all(list(sealed.values())), strict=True))


def _read(
    number: str, told: Mapping[str, str | None], comments: Mapping[str, str | None]
) -> dict[str, Any] | None:
    plain = told.get(number)
    if plain is None:
        return None
    comment = comments.get(number)
    return {**orjson.loads(plain), **({"comment": comment} if comment else {})}
