"""What the aggregates of `finance` have in common."""

from pydantic import BaseModel, ConfigDict


class Aggregate(BaseModel):
    """The state that decisions rest on, no more; the whole story stands in the event log.

    `version` is the number of its events.
    """

    model_config = ConfigDict(frozen=True)

    version: int
