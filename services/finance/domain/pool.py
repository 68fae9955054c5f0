"""A cost pool in a year: its original budget, the amendments, and what was booked."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from contracts.finance.costs import BudgetAmended, BudgetLine, BudgetSet, CostBooked
from services.finance.commands import AmendBudget, BookCost, SetBudget
from services.finance.domain.aggregate import Aggregate
from services.finance.domain.money import ZERO
from services.finance.errors import BudgetExists, OtherYear, PoolUnknown, YearClosed

PoolCommand = SetBudget | AmendBudget | BookCost
PoolEvent = BudgetSet | BudgetAmended | CostBooked


class PoolYear(Aggregate):
    """What decisions about a pool rest on, in euro.

    `shared` was booked for all; `direct` on a partner, which pays it itself.
    """

    year: int
    pool: str
    original: Decimal
    budget: Decimal
    shared: Decimal = ZERO
    direct: dict[str, Decimal] = Field(default_factory=dict)

    @property
    def booked(self) -> Decimal:
        return self.shared + sum(self.direct.values(), ZERO)


def key_of(order: PoolCommand | PoolEvent | PoolYear) -> str:
    return f"{order.year}-{order.pool}"


def decide(
    state: PoolYear | None, command: PoolCommand, now: datetime, *, closed: bool
) -> tuple[PoolEvent, ...]:
    """`closed`: the year is settled."""
    if closed:
        raise YearClosed("year", year=command.year)
    if isinstance(command, SetBudget):
        if state is not None:
            raise BudgetExists("pool", pool=command.pool, year=command.year)
        return (BudgetSet(occurred_at=now, **dict(command)),)
    if state is None:
        raise PoolUnknown("pool", pool=command.pool, year=command.year)
    if isinstance(command, AmendBudget):
        return (BudgetAmended(occurred_at=now, **dict(command)),)
    _require_year("booked_on", command.booked_on, command.year)
    return (CostBooked(occurred_at=now, **dict(command)),)


def evolve(state: PoolYear | None, event: PoolEvent) -> PoolYear:
    if isinstance(event, BudgetSet):
        total = _total(event.lines)
        return PoolYear(version=1, year=event.year, pool=event.pool, original=total, budget=total)
    if state is None:
        raise PoolUnknown("pool", pool=event.pool, year=event.year)
    return state.model_copy(update={"version": state.version + 1, **_changed(state, event)})


def _changed(state: PoolYear, event: BudgetAmended | CostBooked) -> dict[str, object]:
    if isinstance(event, BudgetAmended):
        return {"budget": state.budget + _total(event.lines)}
    if event.partner is None:
        return {"shared": state.shared + event.amount}
    before = state.direct.get(event.partner, ZERO)
    return {"direct": {**state.direct, event.partner: before + event.amount}}


def _total(lines: Iterable[BudgetLine]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def _require_year(field: str, day: date, year: int) -> None:
    if day.year != year:
        raise OtherYear(field, on=day.isoformat(), year=year)
