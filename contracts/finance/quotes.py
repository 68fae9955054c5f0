"""Values of entry and exit quotes: every assumption is part of the quote."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from contracts.finance.charging import Amount, Value
from contracts.values import Euro, Percentage, ShortText, Year


class EntryAssumptions(Value):
    """What is assumed of a partner that would join."""

    joins_on: date = Field(description="First day as a partner")
    friction: Euro = Field(description="Euro, once, for the move itself")
    workplaces: int = Field(ge=0, description="Workplaces that it brings")
    price_per_workplace: Euro = Field(description="Euro, once, to connect a workplace")
    investments: Euro = Field(
        default=Decimal("0.00"), description="Book value in euro of what the others paid for"
    )
    participation: Percentage = Field(
        default=Decimal(0), description="Its part in those investments"
    )
    remarks: tuple[ShortText, ...] = Field(default=(), description="What else was assumed")


class ExitAssumptions(Value):
    """What is assumed of a partner that would leave."""

    leaves_on: date = Field(description="Last day as a partner")
    friction: Euro = Field(description="Euro, once, for the move itself")
    yearly_contribution: Euro = Field(description="Euro that it pays in a whole year")
    remaining_percentages: tuple[Percentage, ...] = Field(
        max_length=20, description="Of its contribution, what still goes on, per year after leaving"
    )
    taken_over: Euro = Field(
        default=Decimal("0.00"), description="Euro of staff and things that it takes along"
    )
    remarks: tuple[ShortText, ...] = Field(default=(), description="What else was assumed")


class QuoteLine(Value):
    """One amount of a quote; `year` where it falls in one."""

    what: Annotated[
        Literal["friction", "connecting-workplaces", "buying-in", "wind-down", "taken-over"],
        Field(description="What it is for"),
    ]
    year: Year | None = None
    amount: Amount
