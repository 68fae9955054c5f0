"""Charging runs, the settlement of a year, invoices and credit notes."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from chassis.aggregates import load, save, write
from chassis.command import Context, Outcome
from contracts.finance.charging import Driver, Source
from services.finance.commands import CreditInvoice, IssueInvoice, RunCharging, SettleYear
from services.finance.domain import invoice, run
from services.finance.domain.charging.facts import Count, Facts
from services.finance.errors import BudgetMissing, RunUnknown, YearClosed
from services.finance.handlers.admission import admit
from services.finance.repository import Work


async def run_charging(command: RunCharging, context: Context, work: Work) -> Outcome:
    """The run of the quarter; when it was run already, the earlier one, unchanged."""
    admit(context)
    order = run.advance_of(command.year, command.quarter)
    closed = await work.years.take(command.year)
    if earlier := await load(work.runs, order.run, context):
        return _earlier(earlier)
    if closed:
        raise YearClosed("year", year=command.year)
    events = run.decide(order, await _inputs(order, work, {}), context.now)
    outcome = await save(work.runs, order.run, None, events, run.evolve)
    return Outcome(changes=outcome.changes, reply={**outcome.reply, "earlier": False})


async def settle_year(command: SettleYear, context: Context, work: Work) -> Outcome:
    """The settlement, which closes the year; when it was settled, the earlier one, unchanged."""
    admit(context)
    order = run.settlement_of(command.year)
    await work.years.take(command.year)
    if earlier := await load(work.runs, order.run, context):
        return _earlier(earlier)
    inputs = await _inputs(order, work, await _advances(command.year, work))
    events = run.decide(order, inputs, context.now)
    settlement = await write(work.runs, order.run, None, events, run.evolve)
    state = await work.runs.get(order.run)
    if state is None:
        raise RunUnknown("run", run=order.run)
    closing = [run.settled(command.year, state, context.now)]
    year = await write(work.years, str(command.year), None, closing, run.evolve_year)
    reply = {"run": order.run, "version": state.version, "earlier": False}
    return Outcome(changes=[settlement, year], reply=reply)


def _earlier(state: run.Run) -> Outcome:
    return Outcome(reply={"run": state.run, "version": state.version, "earlier": True})


async def _advances(year: int, work: Work) -> Mapping[str, Decimal]:
    """What each partner was charged in the year's quarters, as it was put right since."""
    charged: dict[str, Decimal] = defaultdict(Decimal)
    for advance in await work.runs.all(f"{year}-q"):
        for partner, part in advance.allocations.items():
            charged[partner] += part.total
    for document in await work.invoices.corrections(f"{year}-q"):
        charged[document.partner] += document.total
    return charged


async def _inputs(order: run.Order, work: Work, advances: Mapping[str, Decimal]) -> run.Inputs:
    """What the run freezes. Nothing of the year changes while its run is being made."""
    year = order.period.year
    pools = await work.pools.all(f"{year}-")
    if not pools:
        raise BudgetMissing("year", year=year)
    return run.Inputs(
        pools=pools,
        methods={each.pool: each for each in await work.methods.all()},
        facts=await _facts(order, work),
        catalogue_sequence=await work.catalogue.newest(),
        time_sequence=await work.time.newest(),
        advances=advances,
    )


async def _facts(order: run.Order, work: Work) -> Facts:
    partners = await work.catalogue.partners()
    year = order.period.year
    counts: dict[tuple[str, Driver], Count] = dict(partners.counts_of(year))
    for each in await work.users.all(f"{year}-"):
        told = Source(
            aggregate=f"users/{year}-{each.partner}",
            first_version=each.version,
            last_version=each.version,
        )
        counts[each.partner, "users"] = Count(Decimal(each.users), told)
    return Facts(
        members=partners.ordered(),
        counts=counts,
        hours=await work.time.hours(order.period),
        surcharges=partners.surcharges_on(order.period.last),
    )


async def issue_invoice(command: IssueInvoice, context: Context, work: Work) -> Outcome:
    """The invoice of the part; when it was issued already, that invoice, unchanged."""
    admit(context)
    context.require_partner(command.partner)
    part_of = await work.runs.get(command.run)
    if part_of is None:
        raise RunUnknown("run", run=command.run)
    if issued := await work.invoices.of_run(command.run, command.partner):
        reply = {"invoice": issued.invoice, "version": issued.version, "earlier": True}
        return Outcome(reply=reply)
    number = await work.invoices.next_number(command.issued_on.year)
    events = invoice.issue(number, command, part_of, context.now)
    outcome = await save(work.invoices, number, None, events, invoice.evolve)
    return Outcome(changes=outcome.changes, reply={**outcome.reply, "earlier": False})


async def credit_invoice(command: CreditInvoice, context: Context, work: Work) -> Outcome:
    admit(context)
    state = await load(work.invoices, command.invoice, context)
    if state is not None:
        context.require_partner(state.partner)
    number = await work.invoices.next_number(command.issued_on.year)
    note, credited = invoice.credit(number, command, state, context.now)
    issued = await write(work.invoices, number, None, [note], invoice.evolve)
    taken_back = await write(work.invoices, command.invoice, state, [credited], invoice.evolve)
    reply = {"invoice": number, "version": 1, "corrects": command.invoice}
    return Outcome(changes=[issued, taken_back], reply=reply)
