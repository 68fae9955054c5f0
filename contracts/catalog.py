"""Events of `catalog`: partners, calendars, catalogue items, service levels, agreements.

Everything is effective-dated: `valid_from` is the business date (Europe/Amsterdam) from which
a version holds, until the next version's.
"""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contracts.registry import DomainEvent, published
from contracts.values import (
    CalendarName,
    Domain,
    Euro,
    ItemCode,
    LongText,
    Minutes,
    Oin,
    PartnerSlug,
    Percentage,
    Priority,
    ShortText,
    TicketKind,
    Tier,
    Year,
)

PartnerKind = Literal[
    "municipality",
    "province",
    "work-organisation",
    "joint-social-service",
    "environment-agency",
    "other",
]
Unit = Literal["workplace", "resident", "hour", "piece", "fixed"]
ThemeName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"),
    Field(description="The house style in which the partner's people see the portal"),
]
AgreementId = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,59}$"),
    Field(description="Number of an agreement, e.g. DVO-2026-ZEVENAAR"),
]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ServiceHours(Value):
    """One stretch of a weekday in which the clock runs, in Dutch wall-clock time.

    `closes` 00:00 means the end of the day.
    """

    weekday: int = Field(ge=1, le=7, description="ISO weekday: 1 is Monday")
    opens: time
    closes: time


class Norm(Value):
    """What is promised: business time to respond and to resolve.

    `calendar` names the service window; `None` is 24×7. `pauses_on_supplier` says whether
    waiting on a supplier stops the clock; waiting on the user always does.
    """

    response_minutes: Minutes
    resolution_minutes: Minutes
    calendar: CalendarName | None
    target_percentage: Percentage
    pauses_on_supplier: bool = False


class DeviatingNorm(Value):
    """A norm that an agreement sets for one item (or the whole domain), kind and priority."""

    item: ItemCode | None = None
    domain: Domain
    kind: TicketKind
    priority: Priority
    norm: Norm


class FulfilmentStep(Value):
    team: ShortText
    what: ShortText
    lead_minutes: Minutes


class ItemVersion(Value):
    """What a version of a catalogue item promises; a published version never changes."""

    name: ShortText
    description: LongText = ""
    domain: Domain
    tier: Tier
    included: tuple[ShortText, ...] = ()
    excluded: tuple[ShortText, ...] = ()
    preconditions: tuple[ShortText, ...] = ()
    unit: Unit
    tariffs: dict[Year, Euro] = Field(description="Euro per unit, per calendar year")
    steps: tuple[FulfilmentStep, ...] = ()
    owner: ShortText


@published("catalog")
class PartnerJoined(DomainEvent):
    partner: PartnerSlug
    name: ShortText
    kind: PartnerKind
    oin: Oin
    joined_on: date
    theme: ThemeName = "neutraal"


@published("catalog")
class PartnerStatisticsUpdated(DomainEvent):
    """The year's driver counts; `key_percentage` is the share in a fixed allocation key."""

    partner: PartnerSlug
    year: Year
    residents: int = Field(ge=0)
    workplaces: int = Field(ge=0)
    key_percentage: Decimal | None = Field(default=None, ge=0, le=100)


@published("catalog")
class PartnerWithdrawalAnnounced(DomainEvent):
    partner: PartnerSlug
    leaves_on: date


@published("catalog")
class CalendarDefined(DomainEvent):
    """A version of a service calendar.

    `public_holidays`: Dutch public holidays are closed; Liberation Day (5 May) each year when
    `liberation_day_yearly`, otherwise in lustrum years only.
    """

    calendar: CalendarName
    calendar_version: int = Field(ge=1)
    name: ShortText
    valid_from: date
    hours: tuple[ServiceHours, ...] = Field(min_length=1)
    public_holidays: bool = True
    liberation_day_yearly: bool = False
    closing_days: tuple[date, ...] = ()


@published("catalog")
class CatalogueItemDrafted(DomainEvent):
    item: ItemCode
    content: ItemVersion


@published("catalog")
class CatalogueItemPublished(DomainEvent):
    item: ItemCode
    item_version: int = Field(ge=1)
    valid_from: date
    content: ItemVersion


@published("catalog")
class CatalogueItemRevised(DomainEvent):
    item: ItemCode
    item_version: int = Field(ge=2)
    valid_from: date
    content: ItemVersion


@published("catalog")
class CatalogueItemRetired(DomainEvent):
    """No new requests from `retired_from`; running ones finish."""

    item: ItemCode
    retired_from: date


@published("catalog")
class ServiceLevelSet(DomainEvent):
    """The norm for one item, or (`item` None) the default of a whole domain."""

    domain: Domain
    item: ItemCode | None
    kind: TicketKind
    priority: Priority
    norm: Norm
    valid_from: date


class AgreementTerms(Value):
    """What an agreement says: the items taken, and where it deviates from the catalogue."""

    items: tuple[ItemCode, ...] = Field(min_length=1)
    deviating_norms: tuple[DeviatingNorm, ...] = ()
    deviating_prices: dict[ItemCode, dict[Year, Euro]] = Field(
        default_factory=dict, description="Euro per unit, per calendar year, instead of the tariff"
    )
    surcharge_percentage: Percentage = Field(
        default=Decimal(0), description="On top of the price, for deviating from the common way"
    )
    notice_months: int = Field(default=12, ge=0, le=120)
    reopen_days: int = Field(
        default=10, ge=0, le=365, description="Calendar days in which a ticket may be reopened"
    )


@published("catalog")
class AgreementSigned(AgreementTerms, DomainEvent):
    agreement: AgreementId
    partner: PartnerSlug
    starts_on: date
    ends_on: date | None = Field(default=None, description="Last day on which it holds")


@published("catalog")
class AgreementAmended(AgreementTerms, DomainEvent):
    """The agreement as it reads from `valid_from`; what went before keeps its terms."""

    agreement: AgreementId
    partner: PartnerSlug
    valid_from: date


@published("catalog")
class AgreementEnded(DomainEvent):
    agreement: AgreementId
    partner: PartnerSlug
    ends_on: date = Field(description="Last day on which it holds")
