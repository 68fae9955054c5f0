"""SSC Ons: its published figures of risk, treasury and policy come out of the services."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

import pytest_asyncio

from bodemplaat.cases.comparing import Compared
from contracts.finance.plans import IndicatorSet
from contracts.finance.risks import ResilienceAssessed
from contracts.finance.treasury import (
    BalanceSheetRecorded,
    CashLimitAssessed,
    InterestRiskAssessed,
    LoanRegistered,
)
from contracts.tickets import MaintenanceCompleted, MaintenancePlanned, SecuritySignalsCounted
from services.finance.domain import treasury

Told = dict[type[Any], list[Any]]
Shown = Callable[[str], Awaitable[list[Compared]]]
NotOnThePage = Callable[[list[Compared]], list[str]]

KILO = Decimal(1000)
WITHIN_ROUNDING = Decimal(1)
"""Published amounts are rounded, in k€."""


@pytest_asyncio.fixture(scope="module")
async def told(played_past: Callable[[str], Awaitable[Told]]) -> Told:
    return await played_past("ons")


async def test_resilience_per_reference_month(told: Told) -> None:
    found = {
        f"{event.on:%Y-%m}": (event.total / KILO, f"{100 * event.of_total:.0f}")
        for event in told[ResilienceAssessed]
    }
    assert found == {
        "2018-11": (400, "0"),
        "2019-11": (420, "48"),
        "2020-11": (415, "54"),
        "2021-12": (707, "34"),
        "2022-12": (730, "48"),
    }
    last = told[ResilienceAssessed][-1]
    assert (last.capacity, last.percentage) == (354 * KILO, 50)
    assert last.ceiling == (Decimal(23012254) * 5 / 100).quantize(Decimal("0.01"))
    assert not last.above_ceiling


async def test_top_risks_of_december_2022(told: Told) -> None:
    parts = {part.risk: part.net / KILO for part in told[ResilienceAssessed][-1].risks}
    assert parts == {
        "cybercrime": 375,
        "schaars-personeel": 100,
        "inkoopprijzen": 60,
        "sleutelfuncties": 40,
        "wetgeving": 25,
        "overig": 130,
    }


async def test_the_room_under_the_cash_limit(told: Told) -> None:
    assessed = told[CashLimitAssessed]
    debts = [event.floating_debt / KILO for event in assessed]
    assert debts == [462, -3679, -1292, -1835]
    for event, room in zip(assessed, (1418, 5560, 3172, 3715), strict=True):
        assert event.percentage == Decimal("8.2")
        assert abs(event.room / KILO - room) <= WITHIN_ROUNDING
        assert not event.reportable


async def test_redemptions_stay_within_the_interest_risk_norm(told: Told) -> None:
    found = {
        event.year: (event.budget_total / KILO, event.redemptions / KILO, event.revisions)
        for event in told[InterestRiskAssessed]
    }
    assert found == {
        2022: (22_935, 2_040, 0),
        2023: (29_287, 2_040, 0),
        2024: (29_287, 1_800, 0),
        2025: (29_287, 1_300, 0),
    }
    assert [event.norm for event in told[InterestRiskAssessed]] == [4_587_000, *[5_857_400] * 3]
    assert not any(event.exceeded for event in told[InterestRiskAssessed])


async def test_loans(told: Told) -> None:
    loans = [
        treasury.Loan(
            event.principal, event.rate, event.first_year, event.redemptions, event.revisions
        )
        for event in told[LoanRegistered]
    ]
    assert treasury.balance(loans, 2021) == 7_180_000
    assert treasury.average_rate(loans, 2021) == Decimal("-0.27")
    assert treasury.balance(loans, 2022) == 7_180_000 - 2_040_000
    redeemed = [loan for loan in loans if loan.redemptions.get(2022)]
    assert treasury.average_rate(redeemed, 2021) == Decimal("-0.25")


async def test_ratios_and_emu_balance(told: Told) -> None:
    found = {
        event.year: (
            round(event.net_debt_quota),
            round(event.solvency),
            round(event.structural_margin),
        )
        for event in told[BalanceSheetRecorded]
    }
    assert found == {2021: (23, 4, 0), 2022: (12, 25, 0)}
    assert told[BalanceSheetRecorded][-1].emu_balance == 2_114_253


async def test_policy_indicators(told: Told) -> None:
    found = {(event.indicator, event.year): str(event.value) for event in told[IndicatorSet]}
    assert found == {
        ("formatie", 2021): "114.7",
        ("formatie", 2022): "116.3",
        ("bezetting", 2021): "100",
        ("bezetting", 2022): "100",
        ("totale-kosten", 2021): "20904065",
        ("totale-kosten", 2022): "23012254",
        ("externe-inhuur", 2021): "42",
        ("externe-inhuur", 2022): "35",
        ("overhead", 2022): "9",
        ("waardering-inkoop", 2022): "8.4",
    }


async def test_ten_patch_weekends(told: Told) -> None:
    assert len(told[MaintenancePlanned]) == len(told[MaintenanceCompleted]) == 10
    assert {event.starts_at.year for event in told[MaintenancePlanned]} == {2022}


async def test_suspicious_login_attempts(told: Told) -> None:
    counted = [event for event in told[SecuritySignalsCounted] if event.month.startswith("2022-")]
    assert sum(event.count for event in counted) == 2_256_970


async def test_the_annual_report_shows_what_was_published(
    shown: Shown, not_on_the_page: NotOnThePage
) -> None:
    """Of how many tickets there were it is the twentieth that was played in."""
    compared = await shown("ons")
    assert not_on_the_page(compared) == []
    assert [each for each in compared if not each.equal and not each.of_tickets] == []
    assert {each.what: each.ours for each in compared if each.of_tickets} == {
        "ICT: Ontvangen meldingen": None,
        "HR: Ontvangen meldingen": "966",
        "HR: Afgehandelde meldingen": "955",
        "Wijzigingen": "0",
    }
