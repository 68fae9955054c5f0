"""A catalogue item as it is offered on a day. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.projection.models import Agreement, Item

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
        year = str(self.day.year)
        prices = (self.terms or {}).get("deviating_prices", {}).get(self.item.item, {})
        deviating: str | None = prices.get(year)
        standard: str | None = self.content["tariffs"].get(year)
        return standard if deviating is None else deviating

    def shown(self) -> dict[str, Any]:
        """`version` is the item's own; `aggregate_version` goes with every change to it."""
        return {
            "item": self.item.item,
            "version": self.version,
            "aggregate_version": self.item.version,
            **{name: self.content[name] for name in _TOLD},
            "tariff": self.tariff,
            "agreed": self.agreed,
            "retired_from": self.item.retired_from,
        }

    def versions(self) -> list[dict[str, Any]]:
        return [
            {"version": each["version"], "valid_from": each["valid_from"]}
            for each in self.item.versions
        ]


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
