"""Budget, bookings, methods of charging, and the counts that only finance knows."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.finance.charging import Amount, Method, PoolCode, Value
from contracts.registry import DomainEvent, published
from contracts.values import PartnerSlug, ShortText, Year

BookingId = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9./-]{0,59}$"),
    Field(description="Number of the booking in the accounts, once per pool and year"),
]


class BudgetLine(Value):
    """A line of a pool's budget; in an amendment, what is added to it or taken off."""

    line: ShortText = Field(description="What the money is for")
    amount: Amount
    structural: bool = Field(default=True, description="Comes back each year; or incidental")


BudgetLines = Annotated[
    tuple[BudgetLine, ...], Field(min_length=1, max_length=200, description="Euro for the year")
]


class PoolEvent(DomainEvent):
    year: Year
    pool: PoolCode


@published("finance")
class BudgetSet(PoolEvent):
    """The original budget of a pool for a year."""

    name: ShortText = Field(description="The pool, as partners see it")
    lines: BudgetLines


@published("finance")
class BudgetAmended(PoolEvent):
    """The differences that the owners decided on; the original budget stays what it was."""

    amended_on: date = Field(description="Dutch date of the decision")
    description: ShortText = Field(description="Why")
    lines: BudgetLines


@published("finance")
class CostBooked(PoolEvent):
    """Actual cost on a pool; with a partner, that partner pays it itself."""

    booking: BookingId
    booked_on: date = Field(description="Dutch date in the year")
    description: ShortText = Field(description="What was bought or paid")
    amount: Amount
    partner: PartnerSlug | None = Field(default=None, description="Who pays it directly")
    structural: bool = Field(default=True, description="Comes back each year; or incidental")
    line: ShortText | None = Field(default=None, description="Line of the budget that it is on")


@published("finance")
class ChargingMethodSet(DomainEvent):
    """How a pool is charged from a day on, until the next method's day."""

    pool: PoolCode
    valid_from: date = Field(description="First day on which this holds, a Dutch date")
    method: Method


@published("finance")
class UsersCounted(DomainEvent):
    """The licensed users of a partner in a year; once more for the year corrects the count."""

    partner: PartnerSlug
    year: Year
    users: int = Field(ge=0, description="Number of users with a licence")
