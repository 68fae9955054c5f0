"""What may be ordered of major incidents. Partners read the texts: they tell of no person."""

from pydantic import Field

from chassis.command import Command
from contracts.tickets import PublicText
from contracts.values import PartnerSlug, ShortText
from services.tickets.commands.fields import MajorIncidentNumber, TicketNumber
from services.tickets.commands.ticket import TicketCommand


class DeclareMajorIncident(Command):
    """Grown from the incident `ticket`; shared with its partner and with those named."""

    ticket: TicketNumber
    title: ShortText
    message: PublicText
    partners: tuple[PartnerSlug, ...] = ()


class AttachToMajorIncident(TicketCommand):
    """The major incident is then shared with the ticket's partner as well."""

    major_incident: MajorIncidentNumber


class DetachFromMajorIncident(TicketCommand):
    """The ticket has nothing to do with the major incident after all."""


class MajorIncidentCommand(Command):
    major_incident: MajorIncidentNumber


class ShareMajorIncident(MajorIncidentCommand):
    partners: tuple[PartnerSlug, ...] = Field(min_length=1)


class PostMajorIncidentUpdate(MajorIncidentCommand):
    """For these partners; none named: all that it is shared with."""

    message: PublicText
    partners: tuple[PartnerSlug, ...] = ()


class EndMajorIncident(MajorIncidentCommand):
    """It is over; `message` is the last word."""

    message: PublicText
