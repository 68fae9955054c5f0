"""Reports as data: what `projection` makes of the read models, and the gateway shows.

A report says nothing in any language and nothing of when it was made: labels are ids of texts,
and the same facts give the same bytes. Decimals travel as text, moments as RFC 3339 in UTC.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.periods import Period, PeriodKind, current, last_complete
from contracts.values import PartnerSlug

ReportName = Literal[
    "dashboard",
    "service-level",
    "day-board",
    "partner-quarter",
    "board",
    "annual",
    "business-case",
    "benchmark",
]
About = Literal["partner", "centre", "either"]
ValueKind = Literal[
    "count",
    "percentage",
    "money",
    "number",
    "duration",
    "date",
    "month",
    "year-part",
    "moment",
    "text",
    "term",
    "state",
]
"""How a value is written.

`count` a whole number; `percentage` and `number` a decimal as text, a percentage of a hundred;
`money` euro with cents as text; `duration` whole seconds of business time; `date` an Amsterdam
day; `month` as `2026-03`; `year-part` a moment in years as text, `2018.50` halfway 2018; `text`
what somebody entered, as it was; `term` the id of a text; `state` how a figure stands: `good`,
`attention` or `bad`.
"""
ChartKind = Literal["bars", "stacked", "lines"]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """What there is to ask of a report.

    `about` says whether it is of one partner, of the whole centre, or of either; `periods` over
    what it can be made, the usual kind first; `scheduled` that it is made by itself when such a
    period is over. `readers` are the roles that may see it; those of partners see their own.
    """

    about: About
    periods: tuple[PeriodKind, ...]
    readers: frozenset[str]
    scheduled: bool = False

    def usual_period(self, today: date) -> Period:
        """What it is made over where no period is asked: one that is over, of those scheduled."""
        usual = self.periods[0]
        return last_complete(usual, today) if self.scheduled else current(usual, today)


_CENTRE = frozenset({"agent", "controller"})
_CONTRACT = frozenset({"contract-manager", "functional-administrator"})
_STEERING = frozenset({"client", "contract-manager", "owner"})

REPORTS: Mapping[ReportName, ReportKind] = {
    "dashboard": ReportKind("partner", ("days", "month"), _CONTRACT | _STEERING | _CENTRE),
    "service-level": ReportKind(
        "either", ("month", "quarter", "year"), _CONTRACT | _STEERING | _CENTRE, scheduled=True
    ),
    "day-board": ReportKind("centre", ("days", "month", "quarter", "year"), _CENTRE),
    "partner-quarter": ReportKind(
        "partner", ("quarter",), frozenset({"client", "owner", "controller"}), scheduled=True
    ),
    "board": ReportKind("centre", ("quarter",), frozenset({"owner", "controller"}), scheduled=True),
    "annual": ReportKind("centre", ("year",), frozenset({"owner", "client", "controller"})),
    "business-case": ReportKind("centre", ("year",), frozenset({"owner", "client", "controller"})),
    "benchmark": ReportKind("centre", ("year",), frozenset({"owner", "controller"})),
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Of(_Part):
    """What a figure is made of: `source` names a kind of rows, `where` which of them.

    Together with the report's own partner, period and sequence, that opens the figure.
    """

    source: str
    where: dict[str, str] = Field(default_factory=dict)


class Cell(_Part):
    """A value, `None` where nothing was counted."""

    value: bool | int | str | None
    of: Of | None = None


class Figure(_Part):
    """A key figure, with beside it what it is held against (`target`) and how it then stands."""

    label: str
    kind: ValueKind
    cell: Cell
    target: Cell | None = None
    state: Literal["good", "attention", "bad"] | None = None


class Figures(_Part):
    block: Literal["figures"] = "figures"
    figures: tuple[Figure, ...]


class Column(_Part):
    """`key` is its place in a row, and `report-column-<key>` its heading unless `label` names one.

    `heading` is a heading that is nobody's text but a fact, such as a year or a partner's name.
    """

    key: str
    kind: ValueKind
    label: str | None = None
    heading: str | None = None


class Chart(_Part):
    """A drawing of the table that it stands in: columns `series` by column `along`."""

    kind: ChartKind
    along: str
    series: tuple[str, ...]


class Table(_Part):
    """Rows of cells in the order of the columns. `total` is one more row, added up."""

    block: Literal["table"] = "table"
    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    charts: tuple[Chart, ...] = ()


class Paragraph(_Part):
    """A text with its figures filled in; those of `kinds` are written as such."""

    block: Literal["paragraph"] = "paragraph"
    text: str
    told: dict[str, Cell] = Field(default_factory=dict)
    kinds: dict[str, ValueKind] = Field(default_factory=dict)


Block = Figures | Table | Paragraph


class Section(_Part):
    """A part under a heading: the text `report-section-<key>`, or a `heading` that is a fact."""

    key: str
    heading: str | None = None
    blocks: tuple[Block, ...]


class Report(_Part):
    """A report over `first` until and including `last`, from the events up to `sequence`.

    `moment` is that at which what is open, due or late is looked at. `on` is the day as of which it
    was asked: later events then count nowhere. `subject` is the partner's name and `theme` its
    house style; `centre` what the service centre is called in invoices, if anything yet.
    """

    name: ReportName
    partner: PartnerSlug | None
    subject: str | None
    theme: str | None
    centre: str | None = None
    period: str
    first: date
    last: date
    sequence: int
    on: date | None = None
    moment: datetime
    sections: tuple[Section, ...]


def canonical(report: Report) -> bytes:
    """The document as bytes: JSON in UTF-8 with sorted keys and without white space."""
    return _written(report.model_dump(mode="json"))


def as_read(report: Report) -> bytes:
    """The very bytes that a document was read from: what an earlier release did not tell stays
    out, so that a kept one has the SHA-256 that it was kept with.
    """
    return _written(report.model_dump(mode="json", exclude_unset=True))


def _written(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
