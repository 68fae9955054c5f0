"""Which norm a ticket runs under, and whether what is asked is in the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from contracts.catalog import Norm
from contracts.tickets import AppliedNorm
from contracts.values import Domain, Tier
from services.tickets.domain.catalogue import Catalogue, Item, ItemVersion, NormKey, Series
from services.tickets.domain.ticket import Ticket
from services.tickets.errors import (
    ItemNotYetValid,
    ItemRetired,
    ItemUnknown,
    PartnerLeft,
    PartnerNotJoined,
    PartnerUnknown,
)

REOPEN_DAYS = 10
"""For a partner without an agreement: what agreements say when they say nothing else."""

Source = Literal["agreement", "item", "domain"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a ticket is about, on the day it was said. Without an item only `domain` is known."""

    item: str | None
    item_version: int | None
    domain: Domain
    tier: Tier | None
    out_of_catalogue: bool

    def told(self) -> dict[str, Any]:
        """What events say of it."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class StandingNorm:
    """A norm of an item or a domain's default, and since which day it holds."""

    key: NormKey
    valid_from: date
    norm: Norm
    source: Source


def require_partner(catalogue: Catalogue, slug: str, day: date) -> None:
    """Raises `PartnerUnknown`, `PartnerNotJoined` or `PartnerLeft`.

    On the day of leaving itself tickets can still be opened.
    """
    partner = catalogue.partners.get(slug)
    if partner is None:
        raise PartnerUnknown("partner", partner=slug)
    if day < partner.joined_on:
        raise PartnerNotJoined("partner", partner=slug, joined_on=partner.joined_on.isoformat())
    if partner.leaves_on is not None and day > partner.leaves_on:
        raise PartnerLeft("partner", partner=slug, leaves_on=partner.leaves_on.isoformat())


def subject_of(ticket: Ticket) -> Subject:
    """The subject of a ticket as it was told last."""
    return Subject(
        ticket.item,
        ticket.item_version,
        ticket.domain,
        ticket.tier,
        out_of_catalogue=ticket.out_of_catalogue,
    )


def subject_on(
    catalogue: Catalogue, partner: str, item: str | None, domain: Domain, day: date
) -> Subject:
    """The subject as the catalogue has it that day. Raises an error when it may not be asked."""
    if item is None:
        return Subject(None, None, domain, None, out_of_catalogue=True)
    version = _orderable(catalogue.items.get(item), item, day)
    taken = any(item in terms.items for _, terms in catalogue.agreements_on(partner, day))
    return Subject(item, version.version, version.domain, version.tier, out_of_catalogue=not taken)


def _orderable(item: Item | None, code: str, day: date) -> ItemVersion:
    if item is None or (first := item.versions.first_from()) is None:
        raise ItemUnknown("item", item=code)
    version = item.versions.on(day)
    if version is None:
        raise ItemNotYetValid("item", item=code, valid_from=first.isoformat())
    if item.retired_from is not None and day >= item.retired_from:
        raise ItemRetired("item", item=code, retired_from=item.retired_from.isoformat())
    return version


def reopen_days(catalogue: Catalogue, partner: str, item: str | None, day: date) -> int:
    """In how many calendar days a ticket may be reopened.

    By the agreement that has the item; else by the partner's most generous one.
    """
    held = catalogue.agreements_on(partner, day)
    having = [terms for _, terms in held if item in terms.items] or [terms for _, terms in held]
    return max((terms.reopen_days for terms in having), default=REOPEN_DAYS)


def norm_on(
    catalogue: Catalogue, partner: str, subject: Subject, kind: str, priority: int, day: date
) -> AppliedNorm | None:
    """The most specific norm that holds on a day; `None` when nothing is promised.

    Agreement deviation (for the item, then for the domain; agreements that have the item first)
    → item → domain default.
    """
    for agreement, norm in _deviations(catalogue, partner, subject, kind, priority, day):
        return _applied(catalogue, norm, "agreement", agreement, day)
    for each in _standing(catalogue, subject, kind, priority, day):
        return _applied(catalogue, each.norm, each.source, None, day)
    return None


def standing_norm(
    catalogue: Catalogue, partner: str, subject: Subject, kind: str, priority: int, day: date
) -> StandingNorm | None:
    """The item's or domain's norm, where that is the most specific one that holds on a day."""
    if any(_deviations(catalogue, partner, subject, kind, priority, day)):
        return None
    return next(_standing(catalogue, subject, kind, priority, day), None)


def _deviations(
    catalogue: Catalogue, partner: str, subject: Subject, kind: str, priority: int, day: date
) -> Iterator[tuple[str, Norm]]:
    held = catalogue.agreements_on(partner, day)
    by_closeness = sorted(held, key=lambda each: subject.item not in each[1].items)
    for name, _ in _names(subject):
        for agreement, terms in by_closeness:
            norm = terms.norms.get((name, kind, priority))
            if norm is not None:
                yield agreement, norm


def _standing(
    catalogue: Catalogue, subject: Subject, kind: str, priority: int, day: date
) -> Iterator[StandingNorm]:
    for name, source in _names(subject):
        key = (name, kind, priority)
        fact = catalogue.norms.get(key, Series()).fact_on(day)
        if fact is not None:
            yield StandingNorm(key, *fact, source)


def _names(subject: Subject) -> Iterator[tuple[str, Source]]:
    """The names under which a norm may stand, most specific first."""
    if subject.item is not None:
        yield subject.item, "item"
    yield subject.domain, "domain"


def _applied(
    catalogue: Catalogue, norm: Norm, source: Source, agreement: str | None, day: date
) -> AppliedNorm:
    calendar = None if norm.calendar is None else catalogue.calendar_on(norm.calendar, day)
    return AppliedNorm(
        source=source,
        agreement=agreement,
        response_minutes=norm.response_minutes,
        resolution_minutes=norm.resolution_minutes,
        calendar=norm.calendar if calendar else None,
        calendar_version=calendar.version if calendar else None,
        target_percentage=norm.target_percentage,
        pauses_on_supplier=norm.pauses_on_supplier,
    )
