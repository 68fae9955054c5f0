"""Rows of major incidents, and of the security signals of a month."""

from datetime import datetime
from typing import NamedTuple

from services.projection.column_kinds import Json


class MajorIncident(NamedTuple):
    """`incident` is the ticket that it grew from; `partners` those that it is shared with.

    `updates`: `{"at", "message", "partners"}` in order; for no partners is for all.
    """

    number: str
    version: int
    title: str
    incident: str
    partners: Json
    updates: Json
    declared_at: datetime
    ended_at: datetime | None


class SecuritySignals(NamedTuple):
    """A partner's month: the last count of each sort. `counted_at` is when it was last counted."""

    aggregate: str
    version: int
    partner: str
    month: str
    counts: Json
    counted_at: datetime
