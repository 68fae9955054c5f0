"""The parameters of what is asked about reports."""

from typing import Annotated

from pydantic import Field

from contracts.reports import ReportName
from contracts.values import PartnerSlug
from services.projection.views.params import Paged, Params
from services.projection.views.reports.asking import ReportParams, SourcesParams

KeptId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class ReportQuery(ReportParams):
    """With `keep`, the document of how things stand now is kept; one of the past always is."""

    keep: bool = False


class SourcesQuery(SourcesParams):
    """`kept` names the kept document that the figure stands in, instead of `as_of` and `on`."""

    kept: KeptId | None = None


class KeptReportsParams(Paged):
    report: ReportName | None = None
    partner: PartnerSlug | None = None
    period: str | None = Field(default=None, max_length=24)
    sort: str = Field(default="-kept_at", max_length=40)


class KeptReportParams(Params):
    id: KeptId
