"""What may be ordered of security signals."""

from chassis.command import Command
from contracts.tickets import Month, SignalCount, SignalSort
from contracts.values import PartnerSlug


class RecordSecuritySignals(Command):
    """How many signals of a sort a partner had in a month; again: the new count holds."""

    partner: PartnerSlug
    month: Month
    sort: SignalSort
    count: SignalCount
