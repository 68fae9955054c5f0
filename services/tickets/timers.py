"""Acting when the clock of a ticket has something to tell."""

from chassis.command import Context, Outcome
from services.tickets.domain.passing import catch_up
from services.tickets.errors import RequesterUnknown
from services.tickets.handlers import erase_person, go_on, retain, save
from services.tickets.repository import Work


async def clock(key: str, context: Context, work: Work) -> Outcome:
    """Tell what is due for the ticket `key`, at its true moment, and set its timer again."""
    ticket = await work.tickets.get(key)
    if ticket is None:
        return Outcome()
    rules = await work.rules()
    return await save(ticket, catch_up(ticket, context.now, rules), rules, work)


async def correction(key: str, context: Context, work: Work) -> Outcome:
    """Go on with the work on the correction `key`."""
    return await go_on(key, context, work)


async def retention(key: str, context: Context, work: Work) -> Outcome:
    """Erase the personal data of the ticket `key`, whose time is over."""
    return await retain(key, context, work)


async def erasure(key: str, context: Context, work: Work) -> Outcome:
    """Erase the person `key` again, whom a backup brought back."""
    try:
        return await erase_person(key, context, work)
    except RequesterUnknown:
        return Outcome()
