"""What may be asked about reports: the index of those queries.

What is live is answered at once. What is of the past is made in the background: the answer is
then `{"job": {"id", "state", "done", "of"}}`, until it is there.
"""

from collections.abc import Mapping
from typing import Any

from chassis.command import Context
from chassis.definition import Query
from chassis.errors import PartnerForbidden, Refused
from services.projection.as_of import AsOf
from services.projection.reporting import jobs, kept, listing
from services.projection.reporting.kept import Kept
from services.projection.reporting.making import document
from services.projection.reporting.params import (
    KeptReportParams,
    KeptReportsParams,
    ReportQuery,
    SourcesQuery,
)
from services.projection.reporting.past import asked_of_past, past_of
from services.projection.reporting.question import Question, opened_of
from services.projection.settings import Limits
from services.projection.views import Work, snapshot
from services.projection.views.reports import asking, opened
from services.projection.views.reports.asking import Asked, ReportParams
from services.projection.views.scope import require_partner

Answer = Mapping[str, Any]


class Reports:
    """Answers within `limits`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    async def report(self, params: ReportQuery, context: Context, work: Work) -> Answer:
        """The document, the same for every reader; `kept` is its id where it is kept."""
        if past := past_of(params):
            return await self._past_report(params, past, context, work)
        held = await snapshot.enter(work.session)
        question = Question.of(await _live(params, context, work))
        made = await document(question, work.session, held.sequence)
        told = {"report": made.model_dump(mode="json"), "sequence": held.sequence}
        if params.keep:
            row = await kept.keep(work.session, question, made, context.recorded_at)
            told["kept"] = row.id
        return told

    async def sources(self, params: SourcesQuery, context: Context, work: Work) -> Answer:
        """A page of what a figure is made of, and how many rows there are in all.

        Raises `ReportSourceUnknown`.
        """
        if params.kept is not None:
            return await self._kept_sources(params, params.kept, context, work)
        if past := past_of(params):
            held = await snapshot.enter(work.session, repeatable=False)
            asked = await asked_of_past(params, past, context, work)
            question = Question.of(asked, past, opened_of(params))
            return {"sequence": held.sequence, **await self._job(question, context, work)}
        held = await snapshot.enter(work.session)
        asked = await _live(params, context, work)
        return {**await opened(params, asked, work.session), "sequence": held.sequence}

    async def kept_reports(self, params: KeptReportsParams, context: Context, work: Work) -> Answer:
        """A page of the documents that the caller may read, the newest first."""
        held = await snapshot.enter(work.session)
        return {**await listing.page(work.session, params, context), "sequence": held.sequence}

    async def kept_report(self, params: KeptReportParams, context: Context, work: Work) -> Answer:
        """The document as it was kept. One that is not for the caller does not exist."""
        row, made = await _kept(params.id, context, work)
        return {"report": made, "kept": row.told(), "sequence": row.sequence}

    async def _past_report(
        self, params: ReportQuery, past: AsOf, context: Context, work: Work
    ) -> Answer:
        held = await snapshot.enter(work.session, repeatable=False)
        question = Question.of(await asked_of_past(params, past, context, work), past)
        if found := await kept.find(work.session, question.id):
            row, made = found
            told = {"report": made, "kept": row.id}
        else:
            told = await self._job(question, context, work)
        return {"sequence": held.sequence, **told}

    async def _kept_sources(
        self, params: SourcesQuery, id_: str, context: Context, work: Work
    ) -> Answer:
        """As of the document's sequence and moment, for that is what its figures hold at."""
        held = await snapshot.enter(work.session, repeatable=False)
        row, made = await _kept(id_, context, work)
        if row.report != params.report:
            raise PartnerForbidden
        question = Question.behind(made, opened_of(params))
        return {"sequence": held.sequence, **await self._job(question, context, work)}

    async def _job(self, question: Question, context: Context, work: Work) -> dict[str, Any]:
        """Its answer, or how far it is. Raises what went wrong, and `ReportJobsFull`."""
        job = await jobs.ensure(work.session, question, context, self._limits)
        if job.faults:
            raise Refused(job.faults)
        return dict(job.answer) if job.answer is not None else {"job": job.told()}


async def _live(params: ReportParams, context: Context, work: Work) -> Asked:
    asked = asking.asked(params, context, context.now)
    if asked.partner is not None:
        await require_partner(work.session, context, asked.partner)
    return asked


async def _kept(id_: str, context: Context, work: Work) -> tuple[Kept, dict[str, Any]]:
    """Raises `PartnerForbidden`."""
    found = await kept.find(work.session, id_)
    if found is None or not listing.may_read(found[0], context):
        raise PartnerForbidden
    return found


def queries(limits: Limits) -> dict[str, Query[Any, Work]]:
    reports = Reports(limits)
    return {
        "report": Query(ReportQuery, reports.report),
        "report-sources": Query(SourcesQuery, reports.sources),
        "kept-reports": Query(KeptReportsParams, reports.kept_reports),
        "kept-report": Query(KeptReportParams, reports.kept_report),
    }
