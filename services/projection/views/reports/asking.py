"""What is asked of a report, checked: the report, whose, over what, as of when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import Field

from chassis.command import Context
from chassis.errors import PartnerForbidden
from chassis.headers import OPERATOR
from contracts.periods import AMSTERDAM, Period, period
from contracts.reports import REPORTS, ReportKind, ReportName
from contracts.values import PartnerSlug
from services.projection.errors import (
    ReportPartnerNeeded,
    ReportPeriodUnknown,
    ReportPeriodUnsuitable,
)
from services.projection.views.params import Page, Params, Size


class ReportParams(Params):
    """`period` is left out for the usual one; `as_of` and `on` for as things stand now.

    As of sequence `as_of` only the events of the stream up to and including it count; as of the
    day `on` only what had occurred by its end.
    """

    report: ReportName
    partner: PartnerSlug | None = None
    period: str | None = Field(default=None, max_length=24)
    as_of: int | None = Field(default=None, ge=1)
    on: date | None = None


class SourcesParams(ReportParams):
    """`source` and `where` are those of a figure."""

    source: str = Field(max_length=40)
    where: Mapping[str, str] = Field(default_factory=dict, max_length=12)
    page: Page = 1
    size: Size = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """A report over a period, as things stand at `moment`; `partner` is null for the centre."""

    name: ReportName
    partner: str | None
    period: Period
    moment: datetime

    @property
    def today(self) -> date:
        return self.moment.astimezone(AMSTERDAM).date()

    def reader(self) -> Context:
        """Who reads the read models for it, whoever asked: the document is the same for all.

        For a partner's report, its own and what all share; for one of the centre that partners may
        read, what all share; else everything.
        """
        if self.partner is not None:
            return self._context({"client", "contract-manager", "owner"}, frozenset({self.partner}))
        if REPORTS[self.name].about == "centre" and REPORTS[self.name].readers & {"owner"}:
            return self._context({"owner"}, frozenset())
        return self._context({"controller"}, None)

    def _context(self, roles: set[str], partners: frozenset[str] | None) -> Context:
        return Context(
            command_id="",
            actor="",
            roles=frozenset(roles),
            partners=partners,
            now=self.moment,
            recorded_at=self.moment,
        )


def asked(params: ReportParams, context: Context, moment: datetime) -> Asked:
    """Raises `PartnerForbidden` for whoever may not read it, and what is wrong with the question.

    A report of the whole centre that may be a partner's too is for who acts for every partner.
    """
    kind = REPORTS[params.report]
    if context.roles.isdisjoint(kind.readers | {OPERATOR}):
        raise PartnerForbidden
    return Asked(
        params.report,
        _partner(params, kind, context),
        _period(params, kind, moment.astimezone(AMSTERDAM).date()),
        moment,
    )


def _partner(params: ReportParams, kind: ReportKind, context: Context) -> str | None:
    if kind.about == "centre":
        return None
    if params.partner is not None:
        context.require_partner(params.partner)
        return params.partner
    if kind.about == "partner":
        raise ReportPartnerNeeded("partner", report=params.report)
    if context.partners is not None:
        raise PartnerForbidden
    return None


def _period(params: ReportParams, kind: ReportKind, today: date) -> Period:
    if params.period is None:
        return kind.usual_period(today)
    try:
        found = period(params.period)
    except ValueError:
        raise ReportPeriodUnknown("period", period=params.period) from None
    if found.kind not in kind.periods:
        raise ReportPeriodUnsuitable(
            "period", period=params.period, allowed=", ".join(kind.periods)
        )
    return found
