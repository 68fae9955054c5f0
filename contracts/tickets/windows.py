"""Maintenance windows, and freezes in which nothing changes: agreed beforehand, for all to see."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from contracts.registry import DomainEvent, published
from contracts.values import LongText, PartnerSlug, ShortText

WindowPartners = Annotated[
    tuple[PartnerSlug, ...], Field(description="Partners that it concerns; empty is all of them")
]


class WindowEvent(DomainEvent):
    window: str = Field(description="Number per kind and year: MNT-2026-000001, FRZ-2026-000001")


class WindowPlan(WindowEvent):
    title: ShortText = Field(description="As partners read it")
    partners: WindowPartners
    starts_at: AwareDatetime = Field(description="From when")
    ends_at: AwareDatetime = Field(description="Until when")


@published("tickets")
class MaintenancePlanned(WindowPlan):
    """A maintenance window, such as a patch weekend."""

    description: LongText = Field(default="", description="What people will notice of it")


@published("tickets")
class MaintenanceAnnounced(WindowEvent):
    """The partners were told."""


@published("tickets")
class MaintenanceCompleted(WindowEvent):
    as_planned: bool = Field(description="Whether it went as planned and within its window")


@published("tickets")
class MaintenanceCancelled(WindowEvent):
    """It will not take place."""


@published("tickets")
class ChangeFreezeDeclared(WindowPlan):
    """No changes but emergencies, such as around elections or the closing of a year."""


@published("tickets")
class ChangeFreezeLifted(WindowEvent):
    """Ended before its time, or never begun."""
