"""A year in the books of a small cooperation: two partners, one key, 410,000 euro."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contracts.catalog import (
    AgreementSigned,
    PartnerJoined,
    PartnerStatisticsUpdated,
    PartnerWithdrawalAnnounced,
)
from contracts.finance.charging import FixedKey, Method
from contracts.finance.costs import BudgetLine
from contracts.finance.risks import Risk
from contracts.registry import DomainEvent
from contracts.tickets import ClockReading, TicketReclassified, TimeLogged
from services.finance import commands

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class Books:
    """Commands with usual content, and what catalog has told."""

    now = NOW

    def budget(self, pool: str = "ict", amount: str = "410000.00", **other: Any) -> Any:
        usual: dict[str, Any] = {"year": 2026, "name": "ICT", "lines": [self.line(amount)]}
        return commands.SetBudget(pool=pool, **usual | other)

    def line(self, amount: str = "410000.00", **other: Any) -> BudgetLine:
        return BudgetLine(line="Maatregelen", amount=Decimal(amount), **other)

    def amendment(self, amount: str, **other: Any) -> Any:
        usual: dict[str, Any] = {
            "year": 2026,
            "pool": "ict",
            "amended_on": date(2026, 5, 1),
            "description": "Begrotingswijziging",
            "lines": [self.line(amount)],
        }
        return commands.AmendBudget(**usual | other)

    def cost(self, booking: str = "B-1", amount: str = "1000.00", **other: Any) -> Any:
        usual: dict[str, Any] = {
            "year": 2026,
            "pool": "ict",
            "booked_on": date(2026, 2, 1),
            "description": "Inhuur",
        }
        return commands.BookCost(booking=booking, amount=Decimal(amount), **usual | other)

    def method(self, method: Method | None = None, **other: Any) -> Any:
        key = FixedKey(shares={"zevenaar": Decimal(52), "1stroom": Decimal(48)})
        usual: dict[str, Any] = {"pool": "ict", "valid_from": date(2026, 1, 1)}
        return commands.SetChargingMethod(method=method or key, **usual | other)

    def risk(self, **other: Any) -> Risk:
        usual: dict[str, Any] = {
            "name": "Cybercriminaliteit",
            "category": "Informatieveiligheid",
            "cause": "Aanvallen van buiten",
            "gross": Decimal("750000.00"),
            "net": Decimal("375000.00"),
            "chance": 2,
            "owner": "Manager ICT",
            "review_on": date(2026, 12, 1),
        }
        return Risk(**usual | other)

    def joined(self, partner: str = "zevenaar", on: date = date(2020, 1, 1)) -> DomainEvent:
        return PartnerJoined(
            occurred_at=NOW,
            partner=partner,
            name=partner.title(),
            kind="municipality",
            oin="00000001001234567000",
            joined_on=on,
        )

    def counted(self, partner: str = "zevenaar", **other: Any) -> DomainEvent:
        usual: dict[str, Any] = {"year": 2026, "residents": 44_600, "workplaces": 700}
        return PartnerStatisticsUpdated(occurred_at=NOW, partner=partner, **usual | other)

    def leaving(self, partner: str, on: date) -> DomainEvent:
        return PartnerWithdrawalAnnounced(occurred_at=NOW, partner=partner, leaves_on=on)

    def signed(self, partner: str = "zevenaar", **other: Any) -> DomainEvent:
        usual: dict[str, Any] = {
            "agreement": "DVO-1",
            "starts_on": date(2026, 1, 1),
            "items": ["ICT-WP-01"],
            "surcharge_percentage": Decimal(10),
        }
        return AgreementSigned(occurred_at=NOW, partner=partner, **usual | other)

    def taken_out(self, number: str) -> TicketReclassified:
        """The ticket turns out to stand for nothing in the catalogue."""
        return TicketReclassified(
            occurred_at=NOW,
            ticket=number,
            partner="zevenaar",
            item=None,
            item_version=None,
            domain="ict",
            tier=None,
            out_of_catalogue=True,
            norm=None,
            clock=ClockReading(response_seconds=0, resolution_seconds=0),
        )

    def logged(self, number: str, minutes: int, *, billable: bool) -> TimeLogged:
        return TimeLogged(
            occurred_at=NOW,
            ticket=number,
            partner="zevenaar",
            team="beheer",
            minutes=minutes,
            billable=billable,
            out_of_catalogue=False,
            worked_on=date(2026, 2, 1),
        )


@pytest.fixture(scope="session")
def books() -> Books:
    return Books()
