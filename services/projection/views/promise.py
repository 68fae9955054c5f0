"""Which norm holds for an item, per kind and priority. Pure.

The most specific one wins: an agreement's deviation (for the item, then for the domain; an
agreement that has the item goes first), then the item's norm, then the domain's.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from services.projection.catalogue_rows import Agreement, ServiceLevel
from services.projection.views.offer import Offer, holding, terms_on

Key = tuple[str, int]
"""Ticket kind and priority."""
Promise = tuple[Key, str, Mapping[str, Any]]
"""For what, which rule (agreement, item or domain), the norm."""


def norms_on(
    offer: Offer, levels: Sequence[ServiceLevel], agreements: Sequence[Agreement], day: date
) -> list[dict[str, Any]]:
    """The norms in force, by kind and priority."""
    winning: dict[Key, tuple[str, Mapping[str, Any]]] = {}
    for key, source, norm in (*_deviations(offer, agreements, day), *_standing(levels, day)):
        winning.setdefault(key, (source, norm))
    return [
        {"kind": kind, "priority": priority, **winning[kind, priority][1], "source": source}
        for (kind, priority), (source, _) in sorted(winning.items())
    ]


def _deviations(offer: Offer, agreements: Sequence[Agreement], day: date) -> Iterator[Promise]:
    code, domain = offer.item.item, offer.content["domain"]
    held = [terms for _, terms in terms_on(agreements, day)]
    held.sort(key=lambda terms: code not in terms["items"])
    for subject in (code, None):
        for terms in held:
            for each in terms["deviating_norms"]:
                if each["item"] == subject and each["domain"] == domain:
                    yield (each["kind"], each["priority"]), "agreement", each["norm"]


def _standing(levels: Sequence[ServiceLevel], day: date) -> Iterator[Promise]:
    for level in sorted(levels, key=lambda each: each.item is None):
        version = holding(level.versions, day)
        if version is not None:
            source = "domain" if level.item is None else "item"
            yield (level.kind, level.priority), source, version["norm"]
