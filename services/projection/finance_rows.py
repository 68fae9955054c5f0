"""Rows of what `finance` told about cost: pools, methods, counts, runs, settled years, quotes.

Amounts are text with two decimals. `stream_sequence` is that of the aggregate's newest event.
"""

from datetime import date, datetime
from typing import NamedTuple

from services.projection.column_kinds import Json, StreamSequence

SHARED = "*"
"""In the place of a partner: what was booked for all."""


class CostPool(NamedTuple):
    """A pool in a year.

    `lines`: `{"line", "structural", "original", "amended", "booked"}`; `amendments`: `{"version",
    "amended_on", "description", "lines"}` in order. What was booked is told by whom it is for,
    `{partner or SHARED: amount}`: in all as `structural` and `incidental`, per month as text in
    `months`, and per line, where bookings name one, as its `booked`.
    """

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    year: int
    pool: str
    name: str
    lines: Json
    amendments: Json
    bookings: int
    structural: Json
    incidental: Json
    months: Json


class ChargingMethod(NamedTuple):
    """`methods`: `{"version", "valid_from", "method"}` in the order of their days."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    pool: str
    methods: Json


class UserCount(NamedTuple):
    aggregate: str
    version: int
    stream_sequence: StreamSequence
    partner: str
    year: int
    users: int


class ChargingRun(NamedTuple):
    """`pools` as the run froze them; `parts` by partner: `{"version", "lines", "total", …}`."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    run: str
    year: int
    kind: str
    first: date
    last: date
    catalogue_sequence: StreamSequence
    time_sequence: StreamSequence
    pools: Json
    cost: str
    charged: str
    borne: str
    parts: Json


class SettledYear(NamedTuple):
    aggregate: str
    version: int
    stream_sequence: StreamSequence
    year: int
    run: str
    cost: str
    charged: str
    closed_at: datetime


class Quote(NamedTuple):
    """What joining or leaving costs; `name` of who would join, `partner` that would leave."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    quote: str
    kind: str
    name: str | None
    partner: str | None
    assumptions: Json
    lines: Json
    total: str
    quoted_at: datetime


class SourceEvent(NamedTuple):
    """An event that figures of finance come from, as it was told.

    `partner` is whose event it is alone; null where it concerns all.
    """

    aggregate: str
    version: int
    event_id: str
    stream_sequence: StreamSequence
    type: str
    occurred_at: datetime
    partner: str | None
    data: Json
