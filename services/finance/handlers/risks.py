"""The risk register, reserves and resilience."""

import asyncio

from chassis.aggregates import load, save
from chassis.command import Context, Outcome
from services.finance.commands import AssessResilience, SetReserve
from services.finance.domain import risk
from services.finance.handlers.admission import admit
from services.finance.repository import Work


async def change_risk(command: risk.RiskCommand, context: Context, work: Work) -> Outcome:
    admit(context)
    state = await load(work.risks, command.risk, context)
    events = risk.decide(state, command, context.now)
    return await save(work.risks, command.risk, state, events, risk.evolve)


async def set_reserve(command: SetReserve, context: Context, work: Work) -> Outcome:
    admit(context)
    state = await load(work.reserves, command.reserve, context)
    events = risk.set_reserve(state, command, context.now)
    return await save(work.reserves, command.reserve, state, events, risk.evolve_reserve)


async def assess_resilience(command: AssessResilience, context: Context, work: Work) -> Outcome:
    """A simulation takes up to seconds, so it does not hold up other commands."""
    admit(context)
    key = command.on.isoformat()
    state = await load(work.assessments, key, context)
    register, reserves = await work.risks.all(), await work.reserves.all()
    events = await asyncio.to_thread(
        risk.assess_resilience, command, register, reserves, context.now
    )
    return await save(work.assessments, key, state, events, risk.evolve_assessment)
