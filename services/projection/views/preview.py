"""What a revision would change, for whom and by how much. Pure.

A year's difference is worked out day by day: only days on which the new version holds and the
partner's agreement has the item count, each for its share of the year.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.projection.catalogue_rows import Agreement, Partner
from services.projection.views.offer import CENT, agreed_prices, surcharge

COUNTED = {"workplace": "workplaces", "resident": "residents"}
"""Units of charge whose number is known from the partner's counts of the year."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An item's content before and after, and from when."""

    item: str
    valid_from: date
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def years(self) -> list[int]:
        """The years from its first day on of which a price is known."""
        named = {int(year) for content in (self.before, self.after) for year in content["tariffs"]}
        return sorted(year for year in named if year >= self.valid_from.year)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which an agreement has the item under the same terms; without `last`, no end."""

    agreement: str
    first: date
    last: date | None
    terms: Mapping[str, Any]

    def share(self, year: int, since: date) -> Decimal:
        """The part of a year that it covers from a day on."""
        first = max(self.first, since, date(year, 1, 1))
        last = min(self.last or date.max, date(year, 12, 31))
        days = max((last - first).days + 1, 0)
        return Decimal(days) / ((date(year, 12, 31) - date(year, 1, 1)).days + 1)


def affected(
    revision: Revision, partners: Iterable[Partner], agreements: Sequence[Agreement]
) -> list[dict[str, Any]]:
    """The partners whose agreement has the item on or after the day, by name."""
    found = []
    for partner in sorted(partners, key=lambda each: each.name):
        own = [each for each in agreements if each.partner == partner.slug]
        stretches = [
            stretch
            for stretch in stretches_of(revision.item, own)
            if stretch.last is None or stretch.last >= revision.valid_from
        ]
        if stretches:
            found.append(_told(revision, partner, stretches))
    return found


def stretches_of(item: str, agreements: Iterable[Agreement]) -> Iterator[Stretch]:
    """When the agreements have an item, and under which terms."""
    for agreement in agreements:
        starts = [date.fromisoformat(each["valid_from"]) for each in agreement.versions]
        for position, version in enumerate(agreement.versions):
            followed = position + 1 < len(starts)
            until = starts[position + 1] - timedelta(days=1) if followed else None
            last = min((day for day in (until, agreement.ends_on) if day), default=None)
            if item in version["terms"]["items"] and (last is None or last >= starts[position]):
                yield Stretch(agreement.agreement, starts[position], last, version["terms"])


def _told(revision: Revision, partner: Partner, stretches: Sequence[Stretch]) -> dict[str, Any]:
    return {
        "partner": partner.slug,
        "name": partner.name,
        "agreements": sorted({stretch.agreement for stretch in stretches}),
        "years": [
            _year(revision, partner, counting, year)
            for year in revision.years()
            if (counting := [each for each in stretches if each.share(year, revision.valid_from)])
        ],
    }


def _year(
    revision: Revision, partner: Partner, stretches: Sequence[Stretch], year: int
) -> dict[str, Any]:
    """`before` and `after` are euro per unit under the year's last terms.

    `difference` is null where the number of units is not known or a price lacks.
    """
    count, counted_in = units(revision.after["unit"], partner.statistics, year)
    prices = [(each, *_prices(revision, each.terms, str(year))) for each in stretches]
    known = count is not None and all(None not in pair for _, *pair in prices)
    last, before, after = prices[-1]
    return {
        "year": year,
        "before": _text(before),
        "after": _text(after),
        "fixed_by_agreement": str(year) in agreed_prices(last.terms, revision.item),
        "units": count,
        "counted_in": counted_in,
        "difference": _text(_difference(revision, prices, count or 0, year)) if known else None,
    }


def _difference(
    revision: Revision, prices: Iterable[tuple[Any, ...]], count: int, year: int
) -> Decimal:
    shares = (
        (after - before) * stretch.share(year, revision.valid_from)
        for stretch, before, after in prices
    )
    return (sum(shares, Decimal(0)) * count).quantize(CENT, ROUND_HALF_UP)


def _prices(
    revision: Revision, terms: Mapping[str, Any], year: str
) -> tuple[Decimal | None, Decimal | None]:
    """Euro per unit under these terms before and after, with the surcharge."""
    agreed = agreed_prices(terms, revision.item).get(year)
    factor = (100 + surcharge(terms, revision.item, revision.after["domain"])) / 100
    contents = (revision.before, revision.after)
    bases = (agreed or content["tariffs"].get(year) for content in contents)
    before, after = (None if base is None else Decimal(base) * factor for base in bases)
    return before, after


def units(unit: str, statistics: Sequence[Mapping[str, Any]], year: int) -> tuple[Any, int | None]:
    """How many units a partner is charged in a year, and by the counts of which year.

    Those of the year itself, else of the last before it. What is charged once has one unit; hours
    and pieces are not known beforehand.
    """
    if unit == "fixed":
        return 1, None
    counts = [each for each in statistics if each["year"] <= year]
    if unit not in COUNTED or not counts:
        return None, None
    latest = max(counts, key=lambda each: int(each["year"]))
    return latest[COUNTED[unit]], latest["year"]


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount.quantize(CENT, ROUND_HALF_UP))
