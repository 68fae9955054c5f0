"""Values of charging: the methods of a cost pool, and the line of a bill that explains itself."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contracts.values import Cents, Euro, PartnerSlug, Percentage, ShortText

PoolCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"),
    Field(description="Code of a cost pool, e.g. werkplekken"),
]
Amount = Annotated[
    Decimal,
    Field(max_digits=14, decimal_places=2, description="Euro; below zero is a credit"),
    Cents,
]
Shares = Annotated[
    dict[PartnerSlug, Percentage], Field(description="Percentage per partner; together 100")
]
Teams = Annotated[
    tuple[ShortText, ...], Field(description="Whose logged hours are meant; none named: all")
]
Named = Field(description="Which method it is")
Driver = Literal["workplaces", "residents", "users", "key", "hours", "out-of-catalogue-hours"]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


def _require_name(schema: dict[str, Any]) -> None:
    """Which method it is must be told, though in code the class says so."""
    schema["required"] = ["method", *schema.get("required", [])]


class NamedMethod(Value):
    model_config = ConfigDict(json_schema_extra=_require_name)


class PerWorkplace(NamedMethod):
    """The pool's cost by the workplaces of the year."""

    method: Annotated[Literal["per-workplace"], Named] = "per-workplace"


class PerResident(NamedMethod):
    """The pool's cost by the residents of the year."""

    method: Annotated[Literal["per-resident"], Named] = "per-resident"


class FixedKey(NamedMethod):
    """The pool's cost by percentages; without `shares` by those of the partners' statistics."""

    method: Annotated[Literal["fixed-key"], Named] = "fixed-key"
    shares: Shares | None = None


class FixedPrice(NamedMethod):
    """A price per year whatever the volume: the provider bears the difference with the cost."""

    method: Annotated[Literal["fixed-price"], Named] = "fixed-price"
    prices: dict[PartnerSlug, Euro] = Field(min_length=1, description="Euro per year, per partner")


class HourlyRate(NamedMethod):
    """The logged hours at a rate."""

    method: Annotated[Literal["hourly-rate"], Named] = "hourly-rate"
    rate: Euro = Field(description="Euro per hour")
    teams: Teams = ()


class FundedStaff(NamedMethod):
    """A number of fte at a price, and the hours of extra work afterwards."""

    method: Annotated[Literal["funded-staff"], Named] = "funded-staff"
    fte: dict[PartnerSlug, Annotated[Decimal, Field(ge=0)]] = Field(
        min_length=1, description="Funded full-time equivalents, per partner"
    )
    price: Euro = Field(description="Euro per fte per year")
    rate: Euro = Field(description="Euro per hour of extra work")
    teams: Teams = ()


class Licences(NamedMethod):
    """The pool's cost less a discount, by users; the provider bears the discount."""

    method: Annotated[Literal["licences"], Named] = "licences"
    discount: Percentage = Field(description="Percentage that is not charged")


class Participation(NamedMethod):
    """An investment, by the shares of the partners that take part in it."""

    method: Annotated[Literal["participation"], Named] = "participation"
    shares: Shares


class Surcharge(NamedMethod):
    """What a partner that deviates pays on top of its lines of other pools.

    Without `percentages` those of the partners' agreements.
    """

    method: Annotated[Literal["surcharge"], Named] = "surcharge"
    over: tuple[PoolCode, ...] = Field(min_length=1, description="The pools it is counted over")
    percentages: dict[PartnerSlug, Percentage] | None = Field(
        default=None, description="Percentage per partner that deviates"
    )


class OutOfCatalogueHours(NamedMethod):
    """The hours logged on work outside the catalogue, at the agreed rates."""

    method: Annotated[Literal["out-of-catalogue"], Named] = "out-of-catalogue"
    rates: dict[PartnerSlug, Euro] = Field(min_length=1, description="Euro per hour, per partner")
    teams: Teams = ()


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
    | OutOfCatalogueHours,
    Field(discriminator="method", description="How the pool is charged"),
]


class Source(Value):
    """Where a figure comes from: the events of an aggregate, from one version up to another.

    Of logged time, `aggregate` is its subject on the stream, and the versions are sequences there.
    """

    aggregate: str = Field(description="As in the subject of its events: partner/zevenaar")
    first_version: int = Field(ge=1, description="The first that counts")
    last_version: int = Field(ge=1, description="The last that counts")


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
