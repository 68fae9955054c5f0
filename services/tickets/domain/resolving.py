"""The end of the work, by whatever it comes."""

from contracts.tickets import TicketResolved
from services.tickets.domain import clock
from services.tickets.domain.turn import Turn


def resolving(turn: Turn) -> TicketResolved:
    """The work is done now. If nobody responded before, this is the response."""
    ticket = turn.ticket
    reading = clock.resumed(ticket, turn.read(), turn.at, turn.hours)
    return TicketResolved(
        **turn.told(),
        within_response=ticket.kept("response"),
        within_resolution=ticket.kept("resolution"),
        clock=clock.answered(reading, turn.at),
    )
