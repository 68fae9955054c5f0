"""A ticket as its events have made it."""

from services.tickets.domain.ticket.folding import evolve, fold, opened
from services.tickets.domain.ticket.state import NOBODY, Change, KnownError, Ticket

__all__ = ["NOBODY", "Change", "KnownError", "Ticket", "evolve", "fold", "opened"]
