"""What may be ordered of maintenance and of change freezes."""

from pydantic import AwareDatetime

from chassis.command import Command
from contracts.values import LongText, PartnerSlug, ShortText
from services.tickets.commands.fields import WindowNumber


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
