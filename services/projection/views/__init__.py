"""What may be asked of the read models: the index of queries. Those of reports are in `reporting`.

Every answer comes from one snapshot of the live generation and carries `sequence`, the sequence
of the stream at which it holds.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.definition import Query
from services.projection.position import Position
from services.projection.views import (
    arrangements,
    billing,
    catalogue,
    dashboard,
    desk,
    finance,
    invoices,
    keeping,
    known_errors,
    maintenance,
    major_incidents,
    params,
    partners,
    privacy,
    problems,
    security_signals,
    snapshot,
    status,
    tickets,
)

ParamsT = TypeVar("ParamsT", bound=params.Params)


@dataclass(frozen=True, slots=True)
class Work:
    """What a query works with."""

    session: AsyncSession
    position: Position


View = Callable[[ParamsT, Context, AsyncSession], Awaitable[dict[str, Any]]]


def _view(kind: type[ParamsT], view: View[ParamsT]) -> Query[ParamsT, Work]:
    async def answer(asked: ParamsT, context: Context, work: Work) -> Mapping[str, Any]:
        held = await snapshot.enter(work.session)
        return {**await view(asked, context, work.session), "sequence": held.sequence}

    return Query(kind, answer)


async def _one_ticket(
    asked: params.TicketParams, context: Context, work: Work
) -> Mapping[str, Any]:
    """Not from a snapshot: it may have to wait for the ticket to come."""
    await snapshot.enter(work.session, repeatable=False)
    return await tickets.ticket(asked, context, work.session)


async def _status(_: params.Params, __: Context, work: Work) -> Mapping[str, Any]:
    held = await snapshot.enter(work.session)
    return await status.status(held, work.position)


async def _personal_data(
    asked: privacy.PersonalDataParams, context: Context, work: Work
) -> Mapping[str, Any]:
    held = await snapshot.enter(work.session)
    told = await privacy.personal_data(asked, context, work.session, work.position)
    return {**told, "sequence": held.sequence}


QUERIES: dict[str, Query[Any, Work]] = {
    "partners": _view(params.Params, partners.partners),
    "catalogue": _view(params.CatalogueParams, catalogue.catalogue),
    "catalogue-item": _view(params.CatalogueItemParams, catalogue.catalogue_item),
    "catalogue-keeping": _view(params.KeepingParams, keeping.keeping),
    "catalogue-keeping-item": _view(params.KeepingItemParams, keeping.keeping_item),
    "revision-preview": _view(params.PreviewParams, keeping.preview),
    "calendars": _view(params.CalendarsParams, arrangements.calendars),
    "service-levels": _view(params.ServiceLevelsParams, arrangements.service_levels),
    "experience-targets": _view(params.ExperienceTargetsParams, arrangements.experience_targets),
    "agreements": _view(params.AgreementsParams, arrangements.agreements),
    "tickets": _view(params.TicketsParams, tickets.tickets),
    "ticket": Query(params.TicketParams, _one_ticket),
    "timeline": _view(params.TimelineParams, tickets.timeline),
    "problem": _view(params.ProblemParams, problems.problem),
    "known-errors": _view(params.KnownErrorsParams, known_errors.known_errors),
    "major-incidents": _view(params.MajorIncidentsParams, major_incidents.major_incidents),
    "security-signals": _view(params.SecuritySignalsParams, security_signals.security_signals),
    "maintenance": _view(params.MaintenanceParams, maintenance.maintenance),
    "invoices": _view(params.InvoicesParams, invoices.invoices),
    **{name: _view(kind, view) for name, (kind, view) in finance.VIEWS.items()},
    "invoice-document": _view(billing.DocumentParams, billing.document),
    "objections": _view(billing.ObjectionsParams, billing.objections),
    "billing-details": _view(billing.BillingDetailsParams, billing.billing_details),
    "desk": _view(params.DeskParams, desk.desk),
    "dashboard": _view(params.DashboardParams, dashboard.dashboard),
    "personal-data": Query(privacy.PersonalDataParams, _personal_data),
    "status": Query(params.Params, _status),
}
