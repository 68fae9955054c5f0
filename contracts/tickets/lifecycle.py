"""A ticket from opening to closing, and its SLA clock."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.registry import DomainEvent, published
from contracts.values import (
    Domain,
    ItemCode,
    PartnerSlug,
    Percentage,
    Priority,
    ShortText,
    TicketKind,
    Tier,
)

Channel = Literal["portal", "api", "phone", "mail", "desk", "monitoring", "import"]
Status = Literal[
    "new",
    "assigned",
    "in-progress",
    "waiting",
    "resolved",
    "closed",
    "reopened",
    "cancelled",
]
WaitingOn = Literal["user", "supplier", "change-window"]
Line = Literal["first", "second", "supplier"]
ClockName = Literal["response", "resolution"]
Level = Annotated[int, Field(ge=1, le=3, description="1 is high, 3 is low")]
ItemVersionNumber = Annotated[
    int, Field(description="Version of the item on the day of opening; null without an item")
]
OutOfCatalogue = Annotated[
    bool, Field(description="Without an item, or one that the partner's agreement does not take")
]
Within = Annotated[bool, Field(description="Whether the norm was kept; null when none applies")]
Due = Annotated[AwareDatetime, Field(description="Last moment that was in time")]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Sealed(Value):
    """Text encrypted with the key of one data subject (AES-256-GCM).

    `subject` is a pseudonym; `text` is base64 of nonce ‖ ciphertext ‖ tag.
    """

    subject: str = Field(description="Pseudonym of whose key it is sealed with")
    text: str = Field(description="Base64 of nonce ‖ ciphertext ‖ tag")


class AppliedNorm(Value):
    """The norm under which the clock runs, complete enough to replay it.

    `source` says which rule won: agreement deviation, item, or domain default.
    """

    source: Literal["agreement", "item", "domain"] = Field(description="Which rule won")
    agreement: str | None = Field(default=None, description="The agreement that deviates, if any")
    response_minutes: int = Field(description="Business minutes to start work")
    resolution_minutes: int = Field(description="Business minutes to resolve")
    calendar: str | None = Field(description="Service calendar; null is 24×7")
    calendar_version: int | None = Field(description="Version of that calendar; null is 24×7")
    target_percentage: Percentage = Field(description="Share of tickets that must keep the norm")
    pauses_on_supplier: bool = Field(description="Whether waiting on a supplier stops the clock")


class ClockReading(Value):
    """The clock at the moment of the event, in business seconds.

    While the clock is paused the due moments are those that held when it paused. All fields but
    the seconds are null when no norm applies.
    """

    response_seconds: int = Field(ge=0, description="Business seconds used until the response")
    resolution_seconds: int = Field(ge=0, description="Business seconds used")
    response_due: AwareDatetime | None = Field(
        default=None, description="Last moment in time for the response"
    )
    resolution_due: AwareDatetime | None = Field(
        default=None, description="Last moment in time for the resolution"
    )
    responded_at: AwareDatetime | None = Field(default=None, description="When work first started")
    paused: bool = Field(default=False, description="Whether the clock stands still")


class TicketEvent(DomainEvent):
    ticket: str = Field(description="Number per kind and year, e.g. INC-2026-000123")
    partner: PartnerSlug


@published("tickets")
class TicketOpened(TicketEvent):
    """`norm` is null when no service level applies; such a ticket has no due moments.

    `personal` seals the JSON object `{"title", "description", "requester"}`. `generated` marks a
    record that was made to reach published totals; `external` is its number in the system that it
    was imported from.
    """

    kind: TicketKind = Field(description="What kind of ticket")
    requester: str = Field(description="Pseudonym of the person who asks")
    item: ItemCode | None
    item_version: ItemVersionNumber | None
    domain: Domain = Field(description="Whose field of work it is")
    tier: Tier | None = Field(description="Tier of the item; null without one")
    out_of_catalogue: OutOfCatalogue
    impact: Level
    urgency: Level
    priority: Priority
    channel: Channel = Field(description="How it came in")
    personal: Sealed
    norm: AppliedNorm | None
    reopen_days: int = Field(description="Calendar days in which it may be reopened")
    clock: ClockReading
    external: str | None = Field(
        default=None, description="Its number in the system that it was imported from"
    )
    generated: bool = Field(
        default=False, description="Made to reach published totals, not reported by anybody"
    )


@published("tickets")
class TicketAssigned(TicketEvent):
    team: ShortText = Field(description="Who works on it from now on")
    line: Line = Field(description="Service desk, specialists or supplier")
    clock: ClockReading


@published("tickets")
class TicketWorkStarted(TicketEvent):
    """The first one is the response."""

    clock: ClockReading


@published("tickets")
class TicketPaused(TicketEvent):
    waiting_on: WaitingOn = Field(description="Whom or what work waits for")
    clock: ClockReading


@published("tickets")
class TicketResumed(TicketEvent):
    clock: ClockReading


@published("tickets")
class TicketPriorityChanged(TicketEvent):
    impact: Level
    urgency: Level
    priority: Priority
    norm: AppliedNorm | None
    clock: ClockReading


@published("tickets")
class TicketReclassified(TicketEvent):
    """Another catalogue item (or none) than it was opened on."""

    item: ItemCode | None
    item_version: ItemVersionNumber | None
    domain: Domain = Field(description="Whose field of work it is")
    tier: Tier | None = Field(description="Tier of the item; null without one")
    out_of_catalogue: OutOfCatalogue
    norm: AppliedNorm | None
    clock: ClockReading


@published("tickets")
class TicketResolved(TicketEvent):
    """`within_…` are null when no norm applies."""

    within_response: Within | None
    within_resolution: Within | None
    clock: ClockReading


@published("tickets")
class TicketClosed(TicketEvent):
    """`automatic`: closed by itself after the agreed number of working days."""

    automatic: bool = Field(description="Closed by itself, after the agreed working days")
    within_response: Within | None
    within_resolution: Within | None
    clock: ClockReading


@published("tickets")
class TicketReopened(TicketEvent):
    reason: Sealed
    clock: ClockReading


@published("tickets")
class TicketCancelled(TicketEvent):
    reason: Sealed
    clock: ClockReading


@published("tickets")
class SlaAtRisk(TicketEvent):
    """75 % of the norm's business time has been used. `occurred_at` is that very moment."""

    clock_name: ClockName = Field(description="Which of the two clocks")
    due: Due


@published("tickets")
class SlaBreached(TicketEvent):
    """The due moment passed. `occurred_at` is that very moment."""

    clock_name: ClockName = Field(description="Which of the two clocks")
    due: Due
