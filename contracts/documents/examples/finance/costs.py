from datetime import UTC, date, datetime
from decimal import Decimal

from contracts.documents.examples.example import Example
from contracts.finance import costs
from contracts.finance.charging import FixedKey

_DECIDED = datetime(2025, 12, 1, 9, 0, tzinfo=UTC)

COSTS = (
    Example(
        when="the owners have decided on the budget of a cost pool",
        aggregate="pool/2026-werkplekken",
        version=1,
        event=costs.BudgetSet(
            occurred_at=_DECIDED,
            year=2026,
            pool="werkplekken",
            name="Werkplekken",
            lines=(
                costs.BudgetLine(line="Beheer en licenties", amount=Decimal("380000.00")),
                costs.BudgetLine(
                    line="Vervanging laptops", amount=Decimal("30000.00"), structural=False
                ),
            ),
        ),
    ),
    Example(
        when="the owners have amended a budget",
        aggregate="pool/2026-werkplekken",
        version=2,
        event=costs.BudgetAmended(
            occurred_at=datetime(2026, 5, 12, 14, 0, tzinfo=UTC),
            year=2026,
            pool="werkplekken",
            amended_on=date(2026, 5, 12),
            description="Eerste begrotingswijziging",
            lines=(costs.BudgetLine(line="Beheer en licenties", amount=Decimal("12000.00")),),
        ),
    ),
    Example(
        when="a cost is booked on a pool",
        aggregate="pool/2026-werkplekken",
        version=3,
        event=costs.CostBooked(
            occurred_at=datetime(2026, 6, 3, 10, 0, tzinfo=UTC),
            year=2026,
            pool="werkplekken",
            booking="2026-000317",
            booked_on=date(2026, 6, 2),
            description="Licenties kantoorsoftware",
            amount=Decimal("81250.00"),
        ),
    ),
    Example(
        when="a pool is charged in another way from a day on",
        aggregate="method/werkplekken",
        version=1,
        event=costs.ChargingMethodSet(
            occurred_at=_DECIDED,
            pool="werkplekken",
            valid_from=date(2026, 1, 1),
            method=FixedKey(shares={"zevenaar": Decimal(52), "1stroom": Decimal(48)}),
        ),
    ),
    Example(
        when="the licensed users of a partner are counted",
        aggregate="users/2026-zevenaar",
        version=1,
        event=costs.UsersCounted(occurred_at=_DECIDED, partner="zevenaar", year=2026, users=410),
    ),
)
