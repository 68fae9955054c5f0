"""The tasks by which a service request is fulfilled, across teams."""

from pydantic import AwareDatetime, Field

from contracts.registry import published
from contracts.tickets.lifecycle import ClockReading, TicketEvent, Value
from contracts.values import ShortText


class FulfilmentTask(Value):
    """A step of the item, as it is done for one request."""

    task: int = Field(ge=1, description="Place in the order of the item's steps, from 1")
    team: ShortText = Field(description="Who does it")
    what: ShortText = Field(description="What is done")
    due: AwareDatetime = Field(description="By when, in the hours of the ticket's norm")


@published("tickets")
class FulfilmentPlanned(TicketEvent):
    """The tasks of the request from now on; those planned before, if any, no longer stand."""

    tasks: tuple[FulfilmentTask, ...] = Field(description="Empty: the item has no steps")


@published("tickets")
class TaskCompleted(TicketEvent):
    """A task is done; with the last one the request is resolved."""

    task: int = Field(ge=1, description="Its place in the order")
    team: ShortText = Field(description="Who did it")
    within_due: bool = Field(description="Whether it was done by its due moment")
    clock: ClockReading
