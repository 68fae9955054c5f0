"""Rows of where the centre stands: risks, reserves, treasury, indicators, business cases.

Amounts and ratios are text. `stream_sequence` is that of the aggregate's newest event. Whatever was
told before stays in the lists, in order, each with the version of its event.
"""

from datetime import date, datetime
from typing import NamedTuple

from services.projection.column_kinds import Json, StreamSequence


class Risk(NamedTuple):
    """`history`: `{"version", "occurred_at", "content", "closed_on", "reason"}`, one per event.

    `content` is the risk as it stood from then on.
    """

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    risk: str
    history: Json


class Reserve(NamedTuple):
    """`amounts`: `{"version", "valid_from", "name", "amount"}` in the order of their days."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    reserve: str
    amounts: Json


class Resilience(NamedTuple):
    """The assessments as of a reference date, each as it was told, with where it was recorded."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    reference_date: date
    assessments: Json


class Loan(NamedTuple):
    aggregate: str
    version: int
    stream_sequence: StreamSequence
    loan: str
    lender: str
    principal: str
    rate: str
    first_year: int
    redemptions: Json
    revisions: Json


class CashYear(NamedTuple):
    """`months` and `quarters` by number as text; a later word on one replaces the earlier."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    year: int
    months: Json
    quarters: Json


class InterestRisk(NamedTuple):
    """The newest assessment of a year."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    year: int
    assessment: Json
    assessed_at: datetime


class BalanceSheet(NamedTuple):
    """The newest word on the end of a year."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    year: int
    recorded: Json


class Indicator(NamedTuple):
    aggregate: str
    version: int
    stream_sequence: StreamSequence
    indicator: str
    year: int
    name: str
    unit: str
    value: str
    benchmark: str | None
    domain: str | None
    goal: str | None


class BusinessCase(NamedTuple):
    """`themes` as planned; `results`: by theme and year as text, `{"result", "forecast"}`."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    business_case: str
    name: str
    themes: Json
    results: Json
    standing: Json
