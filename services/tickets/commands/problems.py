"""What may be ordered of a problem, and of the incidents behind which it is."""

from contracts.tickets import PublicText
from contracts.values import ShortText
from services.tickets.commands.fields import TicketNumber
from services.tickets.commands.ticket import TicketCommand


class LinkToProblem(TicketCommand):
    """The problem is behind this incident."""

    problem: TicketNumber


class UnlinkFromProblem(TicketCommand):
    """The incident has nothing to do with the problem after all."""


class RecordRootCause(TicketCommand):
    """Of a problem. Partners may read it: it tells of no person."""

    root_cause: PublicText


class RecordKnownError(TicketCommand):
    """What goes wrong and what helps meanwhile. Partners read it: it tells of no person."""

    summary: ShortText
    workaround: PublicText


class WithdrawKnownError(TicketCommand):
    """The workaround no longer holds."""
