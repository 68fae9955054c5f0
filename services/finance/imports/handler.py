"""Taking in rows: each order through the same handler as a person's, in one transaction."""

from collections.abc import Iterator, Sequence
from typing import Any

from chassis.command import Change, Command, Context, Outcome
from chassis.errors import DomainError, Fault
from services.finance.commands import (
    BookCost,
    RegisterLoan,
    RegisterRisk,
    SetBudget,
    UpdateRisk,
)
from services.finance.handlers import costs, funding, risks
from services.finance.handlers.admission import admit
from services.finance.imports.command import ImportRows
from services.finance.imports.errors import RowsWithheld
from services.finance.imports.orders import Order, orders
from services.finance.imports.recorded import Recorded, recorded
from services.finance.repository import Work

Result = dict[str, Any]


async def import_rows(command: ImportRows, context: Context, work: Work) -> Outcome:
    """What is new goes in, what differs of a risk updates it, the rest is told per row."""
    admit(context)
    wanted = list(orders(command.kind, command.rows))
    known = await recorded(wanted, work)
    changes: list[Change] = []
    results: list[Result] = []
    for order in wanted:
        told, made = await _taken(order, known, context, work)
        changes += made
        results += told
    return Outcome(changes=changes, reply={"results": results})


async def _taken(
    order: Order, known: Recorded, context: Context, work: Work
) -> tuple[Sequence[Result], Sequence[Change]]:
    if order.command is None:
        return list(_faulty(order)), ()
    try:
        asked, outcome = known.compare(order.command)
        if asked is None:
            return _all(order, outcome), ()
        done = await _handled(asked, context, work)
        known.note(asked)
    except DomainError as error:
        return _all(order, "rejected", [Fault.of(error)]), ()
    return _all(order, outcome), done.changes


async def _handled(command: Command, context: Context, work: Work) -> Outcome:
    match command:
        case SetBudget() | BookCost():
            return await costs.change_pool(command, context, work)
        case RegisterRisk() | UpdateRisk():
            return await risks.change_risk(command, context, work)
        case RegisterLoan():
            return await funding.register_loan(command, context, work)
    raise AssertionError(command)


def _faulty(order: Order) -> Iterator[Result]:
    """What is wrong at its row; the other rows wait for it."""
    withheld = Fault.of(RowsWithheld(lines=", ".join(map(str, order.faults))))
    for row in order.rows:
        yield _result(row.line, "rejected", order.faults.get(row.line, (withheld,)))


def _all(order: Order, outcome: str, faults: Sequence[Fault] = ()) -> list[Result]:
    return [_result(row.line, outcome, faults) for row in order.rows]


def _result(line: int, outcome: str, faults: Sequence[Fault]) -> Result:
    return {"line": line, "outcome": outcome, "faults": [fault.model_dump() for fault in faults]}
