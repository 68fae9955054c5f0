"""Events of `tickets`: a ticket from opening to closing, and its SLA clock.

Free text and who asked are personal: they travel only as `Sealed` values, encrypted per data
subject with a key that never leaves the service.
"""

from typing import Literal

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
Level = int


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Sealed(Value):
    """Text encrypted with the key of one data subject (AES-256-GCM).

    `subject` is a pseudonym; `text` is base64 of nonce ‖ ciphertext ‖ tag.
    """

    subject: str
    text: str


class AppliedNorm(Value):
    """The norm under which the clock runs, complete enough to replay it.

    `source` says which rule won: agreement deviation, item, or domain default.
    """

    source: Literal["agreement", "item", "domain"]
    agreement: str | None = None
    response_minutes: int
    resolution_minutes: int
    calendar: str | None = Field(description="Service calendar; null is 24×7")
    calendar_version: int | None
    target_percentage: Percentage
    pauses_on_supplier: bool


class ClockReading(Value):
    """The clock at the moment of the event, in business seconds.

    While the clock is paused the due moments are those that held when it paused. All fields but
    the seconds are null when no norm applies.
    """

    response_seconds: int = Field(ge=0)
    resolution_seconds: int = Field(ge=0)
    response_due: AwareDatetime | None = None
    resolution_due: AwareDatetime | None = None
    responded_at: AwareDatetime | None = None
    paused: bool = False


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

    kind: TicketKind
    requester: str = Field(description="Pseudonym of the person who asks")
    item: ItemCode | None
    item_version: int | None
    domain: Domain
    tier: Tier | None
    out_of_catalogue: bool
    impact: Level = Field(ge=1, le=3)
    urgency: Level = Field(ge=1, le=3)
    priority: Priority
    channel: Channel
    personal: Sealed
    norm: AppliedNorm | None
    reopen_days: int
    clock: ClockReading
    external: str | None = None
    generated: bool = False


@published("tickets")
class TicketAssigned(TicketEvent):
    team: ShortText
    line: Line
    clock: ClockReading


@published("tickets")
class TicketWorkStarted(TicketEvent):
    """The first one is the response."""

    clock: ClockReading


@published("tickets")
class TicketPaused(TicketEvent):
    waiting_on: WaitingOn
    clock: ClockReading


@published("tickets")
class TicketResumed(TicketEvent):
    clock: ClockReading


@published("tickets")
class TicketPriorityChanged(TicketEvent):
    impact: Level = Field(ge=1, le=3)
    urgency: Level = Field(ge=1, le=3)
    priority: Priority
    norm: AppliedNorm | None
    clock: ClockReading


@published("tickets")
class TicketReclassified(TicketEvent):
    """Another catalogue item (or none) than it was opened on."""

    item: ItemCode | None
    item_version: int | None
    domain: Domain
    tier: Tier | None
    out_of_catalogue: bool
    norm: AppliedNorm | None
    clock: ClockReading


@published("tickets")
class TicketResolved(TicketEvent):
    """`within_…` are null when no norm applies."""

    within_response: bool | None
    within_resolution: bool | None
    clock: ClockReading


@published("tickets")
class TicketClosed(TicketEvent):
    """`automatic`: closed by itself after the agreed number of working days."""

    automatic: bool
    within_response: bool | None
    within_resolution: bool | None
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

    clock_name: ClockName
    due: AwareDatetime


@published("tickets")
class SlaBreached(TicketEvent):
    """The due moment passed. `occurred_at` is that very moment."""

    clock_name: ClockName
    due: AwareDatetime
