"""What is known of a ticket when the next command comes."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from contracts.tickets import (
    AppliedNorm,
    ChangeType,
    ClockName,
    ClockReading,
    FulfilmentTask,
    Line,
    Sealed,
    Status,
    WaitingOn,
)
from contracts.values import Domain, TicketKind, Tier
from services.tickets.domain.moves import OPEN

NOBODY = ""
"""The requester of a ticket whose personal data was erased."""


class Change(BaseModel):
    """The plan of a change, by whom, and what was decided on it; a standard one is approved."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    change_type: ChangeType
    by: str
    decision: Literal["approved", "rejected"] | None


class KnownError(BaseModel):
    """What goes wrong by a problem, and what helps meanwhile."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    summary: str
    workaround: str


class Ticket(BaseModel):
    """The state. `clock` was read at `clock_at`, the last event that moved the ticket.

    `at_risk` and `breached` name the clocks of which that has been said under the present norm.
    `ended_at` is when it was closed or cancelled; once `erased`, nobody is its requester.
    `problem` and `major_incident` are what an incident belongs to; `root_cause` and `known_error`
    are of a problem itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ticket: str
    partner: str
    kind: TicketKind
    requester: str
    item: str | None
    item_version: int | None
    domain: Domain
    tier: Tier | None
    out_of_catalogue: bool
    impact: int
    urgency: int
    priority: int
    status: Status = "new"
    waiting_on: WaitingOn | None = None
    team: str | None = None
    line: Line | None = None
    norm: AppliedNorm | None
    reopen_days: int
    clock: ClockReading
    clock_at: datetime
    at_risk: frozenset[ClockName] = frozenset()
    breached: frozenset[ClockName] = frozenset()
    opened_at: datetime
    resolved_at: datetime | None = None
    rated: bool = False
    comment: Sealed | None = None
    tasks: tuple[FulfilmentTask, ...] = ()
    tasks_done: frozenset[int] = frozenset()
    change: Change | None = None
    problem: str | None = None
    major_incident: str | None = None
    root_cause: str | None = None
    known_error: KnownError | None = None
    ended_at: datetime | None = None
    erasure_requested: bool = False
    erased: bool = False
    last_at: datetime
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether work is still to be done."""
        return self.status in OPEN

    def kept(self, clock: ClockName) -> bool | None:
        """Whether the norm was kept by this clock so far; `None` where nothing was promised."""
        due = self.clock.response_due if clock == "response" else self.clock.resolution_due
        return None if due is None else clock not in self.breached
