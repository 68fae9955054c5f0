"""Values of charging: the methods of a cost pool, and the line of a bill that explains itself."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contracts.values import Euro, PartnerSlug, Percentage

PoolCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"),
    Field(description="Code of a cost pool, e.g. werkplekken"),
]
Amount = Annotated[
    Decimal, Field(max_digits=14, decimal_places=2, description="Euro; below zero is a credit")
]
Shares = Annotated[
    dict[PartnerSlug, Percentage], Field(description="Percentage per partner; together 100")
]
Driver = Literal["workplaces", "residents", "users", "key", "hours", "out-of-catalogue-hours"]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class PerWorkplace(Value):
    """The pool's cost by the workplaces of the year."""

    method: Literal["per-workplace"] = "per-workplace"


class PerResident(Value):
    """The pool's cost by the residents of the year."""

    method: Literal["per-resident"] = "per-resident"


class FixedKey(Value):
    """The pool's cost by percentages; without `shares` by those of the partners' statistics."""

    method: Literal["fixed-key"] = "fixed-key"
    shares: Shares | None = None


class FixedPrice(Value):
    """A price per year whatever the volume: the provider bears the difference with the cost."""

    method: Literal["fixed-price"] = "fixed-price"
    prices: dict[PartnerSlug, Euro] = Field(min_length=1, description="Euro per year, per partner")


class HourlyRate(Value):
    """The logged hours at a rate."""

    method: Literal["hourly-rate"] = "hourly-rate"
    rate: Euro = Field(description="Euro per hour")


class FundedStaff(Value):
    """A number of fte at a price, and the hours of extra work afterwards."""

    method: Literal["funded-staff"] = "funded-staff"
    fte: dict[PartnerSlug, Annotated[Decimal, Field(ge=0)]] = Field(
        min_length=1, description="Funded full-time equivalents, per partner"
    )
    price: Euro = Field(description="Euro per fte per year")
    rate: Euro = Field(description="Euro per hour of extra work")


class Licences(Value):
    """The pool's cost less a discount, by users; the provider bears the discount."""

    method: Literal["licences"] = "licences"
    discount: Percentage = Field(description="Percentage that is not charged")


class Participation(Value):
    """An investment, by the shares of the partners that take part in it."""

    method: Literal["participation"] = "participation"
    shares: Shares


class Surcharge(Value):
    """What a partner that deviates pays on top of its lines of other pools.

    Without `percentages` those of the partners' agreements.
    """

    method: Literal["surcharge"] = "surcharge"
    over: tuple[PoolCode, ...] = Field(min_length=1, description="The pools it is counted over")
    percentages: dict[PartnerSlug, Percentage] | None = Field(
        default=None, description="Percentage per partner that deviates"
    )


class OutOfCatalogue(Value):
    """The hours logged on work outside the catalogue, at the agreed rates."""

    method: Literal["out-of-catalogue"] = "out-of-catalogue"
    rates: dict[PartnerSlug, Euro] = Field(min_length=1, description="Euro per hour, per partner")


Method = Annotated[
    PerWorkplace
    | PerResident
    | FixedKey
    | FixedPrice
    | HourlyRate
    | FundedStaff
    | Licences
    | Participation
    | Surcharge
    | OutOfCatalogue,
    Field(discriminator="method", description="How the pool is charged"),
]


class Source(Value):
    """Where a figure comes from: the events of one aggregate, from one version up to another."""

    aggregate: str = Field(description="As in the subject of its events: partner/zevenaar")
    first_version: int = Field(ge=1)
    last_version: int = Field(ge=1)


class Line(Value):
    """What a partner pays of one pool over one stretch of days, and why.

    A divided amount is `of_amount × count ÷ of_count`; a priced one is `price × count`, for the
    `days` of the `of_days` that the price is for; both to the cent. `direct` was booked on the
    partner itself.
    """

    partner: PartnerSlug
    pool: PoolCode
    method: str = Field(description="Method of charging, or direct")
    first: date = Field(description="First day that the line is about")
    last: date = Field(description="Last day that the line is about")
    amount: Amount
    of_amount: Amount | None = Field(default=None, description="Euro that were divided")
    price: Amount | None = Field(default=None, description="Euro per count")
    driver: Driver | None = Field(default=None, description="What is counted")
    count: Decimal | None = Field(default=None, description="The partner's own count")
    of_count: Decimal | None = Field(default=None, description="The count of all who pay along")
    days: int = Field(ge=0, description="Days of the stretch")
    of_days: int = Field(ge=1, description="Days that the amount or price is for")
    sources: tuple[Source, ...] = Field(description="The events that the figures come from")
