"""The end of a ticket's personal data: who asked, and what people wrote."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.registry import published
from contracts.tickets.lifecycle import TicketEvent

ErasureReason = Annotated[
    Literal["retention", "request"],
    Field(description="The retention period was over, or the requester asked for it"),
]


@published("tickets")
class PersonalDataErasureRequested(TicketEvent):
    """The requester asked to be erased; it is done as soon as this ticket has ended."""


@published("tickets")
class PersonalDataErased(TicketEvent):
    """Who asked, and what people wrote, can be read nowhere any more; the figures stay.

    Whoever keeps the requester's pseudonym with this ticket takes it out.
    """

    reason: ErasureReason
