"""The commands of `tickets`: what people and systems may order."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from chassis.command import Command
from contracts.tickets import (
    ChangeResult,
    ChangeType,
    Channel,
    Line,
    Risk,
    Score,
    WaitingOn,
    WorkedMinutes,
)
from contracts.values import Domain, ItemCode, LongText, PartnerSlug, ShortText, TicketKind

TicketNumber = Annotated[
    str,
    StringConstraints(pattern=r"^(INC|REQ|CHG|PRB|SEC|CMP|QST)-\d{4}-\d{6,9}$"),
    Field(description="Number per kind and year, e.g. INC-2026-000123"),
]
WindowNumber = Annotated[
    str,
    StringConstraints(pattern=r"^(MNT|FRZ)-\d{4}-\d{6,9}$"),
    Field(description="Number of a maintenance window or freeze, e.g. MNT-2026-000001"),
]
Pseudonym = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Level = Annotated[int, Field(description="1 is high, 3 is low; see the priority matrix")]


class Requester(Command):
    """Who asks. `id` is the pseudonym under which the rest is sealed."""

    id: Pseudonym
    name: ShortText
    email: Annotated[str, StringConstraints(max_length=254)] | None = None


class OpenTicket(Command):
    """Without an item it is out of catalogue, in `domain`; with one, the item's domain holds."""

    partner: PartnerSlug
    kind: TicketKind
    title: ShortText
    description: LongText = ""
    item: ItemCode | None = None
    domain: Domain = "ict"
    impact: Level
    urgency: Level
    channel: Channel
    requester: Requester


class TicketCommand(Command):
    ticket: TicketNumber


class AssignTicket(TicketCommand):
    team: ShortText
    line: Line = "first"


class StartWork(TicketCommand):
    """Work begins; the first time, that is the response."""


class PauseTicket(TicketCommand):
    waiting_on: WaitingOn


class ResumeTicket(TicketCommand):
    """What was waited for has come."""


class ChangePriority(TicketCommand):
    impact: Level
    urgency: Level


class ReclassifyTicket(TicketCommand):
    """Another item, or none in `domain` (without one, the ticket's own domain)."""

    item: ItemCode | None
    domain: Domain | None = None


class ResolveTicket(TicketCommand):
    """The work is done."""


class CloseTicket(TicketCommand):
    """The requester agrees."""


class ReopenTicket(TicketCommand):
    reason: Reason


class CancelTicket(TicketCommand):
    reason: Reason


class LogTime(TicketCommand):
    """A time entry, of a team; in any status, for work is also done on what is later cancelled."""

    team: ShortText
    minutes: WorkedMinutes
    billable: bool
    worked_on: date


class RateTicket(TicketCommand):
    """What the requester thought of it, once, after closing."""

    quality: Score
    speed: Score
    communication: Score
    comment: Annotated[str, StringConstraints(max_length=2000)] | None = None


class CompleteTask(TicketCommand):
    """A task of a request is done. A task that nobody took up before is so taken up."""

    task: Annotated[int, Field(ge=1, le=1000)]


class PlanChange(TicketCommand):
    """How risky a change is and when it is carried out. Asks for approval anew, but if standard."""

    change_type: ChangeType
    risk: Risk
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class ApproveChange(TicketCommand):
    """By somebody else than who planned it."""


class RejectChange(TicketCommand):
    reason: Reason


class ImplementChange(TicketCommand):
    """It was carried out, with this result; the change is resolved."""

    result: ChangeResult


class WindowOrder(Command):
    """What is planned, for these partners (none named: all), from when until when."""

    title: ShortText
    partners: tuple[PartnerSlug, ...] = ()
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class PlanMaintenance(WindowOrder):
    description: LongText = ""


class DeclareChangeFreeze(WindowOrder):
    """No changes but emergencies."""


class WindowCommand(Command):
    window: WindowNumber


class AnnounceMaintenance(WindowCommand):
    """The partners were told."""


class CompleteMaintenance(WindowCommand):
    as_planned: bool


class CancelMaintenance(WindowCommand):
    """It will not take place."""


class LiftChangeFreeze(WindowCommand):
    """Changes may go on."""


class Step(Command):
    """One command of a history, at the moment at which it was done.

    `with` holds that command's fields, without the ticket.
    """

    at: AwareDatetime
    do: Literal[
        "open",
        "assign",
        "start",
        "pause",
        "resume",
        "prioritise",
        "reclassify",
        "resolve",
        "close",
        "reopen",
        "cancel",
        "rate",
    ]
    fields: dict[str, Any] = Field(default_factory=dict, alias="with")


class History(Command):
    """What happened to one ticket elsewhere.

    `external` is its number there, `row` where it stands in what is imported.
    """

    external: ShortText
    row: int = Field(ge=0)
    generated: bool = False
    steps: tuple[Step, ...] = Field(min_length=1, max_length=200)


class ImportTickets(Command):
    """Histories of one source; each becomes a ticket once, whole or not at all."""

    source: ShortText
    histories: tuple[History, ...] = Field(min_length=1, max_length=500)
