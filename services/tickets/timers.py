"""Acting when the clock of a ticket has something to tell."""

from chassis.command import Context, Outcome
from services.tickets.domain.passing import catch_up
from services.tickets.handlers import save
from services.tickets.repository import Work


async def clock(key: str, context: Context, work: Work) -> Outcome:
    """Tell what is due for the ticket `key`, at its true moment, and set its timer again."""
    ticket = await work.tickets.get(key)
    if ticket is None:
        return Outcome()
    rules = await work.rules()
    return await save(ticket, catch_up(ticket, context.now, rules), rules, work)
