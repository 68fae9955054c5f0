"""A catalogue item as it is offered on a day. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.projection.catalogue_rows import Agreement, Item

CENT = Decimal("0.01")
_TOLD = (
    "name",
    "description",
    "domain",
    "tier",
    "included",
    "excluded",
    "preconditions",
    "unit",
)


@dataclass(frozen=True, slots=True)
class Offer:
    """The version of an item that holds on `day`.

    `terms` are those of the partner's agreement that has the item; `agreed` is null when it is
    read for no partner.
    """

    item: Item
    version: int
    content: Mapping[str, Any]
    day: date
    agreed: bool | None
    terms: Mapping[str, Any] | None

    @property
    def can_be_ordered(self) -> bool:
        return self.item.retired_from is None or self.day < self.item.retired_from

    @property
    def tariff(self) -> str | None:
        """Euro per unit in the day's year, as agreed or else as in the catalogue."""
        price = self.prices().get(str(self.day.year))
        return None if price is None else price.base

    @property
    def surcharge(self) -> Decimal:
        """Per cent on top of the price: of an agreement with norms of its own for the item."""
        return surcharge(self.terms, self.item.item, self.content["domain"])

    def prices(self) -> dict[str, "Price"]:
        """The price per year of which there is one."""
        agreed = agreed_prices(self.terms, self.item.item)
        tariffs = self.content["tariffs"]
        return {
            year: Price(tariffs.get(year), agreed.get(year), self.surcharge)
            for year in sorted({*tariffs, *agreed})
        }

    def shown(self) -> dict[str, Any]:
        """`version` is the item's own; `aggregate_version` goes with every change to it."""
        year = str(self.day.year)
        price = self.prices().get(year)
        return {
            "item": self.item.item,
            "version": self.version,
            "aggregate_version": self.item.version,
            **{name: self.content[name] for name in _TOLD},
            "tariff": self.tariff,
            "price": price and price.shown(year),
            "agreed": self.agreed,
            "retired_from": self.item.retired_from,
        }

    def priced(self) -> list[dict[str, Any]]:
        """The price of each year."""
        return [price.shown(year) for year, price in self.prices().items()]

    def versions(self) -> list[dict[str, Any]]:
        return [
            {"version": each["version"], "valid_from": each["valid_from"]}
            for each in self.item.versions
        ]


@dataclass(frozen=True, slots=True)
class Price:
    """Of one unit in one year, in euro: `tariff` of the catalogue, `agreed` instead of it.

    `surcharge` is in per cent, on top of either. One of the two prices is there.
    """

    tariff: str | None
    agreed: str | None
    surcharge: Decimal

    @property
    def base(self) -> str:
        return str(self.tariff if self.agreed is None else self.agreed)

    @property
    def amount(self) -> Decimal:
        """What is charged per unit, to the cent."""
        return (Decimal(self.base) * (100 + self.surcharge) / 100).quantize(CENT, ROUND_HALF_UP)

    def shown(self, year: str) -> dict[str, Any]:
        return {
            "year": int(year),
            "tariff": self.tariff,
            "agreed": self.agreed,
            "surcharge_percentage": str(self.surcharge),
            "amount": str(self.amount),
        }


def agreed_prices(terms: Mapping[str, Any] | None, item: str) -> Mapping[str, str]:
    """Prices by year that an agreement sets for the item instead of its tariffs."""
    prices: Mapping[str, str] = (terms or {}).get("deviating_prices", {}).get(item, {})
    return prices


def surcharge(terms: Mapping[str, Any] | None, item: str, domain: str) -> Decimal:
    """Per cent that an agreement adds for deviating: where it sets norms for the item or domain."""
    if terms is None:
        return Decimal(0)
    deviates = any(
        norm["item"] == item or (norm["item"] is None and norm["domain"] == domain)
        for norm in terms["deviating_norms"]
    )
    return Decimal(terms["surcharge_percentage"]) if deviates else Decimal(0)


def offers(
    items: Iterable[Item], agreements: Sequence[Agreement] | None, day: date
) -> Iterator[Offer]:
    """The items of which a version holds on a day; `agreements` are one partner's."""
    held = None if agreements is None else [terms for _, terms in terms_on(agreements, day)]
    for item in items:
        version = holding(item.versions, day)
        if version is not None:
            having = (terms for terms in held or () if item.item in terms["items"])
            terms = next(having, None)
            yield Offer(
                item=item,
                version=version["version"],
                content=version["content"],
                day=day,
                agreed=None if held is None else terms is not None,
                terms=terms,
            )


def terms_on(agreements: Iterable[Agreement], day: date) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The agreements that hold on a day, with their terms then."""
    for agreement in agreements:
        version = holding(agreement.versions, day)
        if version is not None and (agreement.ends_on is None or day <= agreement.ends_on):
            yield agreement.agreement, version["terms"]


def holding(versions: Iterable[Mapping[str, Any]], day: date) -> Mapping[str, Any] | None:
    """The version in force on a day: of those that began, the latest; of one day, the last told."""
    begun = [each for each in versions if date.fromisoformat(each["valid_from"]) <= day]
    return max(reversed(begun), key=lambda each: str(each["valid_from"]), default=None)
