"""What is asked of the past, whole: so that it can wait in the database and be answered later."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from pydantic import BaseModel, ConfigDict

from contracts.periods import period
from contracts.reports import ReportName
from services.projection.as_of import AsOf
from services.projection.views.reports.asking import Asked, SourcesParams

LIVE = AsOf()
_ID_LENGTH = 32


class Opened(BaseModel):
    """Which figure is opened, and which page of its rows."""

    model_config = ConfigDict(frozen=True)

    source: str
    where: Mapping[str, str]
    page: int
    size: int


class Question(BaseModel):
    """A report over a period at `moment`, or (`opened`) what one of its figures is made of.

    `as_of` and `on` say of which past; of what is live both are null.
    """

    model_config = ConfigDict(frozen=True)

    report: ReportName
    partner: str | None
    period: str
    moment: datetime
    as_of: int | None = None
    on: date | None = None
    opened: Opened | None = None

    @classmethod
    def of(cls, asked: Asked, past: AsOf = LIVE, opened: Opened | None = None) -> "Question":
        return cls(
            report=asked.name,
            partner=asked.partner,
            period=str(asked.period),
            moment=asked.moment,
            as_of=past.sequence,
            on=past.on,
            opened=opened,
        )

    @classmethod
    def behind(cls, document: Mapping[str, Any], opened: Opened) -> "Question":
        """What a figure in a document is made of: as of where and when the document was made."""
        return cls(
            report=document["name"],
            partner=document["partner"],
            period=document["period"],
            moment=document["moment"],
            as_of=document["sequence"],
            on=document["on"],
            opened=opened,
        )

    @property
    def id(self) -> str:
        """The same for the same question."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:_ID_LENGTH]

    @property
    def past(self) -> AsOf:
        return AsOf(self.as_of, self.on)

    def asked(self) -> Asked:
        return Asked(self.report, self.partner, period(self.period), self.moment)

    def params(self) -> SourcesParams:
        """Of the figure that is opened. Raises `ValueError` where none is."""
        if self.opened is None:
            raise ValueError("no figure is opened")
        return SourcesParams(
            report=self.report,
            partner=self.partner,
            period=self.period,
            as_of=self.as_of,
            on=self.on,
            **self.opened.model_dump(),
        )


def opened_of(params: SourcesParams) -> Opened:
    return Opened(
        source=params.source,
        where=dict(sorted(params.where.items())),
        page=params.page,
        size=params.size,
    )
