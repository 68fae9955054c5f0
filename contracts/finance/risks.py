"""The risk register, reserves, and the resilience that was found on a day."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.finance.charging import Amount, Value
from contracts.registry import DomainEvent, published
from contracts.values import Euro, Percentage, ShortText

RiskCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"),
    Field(description="Code of a risk, e.g. cybercrime"),
]
ReserveCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"),
    Field(description="Code of a reserve, e.g. algemene-reserve"),
]
ChanceClass = Annotated[int, Field(ge=1, le=5, description="1: 10 %, 2: 30 %, … 5: 90 %")]
Ratio = Annotated[Decimal, Field(description="A quotient with four decimals")]


class Risk(Value):
    """A risk as it stands. Without amounts it is pro memoria, and counts in no sum.

    The net amount is what is left after measures and insurance; it lies between `net_least` and
    `net`.
    """

    name: ShortText = Field(description="As owners see it")
    category: ShortText = Field(description="Kind of risk")
    cause: ShortText = Field(description="What it comes from")
    measures: tuple[ShortText, ...] = Field(default=(), description="What is done about it")
    gross: Euro | None = Field(default=None, description="Euro before measures and insurance")
    net: Euro | None = Field(default=None, description="Euro at most, after them")
    net_least: Euro | None = Field(default=None, description="Euro at least; as `net` when null")
    chance: ChanceClass
    structural: bool = Field(default=False, description="Comes back each year; or one-off")
    insured: bool = Field(default=False, description="Whether an insurer pays a part")
    owner: ShortText = Field(description="Role that answers for it")
    review_on: date = Field(description="When it is looked at again")


class RiskEvent(DomainEvent):
    risk: RiskCode


@published("finance")
class RiskRegistered(RiskEvent):
    content: Risk


@published("finance")
class RiskUpdated(RiskEvent):
    content: Risk


@published("finance")
class RiskClosed(RiskEvent):
    closed_on: date = Field(description="Dutch date")
    reason: ShortText = Field(description="Why it is no risk any more")


@published("finance")
class ReserveSet(DomainEvent):
    """A reserve that counts as capacity, as it stands from a day on."""

    reserve: ReserveCode
    name: ShortText = Field(description="As owners see it")
    valid_from: date = Field(description="Dutch date")
    amount: Annotated[Euro, Field(description="Euro from that day on")]


class RiskPart(Value):
    """A risk as it counted, and its part in the needed capacity."""

    risk: RiskCode
    net: Euro | None = Field(description="Euro; null is pro memoria")
    percentage: Percentage = Field(description="Of the needed capacity")


@published("finance")
class ResilienceAssessed(DomainEvent):
    """The register on a reference date, against the capacity; always with the way it was reached.

    By `percentage`, the needed capacity is that part of the sum of net amounts; by simulation, the
    amount that is not exceeded in `certainty` per cent of `runs`, and `seed` repeats it.
    """

    on: date = Field(description="Reference date")
    way: Literal["percentage", "simulation"] = Field(description="How it was reached")
    percentage: Percentage | None = Field(default=None, description="Of the net amounts")
    certainty: Percentage | None = Field(default=None, description="Per cent of the runs")
    runs: int | None = Field(default=None, description="Number of runs")
    seed: int | None = Field(default=None, description="Repeats the simulation")
    capacity: Amount
    total: Amount
    needed: Amount
    risks: tuple[RiskPart, ...] = Field(description="The register as it then was")
    of_total: Ratio | None
    ratio: Ratio | None
    grade: Literal["A", "B", "C", "D", "E", "F"] | None = Field(description="A is ample")
    ceiling: Amount
    above_ceiling: bool = Field(description="More in reserve than the regulation allows")
