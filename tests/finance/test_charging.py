"""Every method of charging, mixed, with partners that join, leave and deviate."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.finance.charging import (
    FixedKey,
    FixedPrice,
    FundedStaff,
    HourlyRate,
    Licences,
    Line,
    Method,
    OutOfCatalogueHours,
    Participation,
    PerResident,
    PerWorkplace,
    Source,
    Surcharge,
)
from services.finance import errors
from services.finance.domain.charging.allocation import charge
from services.finance.domain.charging.facts import (
    Count,
    DatedMethod,
    Facts,
    Hours,
    Member,
    Pool,
)
from services.finance.domain.periods import quarter_of, year_of

YEAR = year_of(2026)
NEW_YEAR = date(2026, 1, 1)
PARTNERS = ("zevenaar", "1stroom", "rsd")


def source(aggregate: str, version: int = 1) -> Source:
    return Source(aggregate=aggregate, first_version=version, last_version=version)


def pool(amount: str, *methods: Method | tuple[date, Method], **other: Any) -> Pool:
    dated = [entry if isinstance(entry, tuple) else (NEW_YEAR, entry) for entry in methods]
    usual: dict[str, Any] = {"code": "ict", "sources": (source("pool/2026/ict"),)}
    return Pool(
        amount=Decimal(amount),
        methods=[
            DatedMethod(since, method, source("method/ict", number))
            for number, (since, method) in enumerate(dated, start=1)
        ],
        **usual | other,
    )


def facts(*members: Member, **other: Any) -> Facts:
    present = members or tuple(Member(partner, date(2020, 1, 1)) for partner in PARTNERS)
    counts = {
        (member.partner, driver): Count(
            Decimal(number * scale), source(f"partner/{member.partner}")
        )
        for number, member in enumerate(present, start=1)
        for driver, scale in (("workplaces", 100), ("residents", 7000), ("users", 90))
    }
    return Facts(members=present, **{"counts": counts} | other)


def paid(lines: tuple[Line, ...]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = defaultdict(lambda: Decimal(0))
    for line in lines:
        totals[line.partner] += line.amount
    return dict(totals)


def hours(partner: str, on: date, number: str, **other: Any) -> Hours:
    usual: dict[str, Any] = {
        "team": "beheer",
        "kind": "hours",
        "source": source(f"hours/{partner}"),
    }
    return Hours(partner=partner, on=on, hours=Decimal(number), **usual | other)


def test_de_liemers_divides_its_programme_by_the_key() -> None:
    key = FixedKey(shares={"zevenaar": Decimal(52), "1stroom": Decimal(48)})
    lines = charge([pool("410000.00", key)], YEAR, facts())
    assert paid(lines) == {"zevenaar": Decimal("213200.00"), "1stroom": Decimal("196800.00")}


def test_the_key_of_the_partners_statistics_serves_without_shares() -> None:
    keys = {
        ("zevenaar", "key"): Count(Decimal(52), source("partner/zevenaar", 3)),
        ("1stroom", "key"): Count(Decimal(48), source("partner/1stroom", 2)),
    }
    two = (Member("zevenaar", NEW_YEAR), Member("1stroom", NEW_YEAR))
    (first, second) = charge([pool("410000.00", FixedKey())], YEAR, facts(*two, counts=keys))
    assert (first.amount, second.amount) == (Decimal("213200.00"), Decimal("196800.00"))
    assert source("partner/zevenaar", 3) in first.sources


def test_a_line_tells_how_it_came_about() -> None:
    line = charge([pool("600.00", PerWorkplace())], YEAR, facts())[1]
    assert line == Line(
        partner="1stroom",
        pool="ict",
        method="per-workplace",
        first=YEAR.first,
        last=YEAR.last,
        amount=Decimal("200.00"),
        of_amount=Decimal("600.00"),
        driver="workplaces",
        count=Decimal(200),
        of_count=Decimal(600),
        days=365,
        of_days=365,
        sources=(source("pool/2026/ict"), source("method/ict"), source("partner/1stroom")),
    )


def test_who_leaves_halfway_pays_for_its_own_days() -> None:
    stays = Member("zevenaar", NEW_YEAR)
    leaves = Member("1stroom", NEW_YEAR, leaves_on=date(2026, 6, 30))
    lines = charge([pool("365000.00", PerResident())], YEAR, facts(stays, leaves))
    assert paid(lines) == {
        "zevenaar": Decimal("60333.33") + Decimal("184000.00"),
        "1stroom": Decimal("120666.67"),
    }


def test_who_joins_later_pays_from_then_on() -> None:
    joins = Member("1stroom", date(2026, 10, 1))
    lines = charge([pool("365.00", PerResident())], YEAR, facts(Member("a", NEW_YEAR), joins))
    assert all(line.first >= joins.joined_on for line in lines if line.partner == "1stroom")
    assert sum(line.amount for line in lines) == Decimal("365.00")


def test_another_method_holds_from_its_day() -> None:
    changed = pool("365.00", PerWorkplace(), (date(2026, 7, 1), PerResident()))
    lines = charge([changed], YEAR, facts())
    methods = {(line.method, line.first) for line in lines}
    assert methods == {("per-workplace", NEW_YEAR), ("per-resident", date(2026, 7, 1))}


def test_a_fixed_price_does_not_follow_the_cost() -> None:
    price = FixedPrice(prices={"zevenaar": Decimal("12000.00")})
    for cost in ("0.00", "99999.99"):
        lines = charge([pool(cost, price)], YEAR, facts())
        assert paid(lines) == {"zevenaar": Decimal("12000.00")}


def test_the_quarters_of_a_fixed_price_add_up() -> None:
    price = FixedPrice(prices={"zevenaar": Decimal("10000.01")})
    quarters = [charge([pool("0.00", price)], quarter_of(2026, q), facts()) for q in (1, 2, 3, 4)]
    assert sum(line.amount for lines in quarters for line in lines) == Decimal("10000.01")


def test_hours_are_paid_at_the_rate_in_the_period_of_working() -> None:
    logged = [hours("zevenaar", date(2026, 2, 1), "7.50"), hours("zevenaar", date(2026, 4, 1), "1")]
    by_hour = pool("0.00", HourlyRate(rate=Decimal("80.00")))
    lines = charge([by_hour], quarter_of(2026, 1), facts(hours=logged))
    assert [(line.partner, line.count, line.amount) for line in lines] == [
        ("zevenaar", Decimal("7.50"), Decimal("600.00"))
    ]


def test_funded_staff_and_the_extra_work_afterwards() -> None:
    funded = FundedStaff(
        fte={"zevenaar": Decimal("0.5")}, price=Decimal("90000.00"), rate=Decimal("75.00")
    )
    logged = [hours("zevenaar", date(2026, 5, 1), "10")]
    lines = charge([pool("0.00", funded)], YEAR, facts(hours=logged))
    assert [line.amount for line in lines] == [Decimal("45000.00"), Decimal("750.00")]


def test_licences_go_by_users_less_a_discount() -> None:
    lines = charge([pool("1000.00", Licences(discount=Decimal(10)))], YEAR, facts())
    assert [line.amount for line in lines] == [Decimal(150), Decimal(300), Decimal(450)]


def test_an_investment_is_paid_by_those_who_take_part() -> None:
    shares = {"zevenaar": Decimal(75), "rsd": Decimal(25)}
    lines = charge([pool("1000.00", Participation(shares=shares))], YEAR, facts())
    assert paid(lines) == {"zevenaar": Decimal(750), "rsd": Decimal(250)}


def test_who_deviates_pays_a_surcharge_on_its_other_lines() -> None:
    surcharge = Surcharge(over=("ict",), percentages={"rsd": Decimal(10)})
    pools = [pool("600.00", PerWorkplace()), pool("0.00", surcharge, code="deviating")]
    *_, line = charge(pools, YEAR, facts())
    assert (line.partner, line.pool, line.amount) == ("rsd", "deviating", Decimal("30.00"))


def test_the_agreement_says_the_surcharge_where_the_method_does_not() -> None:
    agreed = {"zevenaar": Count(Decimal(5), source("agreement/DVO-1"))}
    pools = [pool("600.00", PerWorkplace()), pool("0.00", Surcharge(over=("ict",)), code="extra")]
    *_, line = charge(pools, YEAR, facts(surcharges=agreed))
    assert (line.partner, line.amount) == ("zevenaar", Decimal("5.00"))
    assert source("agreement/DVO-1") in line.sources


def test_out_of_catalogue_work_is_paid_at_its_own_rate() -> None:
    logged = [hours("rsd", date(2026, 3, 1), "4", kind="out-of-catalogue-hours")]
    method = OutOfCatalogueHours(rates={"rsd": Decimal("110.00")})
    (line,) = charge([pool("0.00", method)], YEAR, facts(hours=logged))
    assert (line.driver, line.amount) == ("out-of-catalogue-hours", Decimal("440.00"))


def test_direct_cost_is_paid_by_the_partner_it_was_booked_on() -> None:
    mixed = pool("600.00", PerWorkplace(), direct={"rsd": Decimal("50.00")})
    lines = charge([mixed], YEAR, facts())
    assert paid(lines)["rsd"] == Decimal("350.00")
    assert lines[0].method == "direct"


def test_a_missing_count_is_refused() -> None:
    with pytest.raises(errors.DriverCountMissing) as refusal:
        charge([pool("1.00", PerResident())], YEAR, facts(counts={}))
    assert refusal.value.params == {"partner": "zevenaar", "driver": "residents", "year": 2026}


def test_cost_without_a_method_is_refused() -> None:
    with pytest.raises(errors.MethodMissing):
        charge([pool("1.00", (date(2026, 2, 1), PerResident()))], YEAR, facts())


def test_cost_that_nobody_takes_part_in_is_refused() -> None:
    away = Participation(shares={"elsewhere": Decimal(100)})
    with pytest.raises(errors.NobodyToCharge):
        charge([pool("1.00", away)], YEAR, facts())


def test_hours_without_a_rate_are_refused() -> None:
    logged = [hours("rsd", date(2026, 3, 1), "4", kind="out-of-catalogue-hours")]
    method = OutOfCatalogueHours(rates={"zevenaar": Decimal("110.00")})
    with pytest.raises(errors.RateMissing):
        charge([pool("0.00", method)], YEAR, facts(hours=logged))


def test_a_surcharge_over_a_surcharge_is_refused() -> None:
    pools = [
        pool("600.00", PerWorkplace()),
        pool("0.00", Surcharge(over=("ict",), percentages={"rsd": Decimal(10)}), code="one"),
        pool("0.00", Surcharge(over=("one",), percentages={"rsd": Decimal(10)}), code="two"),
    ]
    with pytest.raises(errors.SurchargeOverSurcharge):
        charge(pools, YEAR, facts())


def test_hours_that_two_pools_claim_are_refused() -> None:
    logged = [hours("rsd", date(2026, 3, 1), "4")]
    rate = HourlyRate(rate=Decimal(80))
    pools = [pool("0.00", rate), pool("0.00", rate, code="hr")]
    with pytest.raises(errors.HoursChargedTwice):
        charge(pools, YEAR, facts(hours=logged))


def test_each_pool_charges_the_hours_of_its_own_teams() -> None:
    logged = [
        hours("rsd", date(2026, 3, 1), "4"),
        hours("rsd", date(2026, 3, 1), "2", team="netwerk"),
    ]
    one, other = (HourlyRate(rate=Decimal(80), teams=(team,)) for team in ("beheer", "netwerk"))
    lines = charge([pool("0.00", one), pool("0.00", other, code="hr")], YEAR, facts(hours=logged))
    assert [(line.pool, line.amount) for line in lines] == [("ict", 320), ("hr", 160)]
