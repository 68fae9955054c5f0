"""Partners, calendars, catalogue, norms, agreements, people."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from bodemplaat.cases.model.row import Basis, Row
from contracts.catalog import (
    AgreementId,
    DeviatingNorm,
    ItemVersion,
    Norm,
    PartnerKind,
    ServiceHours,
    ThemeName,
)
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
    "privacy-officer",
]


class Figure(Row):
    what: ShortText
    value: ShortText
    basis: Basis
    note: LongText = ""


class About(Row):
    """case.toml. `set_up_at` is the business moment of the commands that set the case up.

    `theme` is the house style of the service centre.
    """

    title: ShortText
    set_up_at: AwareDatetime
    theme: ThemeName = "neutraal"
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
