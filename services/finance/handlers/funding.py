"""Loans, cash positions, interest risk and balance sheets."""

from chassis.aggregates import load, save, write
from chassis.command import Context, Outcome
from services.finance.commands import (
    AssessInterestRisk,
    RecordBalanceSheet,
    RecordCashPosition,
    RegisterLoan,
)
from services.finance.domain import funding
from services.finance.handlers.admission import admit
from services.finance.repository import Work


async def register_loan(command: RegisterLoan, context: Context, work: Work) -> Outcome:
    admit(context)
    state = await load(work.loans, command.loan, context)
    events = funding.register_loan(state, command, context.now)
    return await save(work.loans, command.loan, state, events, funding.evolve_loan)


async def record_cash(command: RecordCashPosition, context: Context, work: Work) -> Outcome:
    admit(context)
    closed = await work.years.closed(command.year)
    before = await work.cash.get(str(command.year - 1))
    state = await load(work.cash, str(command.year), context)
    events = funding.record_cash(state, before, command, context.now, closed=closed)
    return await save(work.cash, str(command.year), state, events, funding.evolve_cash)


async def assess_interest_risk(
    command: AssessInterestRisk, context: Context, work: Work
) -> Outcome:
    """An aggregate per year ahead; the reply is about the first of them."""
    admit(context)
    loans = await work.loans.all()
    changes = []
    for event in funding.assess_interest_risk(command, loans, context.now):
        key = str(event.year)
        state = await work.interest_risks.get(key)
        changes.append(
            await write(work.interest_risks, key, state, [event], funding.evolve_interest_risk)
        )
    first = changes[0]
    reply = {"interest-risk": first.aggregate.partition("/")[2], "version": first.version + 1}
    return Outcome(changes=changes, reply=reply)


async def record_balance(command: RecordBalanceSheet, context: Context, work: Work) -> Outcome:
    admit(context)
    key = str(command.year)
    closed = await work.years.closed(command.year)
    state = await load(work.balances, key, context)
    events = funding.record_balance(command, context.now, closed=closed)
    return await save(work.balances, key, state, events, funding.evolve_balance)
