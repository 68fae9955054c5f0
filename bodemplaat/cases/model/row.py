"""What the tables of every file of a case have in common."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Basis = Literal["published", "chosen"]


class Row(BaseModel):
    """A key that the shape does not have is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
