"""A ticket as its events have made it."""

from services.tickets.domain.ticket.folding import evolve, fold, opened
from services.tickets.domain.ticket.state import Change, Ticket

__all__ = ["Change", "Ticket", "evolve", "fold", "opened"]
