"""Composition of `tickets`. The table of commands is the index of its use cases."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import UseCase
from chassis.definition import Definition, Query
from chassis.processing_log import ProcessingLog
from chassis.read_back import ReadBack
from chassis.service import Running
from services.tickets import commands, handlers, imports, subscribers, timers, views
from services.tickets.domain.activities import Activities
from services.tickets.domain.rules import Policy
from services.tickets.repository import (
    CatalogueCopy,
    CatalogueEvents,
    Tickets,
    Work,
)
from services.tickets.repository.copies import Copies
from services.tickets.repository.corrections import Corrections
from services.tickets.repository.erasures import Erasures
from services.tickets.repository.major_incidents import MajorIncidents
from services.tickets.repository.numbers import Numbers
from services.tickets.repository.retention import shorten
from services.tickets.repository.signals import SecuritySignals
from services.tickets.repository.texts import Texts
from services.tickets.repository.windows import Windows


def define(policy: Policy | None = None, activities: Activities | None = None) -> Definition[Work]:
    """The service under this policy; without one, the usual."""
    copy, numbers, read_back = CatalogueCopy(), Numbers(), ReadBack()

    def make_work(session: AsyncSession) -> Work:
        return Work(
            tickets=Tickets(session, numbers),
            texts=Texts(session),
            windows=Windows(session),
            major_incidents=MajorIncidents(session),
            signals=SecuritySignals(session),
            corrections=Corrections(session),
            catalogue=CatalogueEvents(session, copy),
            policy=policy or Policy(),
            activities=activities or Activities(),
            erasures=Erasures(session),
            copies=Copies(session, read_back),
            processing=ProcessingLog(session),
        )

    async def shorten_retention(service: Running[Work]) -> None:
        async with service.database.transaction() as session:
            await shorten(session, (policy or Policy()).retention)

    return Definition(
        name="tickets",
        work=make_work,
        commands={
            "open-ticket": UseCase(commands.OpenTicket, handlers.open_ticket, creates=True),
            "assign-ticket": UseCase(commands.AssignTicket, handlers.change_ticket),
            "start-work": UseCase(commands.StartWork, handlers.change_ticket),
            "pause-ticket": UseCase(commands.PauseTicket, handlers.change_ticket),
            "resume-ticket": UseCase(commands.ResumeTicket, handlers.change_ticket),
            "change-priority": UseCase(commands.ChangePriority, handlers.change_ticket),
            "reclassify-ticket": UseCase(commands.ReclassifyTicket, handlers.change_ticket),
            "resolve-ticket": UseCase(commands.ResolveTicket, handlers.change_ticket),
            "close-ticket": UseCase(commands.CloseTicket, handlers.change_ticket),
            "reopen-ticket": UseCase(commands.ReopenTicket, handlers.change_ticket),
            "cancel-ticket": UseCase(commands.CancelTicket, handlers.change_ticket),
            "log-time": UseCase(commands.LogTime, handlers.change_ticket),
            "rate-ticket": UseCase(commands.RateTicket, handlers.change_ticket),
            "complete-task": UseCase(commands.CompleteTask, handlers.change_ticket),
            "plan-change": UseCase(commands.PlanChange, handlers.change_ticket),
            "approve-change": UseCase(commands.ApproveChange, handlers.change_ticket),
            "reject-change": UseCase(commands.RejectChange, handlers.change_ticket),
            "implement-change": UseCase(commands.ImplementChange, handlers.change_ticket),
            "link-to-problem": UseCase(commands.LinkToProblem, handlers.link_to_problem),
            "unlink-from-problem": UseCase(commands.UnlinkFromProblem, handlers.change_problem),
            "record-root-cause": UseCase(commands.RecordRootCause, handlers.change_problem),
            "record-known-error": UseCase(commands.RecordKnownError, handlers.change_problem),
            "withdraw-known-error": UseCase(commands.WithdrawKnownError, handlers.change_problem),
            "declare-major-incident": UseCase(
                commands.DeclareMajorIncident, handlers.declare_major_incident
            ),
            "attach-to-major-incident": UseCase(
                commands.AttachToMajorIncident, handlers.attach_to_major_incident
            ),
            "detach-from-major-incident": UseCase(
                commands.DetachFromMajorIncident, handlers.detach_from_major_incident
            ),
            "share-major-incident": UseCase(
                commands.ShareMajorIncident, handlers.change_major_incident
            ),
            "post-major-incident-update": UseCase(
                commands.PostMajorIncidentUpdate, handlers.change_major_incident
            ),
            "end-major-incident": UseCase(
                commands.EndMajorIncident, handlers.change_major_incident
            ),
            "record-security-signals": UseCase(
                commands.RecordSecuritySignals, handlers.record_security_signals
            ),
            "plan-maintenance": UseCase(commands.PlanMaintenance, handlers.plan_window),
            "announce-maintenance": UseCase(commands.AnnounceMaintenance, handlers.change_window),
            "complete-maintenance": UseCase(commands.CompleteMaintenance, handlers.change_window),
            "cancel-maintenance": UseCase(commands.CancelMaintenance, handlers.change_window),
            "declare-change-freeze": UseCase(commands.DeclareChangeFreeze, handlers.plan_window),
            "lift-change-freeze": UseCase(commands.LiftChangeFreeze, handlers.change_window),
            "refresh-correction": UseCase(commands.RefreshCorrection, handlers.refresh_correction),
            "accept-correction": UseCase(commands.AcceptCorrection, handlers.accept_correction),
            "drop-correction": UseCase(commands.DropCorrection, handlers.drop_correction),
            "import-tickets": UseCase(commands.ImportTickets, imports.import_tickets),
            "erase-requester": UseCase(commands.EraseRequester, handlers.erase_requester),
        },
        queries={
            "texts": Query(views.TextsOf, views.texts),
            "clock": Query(views.ClockOf, views.clock),
            "corrections": Query(views.CorrectionsOf, views.corrections),
            "correction": Query(views.CorrectionOf, views.correction),
            "correction-tickets": Query(views.CorrectionTicketsOf, views.correction_tickets),
            "person": Query(views.PersonOf, views.person),
            "erasures": Query(views.ErasurePage, views.erasures),
            "erasure": Query(views.ErasureOf, views.erasure),
            "processing-log": Query(views.ProcessingLogOf, views.processing_log),
        },
        subscriptions={"catalogue": subscribers.catalogue},
        timers={
            handlers.CLOCK: timers.clock,
            handlers.CORRECTION: timers.correction,
            handlers.RETENTION: timers.retention,
            handlers.ERASURE: timers.erasure,
        },
        background=(read_back.attach, shorten_retention),
    )


definition = define()
