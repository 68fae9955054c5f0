"""What the cooperation published of its figures, and where a report must show each."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field, model_validator

from bodemplaat.cases.model.row import Row
from contracts.reports import ReportName
from contracts.values import PartnerSlug, ShortText


class Shown(Row):
    """Where figures stand: in a report over a period, of one partner or of all."""

    source: ShortText = Field(description="The part of the publication that they come from")
    report: ReportName
    period: str
    partner: PartnerSlug | None = None
    of_tickets: bool = Field(
        default=False, description="They come out only when every ticket was played in"
    )


class Unit(Row):
    """How a value was published. As it stands there it says to how many decimals."""

    thousands: bool = Field(default=False, description="In thousands of the report's unit")
    within: Decimal = Field(default=Decimal(0), description="What rounding may have changed")


class PublishedColumn(Unit):
    """A column of the report's table, and what it was called where it was published."""

    key: str
    what: ShortText


class PublishedTable(Shown):
    """Rows by the value in the report's column `along`, `total` for the last: that, then figures.

    An empty figure is one that was not published.
    """

    table: str
    along: str
    columns: tuple[PublishedColumn, ...] = Field(min_length=1)
    rows: tuple[tuple[str, ...], ...] = Field(min_length=1)
    names: Mapping[str, ShortText] = Field(
        default_factory=dict, description="What rows are called whose value names a text"
    )

    @model_validator(mode="before")
    @classmethod
    def _as_long_as_the_columns(cls, given: Any) -> Any:
        wanted = 1 + len(given.get("columns", ()))
        if any(len(row) != wanted for row in given.get("rows", ())):
            raise ValueError(f"every row of {given.get('table')!r} must have {wanted} values")
        return given


class PublishedFigure(Shown, Unit):
    """A key figure, by its label."""

    label: str
    what: ShortText
    value: str


class Published(Row):
    """published.toml, which a case may leave out."""

    tables: tuple[PublishedTable, ...] = ()
    figures: tuple[PublishedFigure, ...] = ()
