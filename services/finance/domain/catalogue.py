"""What `catalog` has told, as charging needs it: partners, their counts, agreed surcharges.

Folded from catalog's events, each with the version of its aggregate, so that a line of a bill can
name the very event that a count came from.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from contracts.catalog import (
    AgreementAmended,
    AgreementEnded,
    AgreementSigned,
    PartnerJoined,
    PartnerStatisticsUpdated,
    PartnerWithdrawalAnnounced,
)
from contracts.finance.charging import Driver, Source
from contracts.registry import DomainEvent
from services.finance.domain.charging.facts import Count, Member


@dataclass(frozen=True, slots=True)
class Told:
    """An event of `catalog`, and which version of its aggregate it made."""

    aggregate: str
    version: int
    event: DomainEvent

    @property
    def source(self) -> Source:
        return Source(
            aggregate=self.aggregate, first_version=self.version, last_version=self.version
        )


@dataclass(frozen=True, slots=True)
class Surcharge:
    """What an agreement adds, from a day on and up to its end."""

    agreement: str
    partner: str
    valid_from: date
    percentage: Count


@dataclass(slots=True)
class Partners:
    """Partners in the order in which they joined."""

    members: dict[str, Member] = field(default_factory=dict)
    counts: dict[tuple[str, int, Driver], Count] = field(default_factory=dict)
    surcharges: list[Surcharge] = field(default_factory=list)
    ends: dict[str, date | None] = field(default_factory=dict)

    def ordered(self) -> tuple[Member, ...]:
        return tuple(
            sorted(self.members.values(), key=lambda member: (member.joined_on, member.partner))
        )

    def counts_of(self, year: int) -> dict[tuple[str, Driver], Count]:
        return {
            (partner, driver): count
            for (partner, counted, driver), count in self.counts.items()
            if counted == year
        }

    def surcharges_on(self, day: date) -> dict[str, Count]:
        """Percentage above zero per partner, of the agreement terms that hold on the day."""
        holding: dict[str, Surcharge] = {}
        for each in sorted(self.surcharges, key=lambda each: each.valid_from):
            ends = self.ends.get(each.agreement)
            if each.valid_from <= day and (ends is None or day <= ends):
                holding[each.agreement] = each
        agreed = {each.partner: each.percentage for each in holding.values()}
        return {partner: count for partner, count in agreed.items() if count.value}


def fold(told: Iterable[Told]) -> Partners:
    """All that was told, in the order in which it came in."""
    partners = Partners()
    for each in told:
        _apply(each, partners)
    return partners


def _apply(told: Told, partners: Partners) -> None:
    match told.event:
        case PartnerJoined() as event:
            partners.members[event.partner] = Member(event.partner, event.joined_on)
        case PartnerWithdrawalAnnounced() as event:
            member = partners.members[event.partner]
            partners.members[event.partner] = replace(member, leaves_on=event.leaves_on)
        case PartnerStatisticsUpdated() as event:
            _count(event, told.source, partners)
        case AgreementSigned() as event:
            partners.ends[event.agreement] = event.ends_on
            _surcharge(event, event.starts_on, told.source, partners)
        case AgreementAmended() as event:
            _surcharge(event, event.valid_from, told.source, partners)
        case AgreementEnded() as event:
            partners.ends[event.agreement] = event.ends_on
        case _:
            pass


def _count(event: PartnerStatisticsUpdated, source: Source, partners: Partners) -> None:
    counted: dict[Driver, Decimal | int | None] = {
        "residents": event.residents,
        "workplaces": event.workplaces,
        "key": event.key_percentage,
    }
    for driver, value in counted.items():
        partners.counts.pop((event.partner, event.year, driver), None)
        if value is not None:
            count = Count(Decimal(value), source)
            partners.counts[event.partner, event.year, driver] = count


def _surcharge(
    event: AgreementSigned | AgreementAmended, since: date, source: Source, partners: Partners
) -> None:
    percentage = Count(event.surcharge_percentage, source)
    partners.surcharges.append(Surcharge(event.agreement, event.partner, since, percentage))
