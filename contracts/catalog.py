"""Events of `catalog`: partners, calendars, items, service and experience levels, agreements.

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
Unit = Annotated[
    Literal["workplace", "resident", "hour", "piece", "fixed"],
    Field(description="What is charged per"),
]
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
Mark = Annotated[Decimal, Field(ge=1, le=10, max_digits=3, decimal_places=1)]
ValidFrom = Annotated[date, Field(description="First day on which this holds, a Dutch date")]
CorrectionReason = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    Field(description="What was wrong with what was told before"),
]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ServiceHours(Value):
    """One stretch of a weekday in which the clock runs, in Dutch wall-clock time.

    `closes` 00:00 means the end of the day.
    """

    weekday: int = Field(ge=1, le=7, description="ISO weekday: 1 is Monday")
    opens: time = Field(description="Dutch wall-clock time")
    closes: time = Field(description="Dutch wall-clock time; 00:00 is the end of the day")


class Norm(Value):
    """What is promised: business time to respond and to resolve.

    `calendar` names the service window; `None` is 24×7. `pauses_on_supplier` says whether
    waiting on a supplier stops the clock; waiting on the user always does.
    """

    response_minutes: Minutes = Field(description="Business minutes to start work")
    resolution_minutes: Minutes = Field(description="Business minutes to resolve")
    calendar: CalendarName | None = Field(description="Service calendar; null is 24×7")
    target_percentage: Percentage = Field(description="Share of tickets that must keep the norm")
    pauses_on_supplier: bool = Field(
        default=False, description="Whether waiting on a supplier stops the clock"
    )


class DeviatingNorm(Value):
    """A norm that an agreement sets for one item (or the whole domain), kind and priority."""

    item: ItemCode | None = None
    domain: Domain = Field(description="Field of work")
    kind: TicketKind = Field(description="For which kind of ticket")
    priority: Priority
    norm: Norm


class FulfilmentStep(Value):
    team: ShortText = Field(description="Who does it")
    what: ShortText = Field(description="What is done")
    lead_minutes: Minutes = Field(description="Business minutes that it takes")


class ItemVersion(Value):
    """What a version of a catalogue item promises; a published version never changes."""

    name: ShortText = Field(description="As partners see it")
    description: LongText = Field(default="", description="As partners see it")
    domain: Domain = Field(description="Field of work")
    tier: Tier = Field(description="Basic: for all; plus: may be added; custom: for one")
    included: tuple[ShortText, ...] = Field(default=(), description="What the price covers")
    excluded: tuple[ShortText, ...] = Field(default=(), description="What it explicitly does not")
    preconditions: tuple[ShortText, ...] = Field(
        default=(), description="What must be so before it can be delivered"
    )
    unit: Unit
    tariffs: dict[Year, Euro] = Field(description="Euro per unit, per calendar year")
    steps: tuple[FulfilmentStep, ...] = Field(
        default=(), description="How a request for it is fulfilled, in order"
    )
    owner: ShortText = Field(description="Role that answers for the item")


@published("catalog")
class PartnerJoined(DomainEvent):
    partner: PartnerSlug
    name: ShortText = Field(description="As people write it")
    kind: PartnerKind = Field(description="What kind of organisation")
    oin: Oin
    joined_on: date = Field(description="First day as a partner")
    theme: ThemeName = "neutraal"


@published("catalog")
class PartnerStatisticsUpdated(DomainEvent):
    """The year's driver counts; `key_percentage` is the share in a fixed allocation key."""

    partner: PartnerSlug
    year: Year
    residents: int = Field(ge=0, description="Number of residents")
    workplaces: int = Field(ge=0, description="Number of workplaces")
    key_percentage: Decimal | None = Field(
        default=None, ge=0, le=100, description="Share in the fixed key; null where there is none"
    )


@published("catalog")
class PartnerWithdrawalAnnounced(DomainEvent):
    partner: PartnerSlug
    leaves_on: date = Field(description="Last day as a partner")


@published("catalog")
class CalendarDefined(DomainEvent):
    """A version of a service calendar.

    `public_holidays`: Dutch public holidays are closed; Liberation Day (5 May) each year when
    `liberation_day_yearly`, otherwise in lustrum years only.
    """

    calendar: CalendarName
    calendar_version: int = Field(ge=1, description="1 is the first, then one up")
    name: ShortText = Field(description="As people see it")
    valid_from: ValidFrom
    hours: tuple[ServiceHours, ...] = Field(min_length=1, description="When the clock runs")
    public_holidays: bool = Field(default=True, description="Closed on Dutch public holidays")
    liberation_day_yearly: bool = Field(
        default=False, description="Closed on 5 May each year, not in lustrum years only"
    )
    closing_days: tuple[date, ...] = Field(default=(), description="Further days without service")


@published("catalog")
class CalendarCorrected(CalendarDefined):
    """The version that should have held from `valid_from`, a day that has passed."""

    reason: CorrectionReason


@published("catalog")
class CatalogueItemDrafted(DomainEvent):
    item: ItemCode
    content: ItemVersion


@published("catalog")
class CatalogueItemPublished(DomainEvent):
    item: ItemCode
    item_version: int = Field(ge=1, description="The first is 1")
    valid_from: ValidFrom
    content: ItemVersion


@published("catalog")
class CatalogueItemRevised(DomainEvent):
    item: ItemCode
    item_version: int = Field(ge=2, description="One up from the version before")
    valid_from: ValidFrom
    content: ItemVersion


@published("catalog")
class CatalogueItemRetired(DomainEvent):
    """No new requests from `retired_from`; running ones finish."""

    item: ItemCode
    retired_from: date = Field(description="First day on which it cannot be asked for")


@published("catalog")
class ServiceLevelSet(DomainEvent):
    """The norm for one item, or (`item` None) the default of a whole domain."""

    domain: Domain = Field(description="Field of work")
    item: ItemCode | None = Field(description="Catalogue item; null is the domain's default")
    kind: TicketKind = Field(description="For which kind of ticket")
    priority: Priority
    norm: Norm
    valid_from: ValidFrom


@published("catalog")
class ServiceLevelCorrected(ServiceLevelSet):
    """The norm that should have held from `valid_from`, a day that has passed.

    It holds until the next norm that begins later.
    """

    reason: CorrectionReason


class Experience(Value):
    """What people should feel of the service (XLA): marks from 1 to 10, given by users."""

    quality: Mark = Field(description="How good what was delivered is")
    speed: Mark = Field(description="How quickly it came")
    communication: Mark = Field(description="How well people were kept informed")


@published("catalog")
class ExperienceTargetSet(DomainEvent):
    """The average marks that a field of work aims at for one partner."""

    partner: PartnerSlug
    domain: Domain = Field(description="Field of work")
    target: Experience
    valid_from: ValidFrom


class AgreementTerms(Value):
    """What an agreement says: the items taken, and where it deviates from the catalogue."""

    items: tuple[ItemCode, ...] = Field(min_length=1, description="Catalogue items taken")
    deviating_norms: tuple[DeviatingNorm, ...] = Field(
        default=(), description="Norms that go before those of the item or domain"
    )
    deviating_prices: dict[ItemCode, dict[Year, Euro]] = Field(
        default_factory=dict, description="Euro per unit, per calendar year, instead of the tariff"
    )
    surcharge_percentage: Percentage = Field(
        default=Decimal(0), description="On top of the price, for deviating from the common way"
    )
    notice_months: int = Field(
        default=12, ge=0, le=120, description="Months of notice before it can end"
    )
    reopen_days: int = Field(
        default=10, ge=0, le=365, description="Calendar days in which a ticket may be reopened"
    )


@published("catalog")
class AgreementSigned(AgreementTerms, DomainEvent):
    agreement: AgreementId
    partner: PartnerSlug
    starts_on: date = Field(description="First day on which it holds")
    ends_on: date | None = Field(default=None, description="Last day on which it holds")


@published("catalog")
class AgreementAmended(AgreementTerms, DomainEvent):
    """The agreement as it reads from `valid_from`; what went before keeps its terms."""

    agreement: AgreementId
    partner: PartnerSlug
    valid_from: ValidFrom


@published("catalog")
class AgreementEnded(DomainEvent):
    agreement: AgreementId
    partner: PartnerSlug
    ends_on: date = Field(description="Last day on which it holds")
