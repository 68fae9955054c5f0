"""The orders that `catalog` takes. Each mirrors the event that it leads to.

Reserved for the roles `catalogue-manager` and `operator`.
"""

from datetime import date
from decimal import Decimal

from pydantic import Field

from chassis.command import Command
from contracts.catalog import (
    AgreementId,
    AgreementTerms,
    CorrectionReason,
    Experience,
    ItemVersion,
    Norm,
    PartnerKind,
    ServiceHours,
    ThemeName,
)
from contracts.values import (
    CalendarName,
    Domain,
    ItemCode,
    Oin,
    PartnerSlug,
    Priority,
    ShortText,
    TicketKind,
    Year,
)


class RegisterPartner(Command):
    partner: PartnerSlug
    name: ShortText
    kind: PartnerKind
    oin: Oin
    joined_on: date
    theme: ThemeName = "neutraal"


class UpdatePartnerStatistics(Command):
    """The counts of a year; once more for the same year corrects them."""

    partner: PartnerSlug
    year: Year
    residents: int = Field(ge=0)
    workplaces: int = Field(ge=0)
    key_percentage: Decimal | None = Field(default=None, ge=0, le=100)


class AnnounceWithdrawal(Command):
    """`leaves_on` is the last day as a partner; once more moves a day that is still ahead."""

    partner: PartnerSlug
    leaves_on: date


class DefineCalendar(Command):
    """A calendar's first version, or the one that follows the present one."""

    calendar: CalendarName
    name: ShortText
    valid_from: date
    hours: tuple[ServiceHours, ...] = Field(min_length=1)
    public_holidays: bool = True
    liberation_day_yearly: bool = False
    closing_days: tuple[date, ...] = ()


class CorrectCalendar(DefineCalendar):
    """The version that should have held from `valid_from`, which is not ahead."""

    reason: CorrectionReason


class DraftCatalogueItem(Command):
    """A new item, or other content for one that is still a draft."""

    item: ItemCode
    content: ItemVersion


class PublishCatalogueItem(Command):
    """Offer the draft's content from `valid_from` on."""

    item: ItemCode
    valid_from: date


class ReviseCatalogueItem(Command):
    item: ItemCode
    valid_from: date
    content: ItemVersion


class RetireCatalogueItem(Command):
    item: ItemCode
    retired_from: date


class SetServiceLevel(Command):
    """The norm of an item, or without one the default of the domain."""

    domain: Domain
    item: ItemCode | None = None
    kind: TicketKind
    priority: Priority
    norm: Norm
    valid_from: date


class CorrectServiceLevel(SetServiceLevel):
    """The norm that should have held from `valid_from`, which is not ahead."""

    reason: CorrectionReason


class SetExperienceTarget(Command):
    """The marks that a field of work aims at for one partner (XLA)."""

    partner: PartnerSlug
    domain: Domain
    target: Experience
    valid_from: date


class SignAgreement(AgreementTerms, Command):
    agreement: AgreementId
    partner: PartnerSlug
    starts_on: date
    ends_on: date | None = None


class AmendAgreement(AgreementTerms, Command):
    """All terms as they read from `valid_from` on, not only the changed ones."""

    agreement: AgreementId
    valid_from: date


class EndAgreement(Command):
    """`ends_on` is the last day on which it holds."""

    agreement: AgreementId
    ends_on: date
