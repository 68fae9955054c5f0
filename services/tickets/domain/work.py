"""The time that work took, and what the requester thought of it."""

from contracts.tickets import TicketRated, TimeLogged
from services.tickets.commands import LogTime, RateTicket
from services.tickets.domain.calendar import business_date
from services.tickets.domain.turn import Events, Turn
from services.tickets.errors import (
    RatedAlready,
    RatingNotRequester,
    RatingTooEarly,
    WorkDateOutside,
)


def log_time(turn: Turn, command: LogTime) -> Events:
    """Raises `WorkDateOutside` for a day before the opening or after today."""
    first, last = business_date(turn.ticket.opened_at), turn.day
    if not first <= command.worked_on <= last:
        raise WorkDateOutside("worked_on", first=first.isoformat(), last=last.isoformat())
    entry = TimeLogged(
        **turn.told(),
        team=command.team,
        minutes=command.minutes,
        billable=command.billable,
        out_of_catalogue=turn.ticket.out_of_catalogue,
        worked_on=command.worked_on,
    )
    return (entry,)


def rate(turn: Turn, command: RateTicket) -> Events:
    """Raises `RatingNotRequester`, `RatingTooEarly` or `RatedAlready`."""
    ticket = turn.ticket
    if turn.actor != ticket.requester:
        raise RatingNotRequester
    if ticket.status != "closed":
        raise RatingTooEarly(status=ticket.status)
    if ticket.rated:
        raise RatedAlready
    rated = TicketRated(
        **turn.told(),
        quality=command.quality,
        speed=command.speed,
        communication=command.communication,
        comment=turn.sealed,
    )
    return (rated,)
