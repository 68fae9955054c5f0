"""Budgets, bookings, methods of charging and counts."""

from chassis.aggregates import load, save
from chassis.command import Context, Outcome
from contracts.finance.charging import (
    FixedKey,
    FixedPrice,
    FundedStaff,
    Method,
    OutOfCatalogueHours,
    Participation,
    Surcharge,
)
from services.finance.commands import BookCost, CountUsers, SetChargingMethod
from services.finance.domain import method, pool, users
from services.finance.errors import BookingExists
from services.finance.handlers.admission import admit, require_partners
from services.finance.repository import Work


async def change_pool(command: pool.PoolCommand, context: Context, work: Work) -> Outcome:
    admit(context)
    closed = await work.years.closed(command.year)
    state = await load(work.pools, pool.key_of(command), context)
    events = pool.decide(state, command, context.now, closed=closed)
    if isinstance(command, BookCost):
        await _book_once(command, context, work)
    return await save(work.pools, pool.key_of(command), state, events, pool.evolve)


async def _book_once(command: BookCost, context: Context, work: Work) -> None:
    await require_partners("partner", filter(None, [command.partner]), context, work)
    if not await work.pools.remember(pool.key_of(command), command.booking):
        raise BookingExists("booking", booking=command.booking, pool=command.pool)


async def set_method(command: SetChargingMethod, context: Context, work: Work) -> Outcome:
    admit(context)
    closed = await work.years.closed(command.valid_from.year)
    state = await load(work.methods, command.pool, context)
    events = method.decide(state, command, context.now, closed=closed)
    await require_partners("method", partners_of(command.method), context, work)
    return await save(work.methods, command.pool, state, events, method.evolve)


def partners_of(chosen: Method) -> set[str]:
    """Whom the method names."""
    match chosen:
        case FixedKey(shares=named) | Participation(shares=named):
            return set(named or ())
        case FixedPrice(prices=named) | FundedStaff(fte=named) | OutOfCatalogueHours(rates=named):
            return set(named)
        case Surcharge(percentages=named):
            return set(named or ())
        case _:
            return set()


async def count_users(command: CountUsers, context: Context, work: Work) -> Outcome:
    admit(context)
    closed = await work.years.closed(command.year)
    await require_partners("partner", [command.partner], context, work)
    state = await load(work.users, users.key_of(command), context)
    events = users.decide(command, context.now, closed=closed)
    return await save(work.users, users.key_of(command), state, events, users.evolve)
