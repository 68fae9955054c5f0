"""The tickets that are generated: those of the last weeks, and those of whole years."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bodemplaat.cases.model.row import Basis, Row
from contracts.tickets import Channel
from contracts.values import (
    Domain,
    ItemCode,
    LongText,
    PartnerSlug,
    Percentage,
    ShortText,
    TicketKind,
    Year,
)

Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0)]
Mark = Annotated[float, Field(ge=1, le=10)]
Level = Literal["1", "2", "3"]
VolumeName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"),
    Field(description="Unique in the case; part of its tickets' numbers"),
]


class Course(Row):
    """What happens to tickets on their way: shares of all of them, save where a unit is told."""

    waits_on_user: Share
    waits_on_supplier: Share
    second_line: Share
    reprioritised: Share
    reopened: Share
    closes_within_days: int = Field(ge=1, le=60, description="Calendar days after resolving")


class Flow(Course):
    """What happens to the tickets of the last weeks."""

    breached: Share
    late_response: Share
    reclassified: Share
    cancelled: Share
    due_today: int = Field(ge=0, description="Open tickets that are due later on the day of play")
    overdue: int = Field(ge=0, description="Open tickets past their due moment")


class TicketText(Row):
    """What a ticket says; without an item it is out of catalogue, in `domain`."""

    item: ItemCode | None = None
    domain: Domain = "ict"
    kind: TicketKind
    title: ShortText
    description: LongText


class Teams(Row):
    """Who takes tickets up, and whom they pass on to what no item's owner is there for."""

    desk: ShortText
    second_line: ShortText


class Reasons(Row):
    reopen: tuple[ShortText, ...] = Field(min_length=1)
    cancel: tuple[ShortText, ...] = Field(min_length=1)


class Mix(Row):
    """Whose tickets they are, of what kind, how grave and how they come in. Weights need not add
    up.
    """

    seed: int
    out_of_catalogue: Share
    shares: dict[PartnerSlug, Weight] = Field(min_length=1)
    kinds: dict[TicketKind, Weight] = Field(min_length=1)
    impact: dict[Level, Weight]
    urgency: dict[Level, Weight]
    channels: dict[Channel, Weight] = Field(min_length=1)
    teams: Teams


class TicketPlan(Mix):
    """tickets.toml: parameters of the tickets of the last weeks, and what any ticket says."""

    basis: Basis
    weeks: int = Field(ge=1, le=520)
    tickets: int = Field(ge=0, le=1_000_000)
    requesters: int = Field(ge=1, description="People that ask, per 1,000 tickets of a partner")
    flow: Flow
    texts: tuple[TicketText, ...] = Field(min_length=1)
    reasons: Reasons


class YearCourse(Course):
    """What happens to the tickets of a year, beside what its totals say."""

    late_response: Share = Field(description="Of those that are resolved too late")


class VolumeBasis(Row):
    received: Basis
    closed: Basis
    within_percentage: Basis


class Ratings(Row):
    """What requesters thought, from 1 to 10, on average over those `rated`."""

    basis: Basis
    rated: int = Field(ge=1, description="Of the tickets closed within the year")
    quality: Mark
    speed: Mark
    communication: Mark


class Volume(Mix):
    """A year's tickets in one field of work. Its totals come out exactly.

    `closed` of those `received` are closed within the year, and of those `within_percentage`
    were resolved in time; `cancelled` are neither closed nor open at its end.
    """

    name: VolumeName
    year: Year
    domain: Domain
    received: int = Field(ge=1, le=1_000_000)
    closed: int = Field(ge=0)
    cancelled: int = Field(default=0, ge=0)
    within_percentage: Percentage
    basis: VolumeBasis
    months: tuple[Weight, ...] = Field(min_length=12, max_length=12, description="Of opening")
    people: int = Field(ge=1, description="That ask, all partners together")
    flow: YearCourse
    ratings: Ratings | None = None

    @property
    def carried_over(self) -> int:
        """How many are open at the end of the year."""
        return self.received - self.closed - self.cancelled

    @property
    def within(self) -> int:
        """How many of those closed were resolved in time."""
        return round(self.closed * self.within_percentage / 100)


class Volumes(Row):
    """volumes.toml, which a case may leave out."""

    volumes: tuple[Volume, ...] = ()
