"""A small catalogue to decide about: one partner, one item, one calendar."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contracts.catalog import ItemVersion, Norm
from services.catalog.commands import (
    DefineCalendar,
    DraftCatalogueItem,
    PublishCatalogueItem,
    RegisterPartner,
    SetServiceLevel,
    SignAgreement,
)
from services.catalog.domain import agreement, calendar, item, partner

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class Catalogue:
    """Commands with usual content, and the states that usual commands lead to."""

    now = NOW

    def register(self, slug: str = "zevenaar", **other: Any) -> RegisterPartner:
        usual = {
            "name": "Gemeente Zevenaar",
            "kind": "municipality",
            "oin": "00000001001234567000",
            "joined_on": date(2020, 1, 1),
        }
        return RegisterPartner(partner=slug, **usual | other)

    def content(self, **other: Any) -> ItemVersion:
        usual: dict[str, Any] = {
            "name": "Werkplek",
            "domain": "ict",
            "tier": "basic",
            "unit": "workplace",
            "tariffs": {2026: Decimal("1250.00")},
            "owner": "Team Werkplek",
        }
        return ItemVersion(**usual | other)

    def draft(self, code: str = "ICT-WP-01", **content: Any) -> DraftCatalogueItem:
        return DraftCatalogueItem(item=code, content=self.content(**content))

    def publish(
        self, code: str = "ICT-WP-01", since: date = date(2026, 1, 1)
    ) -> PublishCatalogueItem:
        return PublishCatalogueItem(item=code, valid_from=since)

    def define(self, name: str = "kantooruren", **other: Any) -> DefineCalendar:
        usual: dict[str, Any] = {
            "name": "Kantooruren",
            "valid_from": date(2026, 1, 1),
            "hours": [{"weekday": 1, "opens": "08:00", "closes": "17:00"}],
        }
        return DefineCalendar(calendar=name, **usual | other)

    def norm(self, **other: Any) -> Norm:
        usual: dict[str, Any] = {
            "response_minutes": 30,
            "resolution_minutes": 240,
            "calendar": "kantooruren",
            "target_percentage": Decimal(90),
        }
        return Norm(**usual | other)

    def set_level(self, **other: Any) -> SetServiceLevel:
        usual: dict[str, Any] = {
            "domain": "ict",
            "item": "ICT-WP-01",
            "kind": "incident",
            "priority": 2,
            "norm": self.norm(),
            "valid_from": date(2026, 1, 1),
        }
        return SetServiceLevel(**usual | other)

    def sign(self, number: str = "DVO-1", **other: Any) -> SignAgreement:
        usual: dict[str, Any] = {
            "partner": "zevenaar",
            "starts_on": date(2026, 1, 1),
            "items": ["ICT-WP-01"],
        }
        return SignAgreement(agreement=number, **usual | other)

    def partner(self, **other: Any) -> partner.Partner:
        (joined,) = partner.decide(None, self.register(**other), NOW)
        return partner.evolve(None, joined)

    def item(self, code: str = "ICT-WP-01", since: date = date(2026, 1, 1)) -> item.Item:
        """A published item."""
        (drafted,) = item.decide(None, self.draft(code, tariffs={2030: Decimal(1)}), NOW)
        draft = item.evolve(None, drafted)
        (published,) = item.decide(draft, self.publish(code, since), NOW)
        return item.evolve(draft, published)

    def calendar(self, **other: Any) -> calendar.Calendar:
        (defined,) = calendar.decide(None, self.define(**other), NOW)
        return calendar.evolve(None, defined)

    def around(self, **other: Any) -> agreement.Surroundings:
        """What an agreement depends on: the partner, one item and one calendar."""
        usual: dict[str, Any] = {
            "partner": self.partner(),
            "items": {"ICT-WP-01": self.item()},
            "calendars": {"kantooruren": self.calendar()},
            "others": (),
        }
        return agreement.Surroundings(**usual | other)

    def signed(self, number: str = "DVO-1", **other: Any) -> agreement.Agreement:
        (event,) = agreement.decide(None, self.sign(number, **other), NOW, self.around())
        return agreement.evolve(None, event)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue()
