"""What the partners pay of a cost pool over a period, line by line.

A pool's cost counts as spread evenly over the days. The period is cut where the method changes or
a partner joins or leaves; the cost of each stretch is divided among those who take part in it.
Every division is exact to the cent (largest remainder, ties in the order of the partners).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from contracts.finance.charging import Line
from services.finance.domain.charging.divided import Divided, divided_lines
from services.finance.domain.charging.facts import Facts, Member, Pool
from services.finance.domain.charging.priced import claims, priced_lines
from services.finance.domain.charging.surcharge import surcharge_lines
from services.finance.domain.money import split
from services.finance.domain.periods import DAY, Period
from services.finance.errors import HoursChargedTwice, MethodMissing


def charge(pools: Iterable[Pool], period: Period, facts: Facts) -> tuple[Line, ...]:
    """All lines of the period, per pool, in the order of the partners.

    Raises `DriverCountMissing`, `HoursChargedTwice`, `MethodMissing`, `NobodyToCharge`,
    `RateMissing` or `SurchargeOverSurcharge`.
    """
    pools = tuple(pools)
    _require_charged_once(pools, period, facts)
    lines = [line for pool in pools for line in _pool_lines(pool, period, facts)]
    for pool in pools:
        lines += surcharge_lines(pool, period, facts, lines)
    return tuple(lines)


def _require_charged_once(pools: Iterable[Pool], period: Period, facts: Facts) -> None:
    """Raises `HoursChargedTwice` when two pools would charge the same hours."""
    claimants = [
        (pool.code, stretch, dated.method)
        for pool in pools
        for stretch, dated in pool.stretches(period)
        if dated is not None
    ]
    for entry in facts.hours:
        claimed = [
            pool for pool, days, method in claimants if entry.on in days and claims(method, entry)
        ]
        if len(claimed) > 1:
            raise HoursChargedTwice("pools", pool=claimed[0], other=claimed[1], team=entry.team)


def _pool_lines(pool: Pool, period: Period, facts: Facts) -> Iterator[Line]:
    yield from _direct_lines(pool, period)
    stretches = [
        (stretch, dated)
        for part, dated in pool.stretches(period)
        for stretch in part.cut(_changes(facts.members))
    ]
    days = {stretch: Decimal(stretch.days) for stretch, _ in stretches}
    amounts = split(pool.amount, days)
    for stretch, dated in stretches:
        if dated is None:
            if amounts[stretch]:
                raise MethodMissing("pools", pool=pool.code, on=stretch.first.isoformat())
        elif isinstance(dated.method, Divided):
            yield from divided_lines(pool, dated, amounts[stretch], stretch, facts)
        else:
            yield from priced_lines(pool, dated, stretch, facts)


def _changes(members: Iterable[Member]) -> Iterator[date]:
    """The days on which somebody takes part for the first time, or no longer."""
    for member in members:
        yield member.joined_on
        if member.leaves_on is not None:
            yield member.leaves_on + DAY


def _direct_lines(pool: Pool, period: Period) -> Iterator[Line]:
    for partner, amount in pool.direct.items():
        if amount:
            yield Line(
                partner=partner,
                pool=pool.code,
                method="direct",
                first=period.first,
                last=period.last,
                amount=amount,
                days=period.days,
                of_days=period.days,
                sources=pool.sources,
            )
