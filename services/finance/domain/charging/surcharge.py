"""The surcharge: a partner that deviates pays a percentage on top of its lines of other pools."""

from collections.abc import Iterator, Sequence

from contracts.finance.charging import Line, Surcharge
from services.finance.domain.charging.facts import Count, DatedMethod, Facts, Pool, distinct
from services.finance.domain.money import HUNDRED, ZERO, share
from services.finance.domain.periods import Period
from services.finance.errors import SurchargeOverSurcharge


def surcharge_lines(
    pool: Pool, period: Period, facts: Facts, lines: Sequence[Line]
) -> Iterator[Line]:
    """On top of the lines of other pools over the days on which the surcharge holds."""
    for stretch, dated in pool.stretches(period):
        if dated is None or not isinstance(dated.method, Surcharge):
            continue
        for partner, percentage in _percentages(dated, facts).items():
            counted = [
                line
                for line in lines
                if line.partner == partner
                and line.pool in dated.method.over
                and line.first in stretch
            ]
            if any(line.method == dated.method.method for line in counted):
                raise SurchargeOverSurcharge("pools", pool=pool.code)
            over = sum((line.amount for line in counted), ZERO)
            if over:
                yield Line(
                    partner=partner,
                    pool=pool.code,
                    method=dated.method.method,
                    first=stretch.first,
                    last=stretch.last,
                    amount=share(over, percentage.value),
                    of_amount=over,
                    driver="key",
                    count=percentage.value,
                    of_count=HUNDRED,
                    days=stretch.days,
                    of_days=stretch.days,
                    sources=distinct(dated.source, percentage.source),
                )


def _percentages(dated: DatedMethod, facts: Facts) -> dict[str, Count]:
    if isinstance(dated.method, Surcharge) and dated.method.percentages is not None:
        agreed = dated.method.percentages
        named = {partner: Count(value, dated.source) for partner, value in agreed.items()}
    else:
        named = dict(facts.surcharges)
    order = [member.partner for member in facts.members]
    return {partner: named[partner] for partner in order if partner in named}
