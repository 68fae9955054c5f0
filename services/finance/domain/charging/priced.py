"""Methods with a price: what they bring in differs from the cost, and the provider bears that."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from contracts.finance.charging import (
    FixedPrice,
    FundedStaff,
    HourlyRate,
    Line,
    Method,
    OutOfCatalogueHours,
)
from services.finance.domain.charging.facts import DatedMethod, Facts, Hours, Pool, distinct
from services.finance.domain.money import cents
from services.finance.domain.periods import Period, part_of_year, year_of
from services.finance.errors import RateMissing

ONE = Decimal(1)
HoursKind = Literal["hours", "out-of-catalogue-hours"]


def priced_lines(pool: Pool, dated: DatedMethod, stretch: Period, facts: Facts) -> Iterator[Line]:
    """The lines of a stretch by a method with a price; none for the others."""
    match dated.method:
        case FixedPrice(prices=prices):
            counts = dict.fromkeys(prices, ONE)
            yield from _yearly_lines(pool, dated, stretch, facts, prices, counts)
        case FundedStaff(fte=fte, price=price):
            prices = dict.fromkeys(fte, price)
            yield from _yearly_lines(pool, dated, stretch, facts, prices, fte)
    for kind, rates in _rates(dated.method, facts).items():
        yield from _hour_lines(pool, dated, stretch, facts, kind, rates)


def claims(method: Method, entry: Hours) -> bool:
    """Whether the method charges these hours."""
    if not isinstance(method, HourlyRate | FundedStaff | OutOfCatalogueHours):
        return False
    kind = "out-of-catalogue-hours" if isinstance(method, OutOfCatalogueHours) else "hours"
    return entry.kind == kind and (not method.teams or entry.team in method.teams)


def _rates(method: Method, facts: Facts) -> dict[HoursKind, Mapping[str, Decimal]]:
    """Which hours are paid, at whose rate."""
    match method:
        case HourlyRate(rate=rate):
            return {"hours": {member.partner: rate for member in facts.members}}
        case FundedStaff(fte=fte, rate=rate):
            return {"hours": dict.fromkeys(fte, rate)}
        case OutOfCatalogueHours(rates=rates):
            return {"out-of-catalogue-hours": rates}
        case _:
            return {}


def _yearly_lines(
    pool: Pool,
    dated: DatedMethod,
    stretch: Period,
    facts: Facts,
    prices: Mapping[str, Decimal],
    counts: Mapping[str, Decimal],
) -> Iterator[Line]:
    """A price per year, for the days on which the partner takes part."""
    for member in facts.members:
        present = member.present(stretch)
        if present is None or not counts.get(member.partner):
            continue
        price, count = prices[member.partner], counts[member.partner]
        yield Line(
            partner=member.partner,
            pool=pool.code,
            method=dated.method.method,
            first=present.first,
            last=present.last,
            amount=part_of_year(cents(price * count), present),
            price=price,
            count=count,
            days=present.days,
            of_days=year_of(present.year).days,
            sources=(dated.source,),
        )


def _hour_lines(
    pool: Pool,
    dated: DatedMethod,
    stretch: Period,
    facts: Facts,
    kind: HoursKind,
    rates: Mapping[str, Decimal],
) -> Iterator[Line]:
    for member in facts.members:
        logged = [
            entry
            for entry in facts.hours
            if (entry.partner, entry.kind) == (member.partner, kind)
            and entry.on in stretch
            and claims(dated.method, entry)
        ]
        hours = cents(sum((entry.hours for entry in logged), Decimal(0)))
        if not hours:
            continue
        if member.partner not in rates:
            raise RateMissing("pools", pool=pool.code, partner=member.partner)
        rate = rates[member.partner]
        yield Line(
            partner=member.partner,
            pool=pool.code,
            method=dated.method.method,
            first=stretch.first,
            last=stretch.last,
            amount=cents(hours * rate),
            price=rate,
            driver=kind,
            count=hours,
            days=stretch.days,
            of_days=stretch.days,
            sources=distinct(dated.source, *(entry.source for entry in logged)),
        )
