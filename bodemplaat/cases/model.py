"""The shape of a case's files. `cases/README.md` describes them for people.

`basis` says of a figure whether the cooperation published it or whether it was chosen to make
the case run; every figure has one.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from contracts.catalog import (
    AgreementId,
    DeviatingNorm,
    ItemVersion,
    Norm,
    PartnerKind,
    ServiceHours,
    ThemeName,
)
from contracts.tickets import Channel
from contracts.values import (
    CalendarName,
    Domain,
    ItemCode,
    LongText,
    Minutes,
    Oin,
    PartnerSlug,
    Percentage,
    Priority,
    ShortText,
    TicketKind,
    Year,
)

ALWAYS = "24x7"
"""How a file names a clock that always runs: TOML has no null."""

Basis = Literal["published", "chosen"]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0)]
Mark = Annotated[float, Field(ge=1, le=10)]
Level = Literal["1", "2", "3"]
PersonId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Role = Literal[
    "user",
    "functional-administrator",
    "contract-manager",
    "client",
    "owner",
    "agent",
    "catalogue-manager",
    "controller",
]


class Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Figure(Row):
    what: ShortText
    value: ShortText
    basis: Basis
    note: LongText = ""


class About(Row):
    """case.toml. `set_up_at` is the business moment of the commands that set the case up."""

    title: ShortText
    set_up_at: AwareDatetime
    figures: tuple[Figure, ...] = ()


class PartnerBasis(Row):
    name: Basis
    kind: Basis
    oin: Basis
    joined_on: Basis
    theme: Basis


class Partner(Row):
    slug: PartnerSlug
    name: ShortText
    kind: PartnerKind
    oin: Oin
    joined_on: date
    theme: ThemeName = "neutraal"
    basis: PartnerBasis


class StatisticsBasis(Row):
    residents: Basis
    workplaces: Basis
    key_percentage: Basis | None = None


class Statistics(Row):
    partner: PartnerSlug
    year: Year
    residents: int = Field(ge=0)
    workplaces: int = Field(ge=0)
    key_percentage: Decimal | None = Field(default=None, ge=0, le=100)
    basis: StatisticsBasis


class Partners(Row):
    """partners.toml."""

    partners: tuple[Partner, ...] = Field(min_length=1)
    statistics: tuple[Statistics, ...] = ()


class Calendar(Row):
    calendar: CalendarName
    name: ShortText
    valid_from: date
    hours: tuple[ServiceHours, ...] = Field(min_length=1)
    public_holidays: bool = True
    liberation_day_yearly: bool = False
    closing_days: tuple[date, ...] = ()


class Calendars(Row):
    """calendars.toml."""

    basis: Basis
    calendars: tuple[Calendar, ...]


class Item(ItemVersion):
    """A catalogue item in its first version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: ItemCode

    @property
    def content(self) -> ItemVersion:
        return ItemVersion.model_validate(self.model_dump(exclude={"item"}))


class Catalogue(Row):
    """catalogue.toml."""

    basis: Basis
    valid_from: date
    items: tuple[Item, ...] = Field(min_length=1)


class ServiceLevel(Row):
    """A norm, written flat: what it is for and what it promises in one table."""

    domain: Domain
    item: ItemCode | None = None
    kind: TicketKind
    priority: Priority
    response_minutes: Minutes
    resolution_minutes: Minutes
    calendar: str
    target_percentage: Percentage
    pauses_on_supplier: bool = False

    @property
    def norm(self) -> Norm:
        return Norm(
            response_minutes=self.response_minutes,
            resolution_minutes=self.resolution_minutes,
            calendar=None if self.calendar == ALWAYS else self.calendar,
            target_percentage=self.target_percentage,
            pauses_on_supplier=self.pauses_on_supplier,
        )

    @property
    def deviation(self) -> DeviatingNorm:
        return DeviatingNorm(
            item=self.item,
            domain=self.domain,
            kind=self.kind,
            priority=self.priority,
            norm=self.norm,
        )


class ServiceLevels(Row):
    """service-levels.toml."""

    basis: Basis
    valid_from: date
    service_levels: tuple[ServiceLevel, ...] = ()


class Agreement(Row):
    agreement: AgreementId
    partner: PartnerSlug
    starts_on: date
    ends_on: date | None = None
    items: tuple[ItemCode, ...]
    deviating_norms: tuple[ServiceLevel, ...] = ()
    surcharge_percentage: Percentage = Decimal(0)
    notice_months: int = Field(default=12, ge=0, le=120)
    reopen_days: int = Field(default=10, ge=0, le=365)


class Agreements(Row):
    """agreements.toml."""

    basis: Basis
    agreements: tuple[Agreement, ...] = ()


class LocalPerson(Row):
    """A role that can log in when the system runs locally; `partners` `("*",)` is all."""

    id: PersonId
    title: ShortText
    description: ShortText
    roles: tuple[Role, ...] = Field(min_length=1)
    partners: tuple[str, ...] = Field(min_length=1)


class People(Row):
    """people.toml."""

    people: tuple[LocalPerson, ...] = ()


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
    kind: Literal["incident", "service-request"]
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
    kinds: dict[Literal["incident", "service-request"], Weight] = Field(min_length=1)
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


class Case(BaseModel):
    """A whole case, every file of it checked on its own and against the others."""

    model_config = ConfigDict(frozen=True)

    name: str
    about: About
    partners: Partners
    calendars: Calendars
    catalogue: Catalogue
    service_levels: ServiceLevels
    agreements: Agreements
    people: People
    tickets: TicketPlan
    volumes: Volumes = Volumes()

    @property
    def set_up_at(self) -> datetime:
        return self.about.set_up_at
