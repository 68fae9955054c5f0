"""Indicators, business cases and quotes."""

from chassis.aggregates import load, save
from chassis.command import Context, Outcome
from services.finance.commands import QuoteEntry, QuoteExit, SetIndicator
from services.finance.domain import plan
from services.finance.handlers.admission import admit, require_partners
from services.finance.repository import Work


async def set_indicator(command: SetIndicator, context: Context, work: Work) -> Outcome:
    admit(context)
    key = f"{command.year}-{command.indicator}"
    state = await load(work.indicators, key, context)
    events = plan.set_indicator(command, context.now)
    return await save(work.indicators, key, state, events, plan.evolve_indicator)


async def change_case(command: plan.CaseCommand, context: Context, work: Work) -> Outcome:
    admit(context)
    state = await load(work.cases, command.case, context)
    events = plan.decide(state, command, context.now)
    return await save(work.cases, command.case, state, events, plan.evolve)


async def quote(command: QuoteEntry | QuoteExit, context: Context, work: Work) -> Outcome:
    admit(context)
    if isinstance(command, QuoteExit):
        await require_partners("partner", [command.partner], context, work)
    state = await load(work.quotes, command.quote, context)
    events = plan.quote(state, command, context.now)
    return await save(work.quotes, command.quote, state, events, plan.evolve_quote)
