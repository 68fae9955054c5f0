"""What the tables of every file of a case have in common."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.values import LongText

Basis = Literal["published", "chosen"]
STRICT = ConfigDict(frozen=True, extra="forbid")
"""Of a value of an event as it stands in a file: a key that it does not have is refused."""


class Row(BaseModel):
    """A key that the shape does not have is refused."""

    model_config = STRICT


class Dated(Row):
    """A row that is told to a service on the day `on`, at nine in the morning."""

    on: date = Field(description="Business date of the command")
    basis: Basis
    note: LongText = Field(default="", description="Why it was chosen so, or what was published")
