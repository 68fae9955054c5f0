"""A charging run: inputs frozen, costs allocated; each period is run once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.finance.bills import (
    ChargingRunCompleted,
    CostsAllocated,
    PoolInput,
    YearSettled,
)
from contracts.finance.charging import Line, Source
from services.finance.domain.aggregate import Aggregate
from services.finance.domain.charging.allocation import charge
from services.finance.domain.charging.facts import Facts, Pool
from services.finance.domain.method import PoolMethods
from services.finance.domain.money import ZERO
from services.finance.domain.periods import Period, part_of_year, quarter_of, year_of
from services.finance.domain.pool import PoolYear, key_of

Kind = Literal["advance", "settlement"]
RunEvent = ChargingRunCompleted | CostsAllocated


class Allocation(BaseModel):
    """A partner's part of a run."""

    model_config = ConfigDict(frozen=True)

    lines: tuple[Line, ...]
    total: Decimal
    advanced: Decimal
    due: Decimal


class Run(Aggregate):
    run: str
    cost: Decimal
    charged: Decimal
    allocations: dict[str, Allocation] = Field(default_factory=dict)


class Year(Aggregate):
    """A year that is closed."""

    year: int
    run: str


@dataclass(frozen=True, slots=True)
class Order:
    """Which run, over which days."""

    run: str
    kind: Kind
    period: Period


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run freezes: pools with their methods, the partners' facts, what was heard until when.

    `advances` is what each partner was charged in the year before.
    """

    pools: Sequence[PoolYear]
    methods: Mapping[str, PoolMethods]
    facts: Facts
    catalogue_sequence: int
    time_sequence: int
    advances: Mapping[str, Decimal]


def advance_of(year: int, quarter: int) -> Order:
    return Order(f"{year}-q{quarter}", "advance", quarter_of(year, quarter))


def settlement_of(year: int) -> Order:
    return Order(f"{year}-settlement", "settlement", year_of(year))


def decide(order: Order, inputs: Inputs, now: datetime) -> tuple[RunEvent, ...]:
    """The run and each partner's part of it. Raises what `charge` raises."""
    pools = [_pool(each, order, inputs) for each in inputs.pools]
    lines = charge(pools, order.period, inputs.facts)
    cost = sum((pool.amount + sum(pool.direct.values(), ZERO) for pool in pools), ZERO)
    charged = _total(lines)
    completed = ChargingRunCompleted(
        occurred_at=now,
        run=order.run,
        kind=order.kind,
        first=order.period.first,
        last=order.period.last,
        catalogue_sequence=inputs.catalogue_sequence,
        time_sequence=inputs.time_sequence,
        pools=tuple(_frozen(*each) for each in zip(inputs.pools, pools, strict=True)),
        cost=cost,
        charged=charged,
        borne=cost - charged,
    )
    return completed, *_allocations(order, inputs, lines, now)


def settled(year: int, run: Run, now: datetime) -> YearSettled:
    return YearSettled(occurred_at=now, year=year, run=run.run, cost=run.cost, charged=run.charged)


def _pool(state: PoolYear, order: Order, inputs: Inputs) -> Pool:
    """An advance charges the budget of the period, a settlement the actual cost of the year."""
    methods = inputs.methods.get(state.pool)
    told = Source(aggregate=f"pool/{key_of(state)}", first_version=1, last_version=state.version)
    advance = order.kind == "advance"
    return Pool(
        code=state.pool,
        amount=part_of_year(state.budget, order.period) if advance else state.shared,
        direct={} if advance else state.direct,
        methods=methods.dated() if methods else (),
        sources=(told,),
    )


def _frozen(state: PoolYear, pool: Pool) -> PoolInput:
    amount = pool.amount + sum(pool.direct.values(), ZERO)
    return PoolInput(pool=pool.code, version=state.version, amount=amount)


def _allocations(
    order: Order, inputs: Inputs, lines: Iterable[Line], now: datetime
) -> Iterable[CostsAllocated]:
    """Per partner that has lines or paid in advance, in the partners' order."""
    by_partner: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_partner[line.partner].append(line)
    order_of = [member.partner for member in inputs.facts.members]
    named = sorted(
        by_partner.keys() | {partner for partner, paid in inputs.advances.items() if paid},
        key=lambda partner: (order_of.index(partner) if partner in order_of else -1, partner),
    )
    for partner in named:
        total = _total(by_partner[partner])
        advanced = inputs.advances.get(partner, ZERO)
        yield CostsAllocated(
            occurred_at=now,
            run=order.run,
            partner=partner,
            lines=tuple(by_partner[partner]),
            total=total,
            advanced=advanced,
            due=total - advanced,
        )


def _total(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def evolve(state: Run | None, event: RunEvent) -> Run:
    if isinstance(event, ChargingRunCompleted):
        return Run(version=1, run=event.run, cost=event.cost, charged=event.charged)
    if state is None:
        raise LookupError(event.run)
    part = Allocation(lines=event.lines, total=event.total, advanced=event.advanced, due=event.due)
    allocations = {**state.allocations, event.partner: part}
    return state.model_copy(update={"version": state.version + 1, "allocations": allocations})


def evolve_year(state: Year | None, event: YearSettled) -> Year:
    return Year(version=state.version + 1 if state else 1, year=event.year, run=event.run)
