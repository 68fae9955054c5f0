"""What may be ordered of a change."""

from pydantic import AwareDatetime

from contracts.tickets import ChangeResult, ChangeType, Risk
from services.tickets.commands.fields import Reason
from services.tickets.commands.ticket import TicketCommand


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
