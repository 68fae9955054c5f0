"""Rows of what `catalog` told: partners, calendars, items, norms, targets, agreements."""

from datetime import date
from typing import NamedTuple

from services.projection.column_kinds import Json


class Partner(NamedTuple):
    """`statistics`: one object per year, sorted by year."""

    aggregate: str
    version: int
    slug: str
    name: str
    kind: str
    oin: str
    joined_on: date
    leaves_on: date | None
    theme: str
    statistics: Json


class Calendar(NamedTuple):
    """`versions`: what was told of each, as they begin; `reason` where one is a correction."""

    aggregate: str
    version: int
    calendar: str
    versions: Json


class Item(NamedTuple):
    """`versions`: `{"version", "valid_from", "content"}` in order; none while it is a draft.

    `names` gives a version's name by its number, as text; `draft` is the content of an item that
    is not published yet.
    """

    aggregate: str
    version: int
    item: str
    retired_from: date | None
    versions: Json
    names: Json
    status: str
    draft: Json


class ServiceLevel(NamedTuple):
    """`item` is null for the default of a domain; `versions`: `{"valid_from", "norm", "reason"}`.

    They stand as they begin; `reason` is null but for a correction.
    """

    aggregate: str
    version: int
    domain: str
    item: str | None
    kind: str
    priority: int
    versions: Json


class ExperienceTarget(NamedTuple):
    """`versions`: `{"valid_from", "target"}`."""

    aggregate: str
    version: int
    partner: str
    domain: str
    versions: Json


class Agreement(NamedTuple):
    """`versions`: `{"valid_from", "terms"}`; `ends_on` is the last day on which it holds.

    `ended` says that this day is final.
    """

    aggregate: str
    version: int
    agreement: str
    partner: str
    ends_on: date | None
    versions: Json
    ended: bool
