"""The time that work took, and what the requester thought of it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.registry import published
from contracts.tickets.lifecycle import OutOfCatalogue, Sealed, TicketEvent
from contracts.values import ShortText

WorkedMinutes = Annotated[int, Field(ge=1, le=1440, description="Minutes of work, at most a day")]
Score = Annotated[int, Field(ge=1, le=10, description="1 is bad, 10 is excellent")]


@published("tickets")
class TimeLogged(TicketEvent):
    """A time entry: of a team, never of a person."""

    team: ShortText = Field(description="Who did the work")
    minutes: WorkedMinutes
    billable: bool = Field(description="Whether the hours are charged by themselves")
    out_of_catalogue: OutOfCatalogue
    worked_on: date = Field(description="Dutch date of the work")


@published("tickets")
class TicketRated(TicketEvent):
    """What the requester thought, said once, after closing."""

    quality: Score
    speed: Score
    communication: Score
    comment: Sealed | None = Field(default=None, description="In the requester's own words")
