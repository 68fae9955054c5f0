"""A pool's budget against what was booked on it, as far as the caller sees the bookings. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from chassis.command import Context
from services.projection.amounts import ZERO, euro, percentage, total
from services.projection.finance_rows import SHARED, CostPool
from services.projection.views.finance.lists import origin
from services.projection.views.finance.scope import seen, visible

MONTHS = 12
KINDS = {"structural": True, "incidental": False}
_SUMMED = ("original", "amended", "budget", "booked", "shared", "remaining")


def against_budget(pool: CostPool, context: Context, *, closed: bool) -> dict[str, Any]:
    """`closed`: the year is settled, so nothing more is to come."""
    original = total(line["original"] for line in pool.lines)
    amended = total(line["amended"] for line in pool.lines)
    budget = original + amended
    kinds = {kind: _kind(pool, kind, context) for kind in KINDS}
    booked = total(kind["booked"] for kind in kinds.values())
    return {
        "year": pool.year,
        "pool": pool.pool,
        "name": pool.name,
        "original": euro(original),
        "amended": euro(amended),
        "budget": euro(budget),
        "booked": euro(booked),
        "shared": euro(_whose(pool).get(SHARED, ZERO)),
        "direct": _direct(pool, context),
        "remaining": euro(budget - booked),
        "percentage": percentage(booked, budget),
        "forecast": _forecast(pool, context, closed=closed),
        "closed": closed,
        **kinds,
        "months": {month: euro(seen(each, context)) for month, each in pool.months.items()},
        "lines": [_line(line, context) for line in pool.lines],
        "amendments": pool.amendments,
        "bookings": pool.bookings,
        **origin(pool),
    }


def sums(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Of several pools together; the forecast is null while one of them has none."""
    items = list(items)
    forecasts = [item["forecast"] for item in items]
    return {
        **{name: euro(total(item[name] for item in items)) for name in _SUMMED},
        "forecast": None if None in forecasts else euro(total(forecasts)),
        **{
            kind: {
                name: euro(total(item[kind][name] for item in items))
                for name in ("budget", "booked", "remaining")
            }
            for kind in KINDS
        },
    }


def booked_on(pool: CostPool) -> Decimal:
    """All that was booked, whoever it is for."""
    return total(_whose(pool).values())


def budget_of(pool: CostPool) -> Decimal:
    """As amended."""
    return total(line[part] for line in pool.lines for part in ("original", "amended"))


def direct_on(pool: CostPool, partner: str) -> Decimal:
    return total([_whose(pool).get(partner, ZERO)])


def shared_on(pool: CostPool) -> Decimal:
    return total([_whose(pool).get(SHARED, ZERO)])


def _whose(pool: CostPool) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for kind in KINDS:
        for whose, amount in getattr(pool, kind).items():
            found[whose] = found.get(whose, ZERO) + Decimal(amount)
    return found


def _direct(pool: CostPool, context: Context) -> dict[str, str]:
    told = {whose: euro(amount) for whose, amount in sorted(_whose(pool).items())}
    return {whose: amount for whose, amount in visible(told, context).items() if whose != SHARED}


def _kind(pool: CostPool, kind: str, context: Context) -> dict[str, str]:
    lines = [line for line in pool.lines if line["structural"] is KINDS[kind]]
    budget = total(line[part] for line in lines for part in ("original", "amended"))
    booked = seen(getattr(pool, kind), context)
    return {"budget": euro(budget), "booked": euro(booked), "remaining": euro(budget - booked)}


def _line(line: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """`booked` is null where no booking names the line."""
    budget = Decimal(line["original"]) + Decimal(line["amended"])
    booked = euro(seen(line["booked"], context)) if line["booked"] else None
    return {**line, "budget": euro(budget), "booked": booked}


def _forecast(pool: CostPool, context: Context, *, closed: bool) -> str | None:
    """The year's cost when structural cost goes on as it did, and nothing incidental is added.

    As it did up to the last month in which something was booked; null while nothing was.
    """
    structural, incidental = seen(pool.structural, context), seen(pool.incidental, context)
    if closed:
        return euro(structural + incidental)
    if not pool.months:
        return None
    last = max(map(int, pool.months))
    return euro(structural * MONTHS / last + incidental)
