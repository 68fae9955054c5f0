"""Small cooperations: each charges on the product as it did itself.

The amounts were chosen, and are marked so; the ways of charging, and the totals that are told
here in words, were published.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

from bodemplaat.cases.comparing import Compared
from contracts.catalog import PartnerStatisticsUpdated
from contracts.finance.bills import (
    ChargingRunCompleted,
    CostsAllocated,
    InvoiceIssued,
    YearSettled,
)
from contracts.finance.costs import BudgetSet, CostBooked
from contracts.finance.plans import EntryQuoted, ExitQuoted, IndicatorSet
from contracts.tickets import TimeLogged

Told = dict[type[Any], list[Any]]
PlayedPast = Callable[[str], Awaitable[Told]]
Shown = Callable[[str], Awaitable[list[Compared]]]


def totals(told: Told, run: str) -> dict[str, Decimal]:
    """What each partner pays of a run."""
    return {event.partner: event.total for event in told[CostsAllocated] if event.run == run}


def by_pool(told: Told, run: str, partner: str) -> dict[str, Decimal]:
    """What a partner pays of a run, per pool of which it pays something."""
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for event in told[CostsAllocated]:
        if (event.run, event.partner) == (run, partner):
            for line in event.lines:
                amounts[line.pool] += line.amount
    return {pool: amount for pool, amount in amounts.items() if amount}


def completed(told: Told, run: str) -> ChargingRunCompleted:
    (event,) = (event for event in told[ChargingRunCompleted] if event.run == run)
    return event


async def test_de_liemers_divides_410_000_euro_by_its_key(played_past: PlayedPast) -> None:
    told = await played_past("de-liemers")
    assert totals(told, "2023-settlement") == {"zevenaar": 213_200, "1stroom": 196_800}
    assert completed(told, "2023-settlement").cost == 410_000
    measures = {
        line.line.removesuffix(" (gekozen)"): line.amount
        for event in told[BudgetSet]
        for line in event.lines
        if event.year > 2020 and line.amount > 0
    }
    assert measures == {
        "I-strategie en agenda": 30_000,
        "Cloudstrategie": 30_000,
        "Extra tijdelijke capaciteit": 300_000,
        "Programmamanager, deel 2023": 50_000,
        "Inhuur op vacatures": 150_000,
        "Programma digitale volwassenheid": 30_000,
        "Programmamanager, deel 2024": 50_000,
    }
    assert len(told[InvoiceIssued]) == 10


async def test_de_liemers_costs_per_resident_what_others_cost(played_past: PlayedPast) -> None:
    told = await played_past("de-liemers")
    found = {(e.indicator, e.year): (e.value, e.benchmark) for e in told[IndicatorSet]}
    assert found["ict-kosten-per-inwoner", 2020] == (88, 88)
    booked = sum(event.amount for event in told[CostBooked] if event.year == 2020)
    residents = [e.residents for e in told[PartnerStatisticsUpdated] if e.year == 2020]
    assert booked / sum(residents) == 88
    assert found["digitale-volwassenheid", 2022] == (42, 50)
    national = {
        year: benchmark
        for (name, year), (_, benchmark) in found.items()
        if name == "ict-kosten-per-inwoner-landelijk"
    }
    assert national == {2004: 70, 2020: 88, 2022: 95}


async def test_the_reports_of_de_liemers_show_what_was_published(
    shown: Shown, not_on_the_page: Callable[[list[Compared]], list[str]]
) -> None:
    compared = await shown("de-liemers")
    assert not_on_the_page(compared) == []
    assert len(compared) == 19
    assert [each for each in compared if not each.equal] == []


async def test_iszf_mixes_all_its_ways(played_past: PlayedPast) -> None:
    told = await played_past("iszf")
    counted = told[PartnerStatisticsUpdated]
    assert len(counted) == 7
    assert sum(event.residents for event in counted) == 85_000
    assert sum(event.workplaces for event in counted) == 750
    assert by_pool(told, "2004-settlement", "harlingen") == {
        "exploitatie": 150 * 3_000,
        "projecten": 22 * 65,
        "licenties": 57_000,
        "glasvezel": 96_000,
        "toetreding": 150 * 300,
    }
    assert by_pool(told, "2004-settlement", "nijefurd")["inkopen"] == 4_250
    assert by_pool(told, "2004-settlement", "bolsward")["glasvezel"] == 60_000
    settled = completed(told, "2004-settlement")
    hours = sum(event.minutes for event in told[TimeLogged]) / Decimal(60)
    assert settled.borne == 20_000 - hours * 65 + 300_000 * 5 / Decimal(100)
    assert settled.charged == sum(totals(told, "2004-settlement").values())
    (quote,) = told[EntryQuoted]
    assert quote.total == 40_000 + 450 * 300 + 24_000


async def test_equalit_has_a_price_per_workplace(played_past: PlayedPast) -> None:
    told = await played_past("equalit")
    counted = told[PartnerStatisticsUpdated]
    assert len(counted) == 7
    assert sum(event.residents for event in counted) == 155_756
    assert sum(event.workplaces for event in counted) == 1_500
    for event in counted:
        paid = by_pool(told, "2006-settlement", event.partner)
        assert paid["werkplekken"] == event.workplaces * 1_800
    (quote,) = told[EntryQuoted]
    assert by_pool(told, "2006-settlement", "deelnemer-7")["toetreding"] == quote.total
    assert by_pool(told, "2006-settlement", "deelnemer-3")["inkopen"] == 3_180


async def test_clients_of_hoorn_pay_a_fixed_price(played_past: PlayedPast) -> None:
    told = await played_past("hoorn")
    assert set(totals(told, "2007-settlement")) == {
        "enkhuizen",
        "niedorp",
        "landsmeer",
        "medemblik",
        "waterland",
    }
    settled = completed(told, "2007-settlement")
    assert settled.charged / settled.cost == Decimal("0.25")
    assert settled.borne == settled.cost - settled.charged
    for event in told[CostsAllocated]:
        if event.run == "2007-settlement":
            assert abs(event.due) <= Decimal("0.04")


async def test_barneveld_invoices_hours_each_quarter(played_past: PlayedPast) -> None:
    told = await played_past("vallei")
    hours = {"2006-q1": 46, "2006-q2": Decimal("38.5"), "2006-q3": 22, "2006-q4": 51}
    invoices = {
        (event.run, event.partner): event.total
        for event in told[InvoiceIssued]
        if event.partner == "woudenberg"
    }
    assert invoices == {(run, "woudenberg"): count * 58 for run, count in hours.items()}
    nijkerk = sum(event.total for event in told[InvoiceIssued] if event.partner == "nijkerk")
    assert nijkerk == Decimal("0.4") * 62_000
    assert not told[YearSettled]


async def test_sassenheim_is_paid_for_half_a_post_and_extra_work(played_past: PlayedPast) -> None:
    told = await played_past("bollenstreek")
    assert by_pool(told, "2005-settlement", "isd-bollenstreek") == {
        "beheer": 30_000 + 31 * 55,
        "databaselicentie": 4_800,
        "servers": 4_500,
    }
    (leaving,) = told[ExitQuoted]
    assert [line.what for line in leaving.lines] == [
        "friction",
        "wind-down",
        "wind-down",
        "taken-over",
    ]
    (indicator,) = told[IndicatorSet]
    assert indicator.value == Decimal("35.49")


async def test_who_deviates_in_zuidwest_fryslan_pays_for_it(played_past: PlayedPast) -> None:
    told = await played_past("zuidwest-fryslan")
    assert by_pool(told, "2008-settlement", "sociale-dienst") == {"ict": 185_000}
    assert by_pool(told, "2008-settlement", "littenseradiel") == {
        "uitvoering": 224_000,
        "meerkosten": 8_960,
    }
    assert by_pool(told, "2008-settlement", "bolsward") == {"uitvoering": 198_000}
    assert completed(told, "2008-settlement").borne == 191_000 - 185_000 - 8_960


async def test_soest_bears_the_upkeep_that_nobody_funded(played_past: PlayedPast) -> None:
    told = await played_past("bbs")
    settled = completed(told, "2007-settlement")
    assert (settled.cost - settled.charged, settled.borne) == (50_000, 50_000)
    assert totals(told, "2007-settlement") == {"sociale-dienst-bbs": 400_000}


async def test_three_join_noardwest_fryslan_in_2005(played_past: PlayedPast) -> None:
    told = await played_past("noardwest-fryslan")
    assert len(totals(told, "2004-settlement")) == 5
    paid = totals(told, "2005-settlement")
    assert len(paid) == 8
    assert sum(paid.values()) == 5_400_000 + 90_000
    residents = {e.partner: e.residents for e in told[PartnerStatisticsUpdated] if e.year == 2005}
    assert sum(residents.values()) == 90_000
    assert paid["gemeente-1"] == residents["gemeente-1"] * (60 + 1)
