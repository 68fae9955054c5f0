"""What may be ordered of any ticket."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.command import Command
from contracts.tickets import Channel, Line, Score, WaitingOn, WorkedMinutes
from contracts.values import Domain, ItemCode, LongText, PartnerSlug, ShortText, TicketKind
from services.tickets.commands.fields import Level, Pseudonym, Reason, TicketNumber


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
