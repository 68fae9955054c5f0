"""What is there already of what rows ask for, so that taking a file in twice changes nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from chassis.command import Command
from contracts.finance.costs import BudgetSet, CostBooked
from contracts.finance.risks import Risk
from contracts.finance.treasury import LoanRegistered
from services.finance.commands import (
    BookCost,
    RegisterLoan,
    RegisterRisk,
    SetBudget,
    UpdateRisk,
)
from services.finance.domain.pool import key_of
from services.finance.imports.errors import DiffersFromRecorded
from services.finance.imports.orders import Order
from services.finance.repository import Work

_COLUMNS = {"lines": "amount"}
"""The column that a field of a command is told by, where they are not the same."""
Outcome = Literal["imported", "changed", "already-imported"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """By what a command is about: what was told of it when it came, and risks as they stand."""

    told: dict[tuple[str, ...], BaseModel] = field(default_factory=dict)
    risks: dict[str, Risk] = field(default_factory=dict)

    def note(self, command: Command) -> None:
        """From now on this is there."""
        if isinstance(command, RegisterRisk | UpdateRisk):
            self.risks[command.risk] = command.content
        else:
            self.told[subject(command)] = command

    def compare(self, command: Command) -> tuple[Command | None, Outcome]:
        """The command to give, if any, and what it makes of the rows.

        Raises `DiffersFromRecorded` for what is there with other content and never changes.
        """
        if isinstance(command, RegisterRisk):
            return self._compared_risk(command)
        there = self.told.get(subject(command))
        if there is None:
            return command, "imported"
        if differing := next(_differing(command, there), None):
            raise DiffersFromRecorded(_COLUMNS.get(differing, differing))
        return None, "already-imported"

    def _compared_risk(self, command: RegisterRisk) -> tuple[Command | None, Outcome]:
        there = self.risks.get(command.risk)
        if there is None:
            return command, "imported"
        if there == command.content:
            return None, "already-imported"
        return UpdateRisk(risk=command.risk, content=command.content), "changed"


async def recorded(orders: Iterable[Order], work: Work) -> Recorded:
    """What the event log and the register hold of these."""
    commands = [order.command for order in orders if order.command is not None]
    found = Recorded()
    for told in await work.log.first([*_whole(commands)]):
        found.told[subject(told)] = told
    costs = [one for one in commands if isinstance(one, BookCost)]
    pools = sorted({key_of(cost) for cost in costs})
    for booked in await work.log.bookings(pools, [cost.booking for cost in costs]):
        found.told[subject(booked)] = booked
    for one in commands:
        if isinstance(one, RegisterRisk) and (entry := await work.risks.get(one.risk)):
            found.risks[one.risk] = entry.content
    return found


def subject(told: BaseModel) -> tuple[str, ...]:
    """What it is about, and so of what there is one."""
    match told:
        case SetBudget() | BudgetSet():
            return "pool", key_of(told)
        case BookCost() | CostBooked():
            return "booking", key_of(told), told.booking
        case RegisterLoan() | LoanRegistered():
            return "loan", told.loan
    raise AssertionError(told)


def _whole(commands: Iterable[Command]) -> Iterable[str]:
    """The aggregates that these would begin."""
    for command in commands:
        if isinstance(command, SetBudget | RegisterLoan):
            yield "/".join(subject(command))


def _differing(command: Command, there: BaseModel) -> Iterator[str]:
    told: Mapping[str, Any] = dict(there)
    return (name for name, value in command if told[name] != value)
