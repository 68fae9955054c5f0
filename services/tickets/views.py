"""The clear text of tickets, for those who may read it."""

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

from chassis.command import Context
from services.tickets.access import sees
from services.tickets.commands import TicketNumber
from services.tickets.repository import Work


class TextsOf(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    tickets: Annotated[tuple[TicketNumber, ...], Field(max_length=100)]


async def texts(params: TextsOf, context: Context, work: Work) -> Mapping[str, Any]:
    """Title, description and requester per ticket.

    Null for a ticket that is not there, that the caller may not know of, or whose requester was
    erased.
    """
    found = await work.tickets.personal(params.tickets)
    seen = {
        number: personal.sealed
        for number, personal in found.items()
        if sees(context, personal.partner, personal.requester)
    }
    opened = dict(zip(seen, await work.texts.open_all(list(seen.values())), strict=True))
    return {"texts": {number: _read(opened.get(number)) for number in params.tickets}}


def _read(plain: str | None) -> Any:
    return None if plain is None else orjson.loads(plain)
