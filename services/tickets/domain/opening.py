"""The opening of a ticket."""

from dataclasses import dataclass
from datetime import datetime

from contracts.tickets import Sealed, TicketOpened
from services.tickets.commands import OpenTicket
from services.tickets.domain import clock
from services.tickets.domain.calendar import business_date, whole_second
from services.tickets.domain.norms import norm_on, reopen_days, require_partner, subject_on
from services.tickets.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Opening:
    """What is decided outside about a ticket to be opened: its number, its sealed text."""

    number: str
    personal: Sealed
    external: str | None = None
    generated: bool = False


def open_ticket(command: OpenTicket, now: datetime, rules: Rules, opening: Opening) -> TicketOpened:
    """Open a ticket. Raises an error when the partner or the item cannot be asked for."""
    at = whole_second(now)
    day = business_date(at)
    catalogue, partner = rules.catalogue, command.partner
    require_partner(catalogue, partner, day)
    subject = subject_on(catalogue, partner, command.item, command.domain, day)
    priority = rules.priority(command.impact, command.urgency)
    norm = norm_on(catalogue, partner, subject, command.kind, priority, day)
    return TicketOpened(
        occurred_at=at,
        ticket=opening.number,
        partner=partner,
        kind=command.kind,
        requester=command.requester.id,
        **subject.told(),
        impact=command.impact,
        urgency=command.urgency,
        priority=priority,
        channel=command.channel,
        personal=opening.personal,
        norm=norm,
        reopen_days=reopen_days(catalogue, partner, command.item, day),
        clock=clock.started(norm, at, rules.hours(norm)),
        external=opening.external,
        generated=opening.generated,
    )
