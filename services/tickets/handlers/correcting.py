"""The work on a correction, a bounded number of tickets at a time: each step one transaction.

What a step has done stands in the database with how far it came, so that the work goes on there
after a crash, and no ticket is corrected twice.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import reduce

from chassis.command import Change, Context, Outcome, Timer
from services.tickets.domain.correction import state
from services.tickets.domain.correction.righting import Effect, effect
from services.tickets.domain.correction.state import Correction
from services.tickets.domain.passing import next_moment
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve
from services.tickets.handlers.corrections import CORRECTION, outcome
from services.tickets.handlers.saving import CLOCK
from services.tickets.repository import Work
from services.tickets.repository.corrections import Progress

BATCH = 500
"""So many tickets are worked out or corrected in one transaction."""
BREATH = 20
"""So many tickets are worked out between two looks at what else is to be done."""


async def go_on(number: str, context: Context, work: Work, batch: int = BATCH) -> Outcome:
    """Do the next step, and set the timer for the one after it, if there is one."""
    found = await work.corrections.get(number)
    if found is None:
        return Outcome()
    correction, progress = found
    if correction.status == "accepted":
        return await _correct(correction, progress, context, work, batch)
    if correction.status == "proposed" and not progress.looked_through:
        return await _look(correction, progress, context, work, batch)
    if correction.status == "proposed" or progress.refreshing:
        return await _look_again(correction, progress, context, work, batch)
    return Outcome()


async def _look(
    correction: Correction, progress: Progress, context: Context, work: Work, batch: int
) -> Outcome:
    """Work out what changes for the next tickets."""
    numbers = await work.corrections.candidates(correction, progress.after, batch)
    if not progress.after:
        expected = await work.corrections.count_candidates(correction)
        progress = progress.model_copy(update={"to_look_at": expected})
    effects = [found async for _, found in _effects(correction, numbers, context, work) if found]
    await work.corrections.keep(correction.correction, effects, applied=False)
    further = {
        "after": numbers[-1] if numbers else progress.after,
        "looked_at": progress.looked_at + len(numbers),
        "looked_through": len(numbers) < batch,
    }
    await work.corrections.save(correction, progress.model_copy(update=further))
    return outcome(correction, correction.version, [], _next(correction, context))


async def _look_again(
    correction: Correction, progress: Progress, context: Context, work: Work, batch: int
) -> Outcome:
    """Work out anew what has gone on; when that is all, the preview stands."""
    number = correction.correction
    moved = await work.corrections.moved(number, batch)
    found = [each async for each in _effects(correction, moved, context, work)]
    await work.corrections.keep(number, [each for _, each in found if each], applied=False)
    await work.corrections.forget(number, [ticket for ticket, each in found if each is None])
    if len(moved) == batch:
        return outcome(correction, correction.version, [], _next(correction, context))
    events = state.preview(correction, await work.corrections.totals(number), context.now)
    after = reduce(state.evolve, events, correction)
    await work.corrections.save(after, progress.model_copy(update={"refreshing": False}))
    return outcome(after, correction.version, events, None)


async def _correct(
    correction: Correction, progress: Progress, context: Context, work: Work, batch: int
) -> Outcome:
    """Correct the clocks of the next tickets, as they stand now."""
    number = correction.correction
    numbers = await work.corrections.waiting(number, batch)
    tickets = await work.corrections.lock(numbers)
    rules = await work.rules()
    found = [each async for each in _effects(correction, numbers, context, work)]
    effects = [each for _, each in found if each is not None]
    corrected = [
        (tickets[each.ticket.ticket], each.told(number, correction.reason)) for each in effects
    ]
    after = [evolve(ticket, event) for ticket, event in corrected]
    await work.corrections.save_tickets(after)
    await work.corrections.keep(number, effects, applied=True)
    await work.corrections.settle(number, numbers)
    done = progress.model_copy(update={"corrected": progress.corrected + len(effects)})
    finished = len(numbers) < batch
    events = state.complete(correction, done.corrected, context.now) if finished else ()
    settled = reduce(state.evolve, events, correction)
    await work.corrections.save(settled, done)
    return Outcome(
        changes=[
            *(Change(ticket.ticket, ticket.version, [told]) for ticket, told in corrected),
            *([Change(number, correction.version, events)] if events else []),
        ],
        timers=[*_clocks(after, rules), *([] if finished else [_next(correction, context)])],
    )


async def _effects(
    correction: Correction, numbers: Sequence[str], context: Context, work: Work
) -> AsyncIterator[tuple[str, Effect | None]]:
    rules = await work.rules()
    histories = await work.corrections.histories(numbers)
    for position, (number, events) in enumerate(histories.items(), start=1):
        yield number, effect(events, correction.subject, context.now, rules)
        if position % BREATH == 0:
            await asyncio.sleep(0)


def _clocks(tickets: Sequence[Ticket], rules: Rules) -> list[Timer]:
    return [Timer(CLOCK, ticket.ticket, next_moment(ticket, rules)) for ticket in tickets]


def _next(correction: Correction, context: Context) -> Timer:
    return Timer(CORRECTION, correction.correction, context.recorded_at)
