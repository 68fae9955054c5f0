"""Which past is asked of, and what its moment is."""

from datetime import datetime

from chassis.command import Context
from chassis.errors import Unavailable
from contracts.periods import AMSTERDAM
from services.projection.as_of import AsOf, last_moment
from services.projection.errors import ReportDayNotOver, ReportSequenceAhead
from services.projection.position import Position
from services.projection.views import Work
from services.projection.views.reports import asking
from services.projection.views.reports.asking import Asked, ReportParams
from services.projection.views.scope import require_partner


def past_of(params: ReportParams) -> AsOf | None:
    """`None` where it is asked how things stand now."""
    if params.as_of is None and params.on is None:
        return None
    return AsOf(params.as_of, params.on)


async def asked_of_past(params: ReportParams, past: AsOf, context: Context, work: Work) -> Asked:
    """The question, as of the end of the day or of the moment at which that event was recorded.

    Raises as `asking.asked` does, `ReportDayNotOver` and `ReportSequenceAhead`.
    """
    asking.asked(params, context, context.now)
    asked = asking.asked(params, context, await _moment(past, context, work.position))
    if asked.partner is not None:
        await require_partner(work.session, context, asked.partner)
    return asked


async def _moment(past: AsOf, context: Context, position: Position) -> datetime:
    if past.on is not None and past.on >= context.now.astimezone(AMSTERDAM).date():
        raise ReportDayNotOver("on", on=past.on.isoformat())
    if past.sequence is not None:
        await _require_reached(past.sequence, position)
    if past.on is not None:
        return last_moment(past.on)
    moment = await position.recorded_at(past.sequence or 0)
    if moment is None:
        raise _nobody_tells()
    return moment


async def _require_reached(sequence: int, position: Position) -> None:
    last = await position.last()
    if last is None:
        raise _nobody_tells()
    if sequence > last:
        raise ReportSequenceAhead("as_of", last=last)


def _nobody_tells() -> Unavailable:
    return Unavailable(service="projection", outcome="none")
