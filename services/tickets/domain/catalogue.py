"""What `catalog` has told, as tickets need it: who is a partner, what is promised, from when.

An immutable snapshot, folded from catalog's events. A fact that holds from a date stays in the
series of its subject, so every question is asked for a date.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import singledispatch
from typing import Generic, TypeVar

from contracts.catalog import (
    AgreementAmended,
    AgreementEnded,
    AgreementSigned,
    CalendarDefined,
    CatalogueItemPublished,
    CatalogueItemRetired,
    CatalogueItemRevised,
    DeviatingNorm,
    FulfilmentStep,
    Norm,
    PartnerJoined,
    PartnerWithdrawalAnnounced,
    ServiceLevelSet,
)
from contracts.registry import DomainEvent
from contracts.values import Domain, Tier
from services.tickets.domain.calendar import Hours, RoundTheClock, hours_of

FactT = TypeVar("FactT")
KeyT = TypeVar("KeyT")

NormKey = tuple[str, str, int]
"""Item code or domain, ticket kind, priority."""


@dataclass(frozen=True, slots=True)
class Series(Generic[FactT]):
    """One thing through time: each fact holds from its date until the next one's."""

    facts: tuple[tuple[date, FactT], ...] = ()

    def on(self, day: date) -> FactT | None:
        fact = self.fact_on(day)
        return None if fact is None else fact[1]

    def fact_on(self, day: date) -> tuple[date, FactT] | None:
        """What holds on a day, and since when."""
        index = bisect_right(self.facts, day, key=lambda fact: fact[0])
        return self.facts[index - 1] if index else None

    def first_from(self) -> date | None:
        return self.facts[0][0] if self.facts else None

    def with_fact(self, valid_from: date, fact: FactT) -> "Series[FactT]":
        """A later word about the same date replaces the earlier one."""
        kept = [each for each in self.facts if each[0] != valid_from]
        kept.append((valid_from, fact))
        return Series(tuple(sorted(kept, key=lambda each: each[0])))


@dataclass(frozen=True, slots=True)
class Partner:
    joined_on: date
    leaves_on: date | None = None


@dataclass(frozen=True, slots=True)
class ItemVersion:
    version: int
    domain: Domain
    tier: Tier
    steps: tuple[FulfilmentStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    versions: Series[ItemVersion] = field(default_factory=Series)
    retired_from: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement holds from a date."""

    items: frozenset[str]
    norms: Mapping[NormKey, Norm]
    reopen_days: int


@dataclass(frozen=True, slots=True)
class Agreement:
    agreement: str
    partner: str
    starts_on: date
    ends_on: date | None
    terms: Series[Terms]

    def on(self, day: date) -> Terms | None:
        """Its terms on a day on which it holds."""
        if day < self.starts_on or (self.ends_on is not None and day > self.ends_on):
            return None
        return self.terms.on(day)


@dataclass(frozen=True, slots=True)
class Calendar:
    version: int
    hours: Hours


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The snapshot. `agreements` are kept per partner, in the order of their numbers."""

    partners: Mapping[str, Partner] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    norms: Mapping[NormKey, Series[Norm]] = field(default_factory=dict)
    calendars: Mapping[str, Series[Calendar]] = field(default_factory=dict)
    agreements: Mapping[str, Mapping[str, Agreement]] = field(default_factory=dict)
    hours: Mapping[tuple[str, int], Hours] = field(default_factory=dict)

    def apply(self, events: Iterable[DomainEvent]) -> "Catalogue":
        """The snapshot after these events too."""
        catalogue = self
        for event in events:
            catalogue = fold(event, catalogue)
        return catalogue

    def hours_for(self, calendar: str | None, version: int | None) -> Hours:
        """The hours of a calendar's version; of no calendar, 24×7."""
        if calendar is None or version is None:
            return ROUND_THE_CLOCK
        return self.hours[calendar, version]

    def calendar_on(self, calendar: str, day: date) -> Calendar | None:
        """The calendar's version that holds on a day; before its first version, that one."""
        series = self.calendars.get(calendar)
        if series is None:
            return None
        return series.on(day) or series.facts[0][1]

    def agreements_on(self, partner: str, day: date) -> tuple[tuple[str, Terms], ...]:
        """The partner's agreements that hold on a day, with their terms."""
        held = (
            (each.agreement, each.on(day)) for each in self.agreements.get(partner, {}).values()
        )
        return tuple((agreement, terms) for agreement, terms in held if terms is not None)


ROUND_THE_CLOCK = RoundTheClock()


@singledispatch
def fold(event: DomainEvent, catalogue: Catalogue) -> Catalogue:  # noqa: ARG001  dispatched on
    """The snapshot after one event; events that tickets does not need change nothing."""
    return catalogue


@fold.register
def _(event: PartnerJoined, catalogue: Catalogue) -> Catalogue:
    partner = Partner(event.joined_on)
    return replace(catalogue, partners={**catalogue.partners, event.partner: partner})


@fold.register
def _(event: PartnerWithdrawalAnnounced, catalogue: Catalogue) -> Catalogue:
    partner = replace(catalogue.partners[event.partner], leaves_on=event.leaves_on)
    return replace(catalogue, partners={**catalogue.partners, event.partner: partner})


@fold.register(CatalogueItemPublished)
@fold.register(CatalogueItemRevised)
def _(event: CatalogueItemPublished | CatalogueItemRevised, catalogue: Catalogue) -> Catalogue:
    content = event.content
    version = ItemVersion(event.item_version, content.domain, content.tier, content.steps)
    item = catalogue.items.get(event.item, Item())
    item = replace(item, versions=item.versions.with_fact(event.valid_from, version))
    return replace(catalogue, items={**catalogue.items, event.item: item})


@fold.register
def _(event: CatalogueItemRetired, catalogue: Catalogue) -> Catalogue:
    item = replace(catalogue.items[event.item], retired_from=event.retired_from)
    return replace(catalogue, items={**catalogue.items, event.item: item})


@fold.register
def _(event: ServiceLevelSet, catalogue: Catalogue) -> Catalogue:
    key = (event.item or event.domain, event.kind, event.priority)
    series = catalogue.norms.get(key, Series()).with_fact(event.valid_from, event.norm)
    return replace(catalogue, norms={**catalogue.norms, key: series})


@fold.register
def _(event: CalendarDefined, catalogue: Catalogue) -> Catalogue:
    hours = hours_of(event)
    calendar = Calendar(event.calendar_version, hours)
    series = catalogue.calendars.get(event.calendar, Series())
    series = series.with_fact(event.valid_from, calendar)
    return replace(
        catalogue,
        calendars={**catalogue.calendars, event.calendar: series},
        hours={**catalogue.hours, (event.calendar, event.calendar_version): hours},
    )


@fold.register
def _(event: AgreementSigned, catalogue: Catalogue) -> Catalogue:
    agreement = Agreement(
        agreement=event.agreement,
        partner=event.partner,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        terms=Series(((event.starts_on, _terms(event)),)),
    )
    return _with_agreement(catalogue, agreement)


@fold.register
def _(event: AgreementAmended, catalogue: Catalogue) -> Catalogue:
    agreement = catalogue.agreements[event.partner][event.agreement]
    terms = agreement.terms.with_fact(event.valid_from, _terms(event))
    return _with_agreement(catalogue, replace(agreement, terms=terms))


@fold.register
def _(event: AgreementEnded, catalogue: Catalogue) -> Catalogue:
    agreement = catalogue.agreements[event.partner][event.agreement]
    return _with_agreement(catalogue, replace(agreement, ends_on=event.ends_on))


def _with_agreement(catalogue: Catalogue, agreement: Agreement) -> Catalogue:
    of_partner = {
        **catalogue.agreements.get(agreement.partner, {}),
        agreement.agreement: agreement,
    }
    ordered = dict(sorted(of_partner.items()))
    return replace(catalogue, agreements={**catalogue.agreements, agreement.partner: ordered})


def _terms(event: AgreementSigned | AgreementAmended) -> Terms:
    return Terms(
        items=frozenset(event.items),
        norms={_key(deviation): deviation.norm for deviation in event.deviating_norms},
        reopen_days=event.reopen_days,
    )


def _key(deviation: DeviatingNorm) -> NormKey:
    return deviation.item or deviation.domain, deviation.kind, deviation.priority
