"""Putting clocks right that ran under a wrong norm or calendar.

`catalog` tells what should have held; what that changes is worked out, and accepted or dropped.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from contracts.catalog import CorrectionReason
from contracts.registry import DomainEvent, published
from contracts.tickets.lifecycle import AppliedNorm, ClockReading, TicketEvent, Value, Within
from contracts.values import CalendarName, Domain, ItemCode, Priority, TicketKind

CorrectionSubject = Annotated[
    Literal["service-level", "calendar"], Field(description="What of the catalogue was put right")
]
DecisionReason = Annotated[
    str, Field(min_length=1, max_length=500, description="Why it was accepted or dropped")
]
Decider = Annotated[str, Field(description="Pseudonym of who decided")]
_At = AwareDatetime | None


class CorrectedSubject(Value):
    """The norm (of an item, or the default of a domain) or the calendar that was put right."""

    corrects: CorrectionSubject
    domain: Domain | None = Field(default=None, description="Of a norm: field of work")
    item: ItemCode | None = Field(default=None, description="Null: the default of the domain")
    kind: TicketKind | None = Field(default=None, description="Of a norm: kind of ticket")
    priority: Priority | None = None
    calendar: CalendarName | None = Field(default=None, description="Of a calendar: its name")
    calendar_version: int | None = Field(default=None, description="The version that is right")
    valid_from: date = Field(description="First Dutch date on which it should have held")


class Kept(Value):
    """Of how many tickets it is known whether the norm was kept, and of how many it was."""

    counted: int = Field(ge=0, description="Tickets with a norm that was kept or not")
    within: int = Field(ge=0, description="Tickets that kept it")


class CorrectionTotals(Value):
    """What a correction does to the tickets whose norm it replaces."""

    concerned: int = Field(ge=0, description="Tickets whose norm is replaced")
    changed: int = Field(ge=0, description="Tickets of which more changes than the norm's name")
    response_before: Kept
    response_after: Kept
    resolution_before: Kept
    resolution_after: Kept


class Standing(Value):
    """How the clocks of a ticket stand: under which norm, what they read, what was told of them.

    The moments are null for what did not happen. `within_response` is null before the response,
    `within_resolution` before the resolution, and both where nothing was promised.
    """

    norm: AppliedNorm | None
    clock: ClockReading
    paused_at: _At = Field(description="Since when the clocks stand still")
    response_at_risk_at: _At = Field(description="When 75 % of the response time was used")
    resolution_at_risk_at: _At = Field(description="When 75 % of the resolution time was used")
    response_breached_at: _At = Field(description="When the response became late")
    resolution_breached_at: _At = Field(description="When the resolution became late")
    within_response: Within | None
    within_resolution: Within | None


class NormSince(Value):
    """The norm that holds from one of the ticket's own events on."""

    version: int = Field(ge=1, description="Version of the ticket at that event; 1 is its opening")
    norm: AppliedNorm | None


class CorrectionEvent(DomainEvent):
    correction: str = Field(description="Number per year, e.g. COR-2026-000001")


@published("tickets")
class CorrectionProposed(CorrectedSubject, CorrectionEvent):
    """The catalogue was put right; nothing changes for tickets until that is accepted."""

    reason: CorrectionReason


@published("tickets")
class CorrectionPreviewed(CorrectionEvent):
    """It was worked out, or worked out again, what it changes."""

    totals: CorrectionTotals


@published("tickets")
class CorrectionAccepted(CorrectionEvent):
    """The clocks of the tickets will be put right. `totals` are those that were decided on."""

    reason: DecisionReason
    by: Decider
    totals: CorrectionTotals


@published("tickets")
class CorrectionCompleted(CorrectionEvent):
    """Every ticket has its corrected clock."""

    corrected: int = Field(ge=0, description="Tickets whose clock was corrected")


@published("tickets")
class CorrectionDropped(CorrectionEvent):
    """Tickets keep the clocks that they have."""

    reason: DecisionReason
    by: Decider


@published("tickets")
class ClockCorrected(TicketEvent):
    """From here on the clocks stand as if what is right now had held from the beginning.

    `norms` are all norms that the ticket should have run under, so that its clocks can be
    explained anew from its earlier events.
    """

    correction: str = Field(description="The correction that was accepted")
    reason: CorrectionReason
    before: Standing
    after: Standing
    norms: tuple[NormSince, ...] = Field(min_length=1, description="In the order of the events")

    @property
    def clock(self) -> ClockReading:
        """What the clocks read from now on."""
        return self.after.clock
