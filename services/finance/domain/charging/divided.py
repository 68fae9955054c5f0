"""Methods that divide the pool's cost: every cent of it lands with somebody."""

from collections.abc import Iterator
from decimal import Decimal

from contracts.finance.charging import (
    Driver,
    FixedKey,
    Licences,
    Line,
    Method,
    Participation,
    PerResident,
    PerWorkplace,
)
from services.finance.domain.charging.facts import Count, DatedMethod, Facts, Pool, distinct
from services.finance.domain.money import share, split
from services.finance.domain.periods import Period
from services.finance.errors import NobodyToCharge

Divided = PerWorkplace | PerResident | FixedKey | Licences | Participation


def divided_lines(
    pool: Pool, dated: DatedMethod, amount: Decimal, stretch: Period, facts: Facts
) -> Iterator[Line]:
    """The amount of a stretch, by the weights of those present."""
    if isinstance(dated.method, Licences):
        amount -= share(amount, dated.method.discount)
    if not amount:
        return
    weights = _weights(dated, stretch, facts)
    total = sum((count.value for count in weights.values()), Decimal(0))
    if total <= 0:
        raise NobodyToCharge("pools", pool=pool.code, on=stretch.first.isoformat())
    parts = split(amount, {partner: count.value for partner, count in weights.items()})
    for partner, count in weights.items():
        yield Line(
            partner=partner,
            pool=pool.code,
            method=dated.method.method,
            first=stretch.first,
            last=stretch.last,
            amount=parts[partner],
            of_amount=amount,
            driver=_driver(dated.method),
            count=count.value,
            of_count=total,
            days=stretch.days,
            of_days=stretch.days,
            sources=distinct(*pool.sources, dated.source, count.source),
        )


def _weights(dated: DatedMethod, stretch: Period, facts: Facts) -> dict[str, Count]:
    """What counts for each partner that is present, in the partners' order."""
    present = [member.partner for member in facts.members if member.present(stretch)]
    method = dated.method
    shares = method.shares if isinstance(method, FixedKey | Participation) else None
    if shares is not None:
        return {name: Count(shares[name], dated.source) for name in present if name in shares}
    driver = _driver(method)
    return {name: facts.count(name, driver, stretch.year) for name in present}


def _driver(method: Method) -> Driver:
    match method:
        case PerWorkplace():
            return "workplaces"
        case PerResident():
            return "residents"
        case Licences():
            return "users"
        case _:
            return "key"
