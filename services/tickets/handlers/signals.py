"""Security signals."""

from functools import reduce

from chassis.command import Change, Context, Outcome
from services.tickets.access import require_centre
from services.tickets.commands import RecordSecuritySignals
from services.tickets.domain import signals
from services.tickets.repository import Work


async def record_security_signals(
    command: RecordSecuritySignals, context: Context, work: Work
) -> Outcome:
    context.require_partner(command.partner)
    require_centre(context, "record-security-signals")
    month = await work.signals.get(command.partner, command.month)
    context.require_version(month.version)
    catalogue = await work.catalogue.catalogue()
    events = signals.decide(month, command, context.now, catalogue)
    after = reduce(signals.evolve, events, month)
    await work.signals.save(after)
    return Outcome(
        changes=[Change(f"signals/{month.key}", month.version, events)] if events else (),
        reply={
            "partner": after.partner,
            "month": after.month,
            "version": after.version,
            "counts": dict(after.counts),
        },
    )
