"""A ticket at the moment of a command, as every decision on it is given it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.tickets import ClockReading, Sealed, TicketEvent
from services.tickets.domain import clock
from services.tickets.domain.calendar import Hours, business_date
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket

Events = tuple[TicketEvent, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A ticket whose clock has caught up, at the moment of a command.

    `actor` is the pseudonym of who orders; `sealed` is the free text of the command, if any.
    """

    ticket: Ticket
    at: datetime
    rules: Rules
    sealed: Sealed | None = None
    actor: str = ""

    @property
    def hours(self) -> Hours:
        return self.rules.hours(self.ticket.norm)

    @property
    def day(self) -> date:
        return business_date(self.at)

    def told(self) -> dict[str, Any]:
        """What every event of the ticket says."""
        return {
            "occurred_at": self.at,
            "ticket": self.ticket.ticket,
            "partner": self.ticket.partner,
        }

    def read(self) -> ClockReading:
        return clock.read(self.ticket, self.at, self.hours)

    def reason(self) -> Sealed:
        """The sealed reason of a command that has one."""
        if self.sealed is None:
            raise ValueError("this command carries a sealed reason")
        return self.sealed
