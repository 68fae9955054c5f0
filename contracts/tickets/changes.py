"""Changes: what is planned, who approved it, how it went."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from contracts.registry import published
from contracts.tickets.lifecycle import Sealed, TicketEvent

ChangeType = Annotated[
    Literal["standard", "normal", "emergency"],
    Field(description="Standard is approved beforehand; an emergency does not wait for a freeze"),
]
Risk = Annotated[Literal["low", "medium", "high"], Field(description="As the planner judges it")]
ChangeResult = Literal["successful", "with-issues", "backed-out", "failed"]
Actor = Annotated[str, Field(description="Pseudonym of who did it")]


@published("tickets")
class ChangePlanned(TicketEvent):
    """The plan from now on; a decision on an earlier plan no longer stands."""

    change_type: ChangeType
    risk: Risk
    starts_at: AwareDatetime = Field(description="Start of the planned window")
    ends_at: AwareDatetime = Field(description="End of the planned window")
    by: Actor


@published("tickets")
class ChangeApproved(TicketEvent):
    by: Actor


@published("tickets")
class ChangeRejected(TicketEvent):
    by: Actor
    reason: Sealed


@published("tickets")
class ChangeImplemented(TicketEvent):
    result: ChangeResult = Field(description="How it went")
