"""Shapes of reports in the API: the document of `contracts.reports`, and what goes around it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import Field
from pydantic.alias_generators import to_snake

from contracts.periods import PeriodKind
from contracts.reports import About, ReportName, Table
from contracts.values import PartnerSlug
from services.gateway.api.paging import Page, PageLinks, Paging
from services.gateway.api.sending import Links
from services.gateway.wire import Body, Shape

ReportPath = Annotated[ReportName, Path(description="Name of the report")]
KeptId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
KeptPath = Annotated[KeptId, Path(description="Id of the kept report")]
WrittenPeriod = Annotated[
    str | None,
    Field(
        default=None,
        max_length=24,
        description="`2026`, `2026-Q3`, `2026-11` or `2026-11-02..2026-11-29`, both days included; "
        "default the report's usual one",
    ),
]
AsOf = Annotated[
    int | None,
    Field(default=None, ge=1, description="Only events up to this sequence of the stream count"),
]
AsOfDay = Annotated[
    date | None,
    Field(default=None, description="Only what had occurred by the end of this day counts"),
]
FormatName = Literal["json", "xlsx", "pdf"]
WrittenAs = Annotated[
    FormatName | None,
    Field(default=None, description="Goes before `Accept`"),
]
KeptSort = Literal[
    "keptAt",
    "-keptAt",
    "report",
    "-report",
    "partner",
    "-partner",
    "period",
    "-period",
    "sequence",
    "-sequence",
]
Condition = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}:.{0,200}$")]


class ReportQuestion(Body):
    """`partner` may be left out by who acts for one only, and of what is the centre's."""

    partner: PartnerSlug | None = None
    period: WrittenPeriod = None
    as_of: AsOf = None
    on: AsOfDay = None


class ReportQuery(ReportQuestion):
    format: WrittenAs = None


class SourcesQuery(Paging):
    """The question that the report was asked with, and the figure's own source and conditions."""

    partner: PartnerSlug | None = None
    period: WrittenPeriod = None
    as_of: AsOf = None
    on: AsOfDay = None
    kept: KeptId | None = Field(
        default=None, description="The kept report that the figure stands in, instead"
    )
    source: str = Field(max_length=40, description="The `source` of the figure's `of`")
    where: list[Condition] = Field(
        default_factory=list,
        max_length=12,
        description="Each entry of its `where`, as `key:value`",
        examples=[["priority:1"]],
    )

    def conditions(self) -> dict[str, str]:
        return dict(each.split(":", 1) for each in self.where)


class KeptFilter(Paging):
    report: ReportName | None = None
    partner: PartnerSlug | None = None
    period: WrittenPeriod = None
    sort: KeptSort = "-keptAt"

    def asked(self, **more: Any) -> dict[str, Any]:
        descending = "-" if self.sort.startswith("-") else ""
        return super().asked(sort=descending + to_snake(self.sort.removeprefix("-")), **more)


class KeptQuery(Body):
    format: WrittenAs = None


class OfferedReport(Shape):
    """A report that you may ask for."""

    report: ReportName
    title: str
    description: str
    about: About = Field(description="`either`: without a partner it is of the whole centre")
    partners: list[PartnerSlug] | None = Field(
        description="Of which partners; null of a report that is the centre's"
    )
    periods: list[PeriodKind] = Field(description="Over what it can be made, the usual one first")
    period: str = Field(description="The period that it is made over where none is asked")
    scheduled: bool = Field(description="It is made and kept by itself when a period is over")
    links: Links = Field(alias="_links")


class OfferedReports(Shape):
    reports: list[OfferedReport]


class ReportJob(Shape):
    """The report is being made; ask again at `Location`."""

    job: str
    state: str
    done: int = Field(ge=0, description="Events that were read")
    of: int = Field(ge=0, description="Events that there are to read")
    links: Links = Field(alias="_links")


class ReportSources(Shape):
    """A page of the rows that a figure counts."""

    table: Table
    total: int = Field(ge=0, description="Rows on all pages together")
    page: int
    page_size: int
    links: PageLinks = Field(alias="_links")


class KeptReport(Shape):
    """A report that was made and kept, and never changes."""

    kept: str = Field(validation_alias="id")
    report: ReportName
    partner: PartnerSlug | None
    period: str
    as_of: int | None = Field(description="The sequence as of which it was asked, if any")
    on: date | None = Field(description="The day as of which it was asked, if any")
    sequence: int = Field(description="The stream sequence that its figures hold at")
    sha256: str = Field(description="Of the document in its canonical form")
    kept_at: datetime
    scheduled: bool = Field(description="It was made by itself, for its period was over")
    links: Links = Field(alias="_links")


class KeptReports(Page[KeptReport]):
    """Of the partners that you act for and of what all share, the newest first."""


class MadeReport(Shape):
    """What was just made, and is kept."""

    kept: str
    links: Links = Field(alias="_links")
