"""Any mix of methods, keys and partners that join or leave within the year adds up."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contracts.finance.charging import (
    FixedKey,
    FixedPrice,
    FundedStaff,
    Method,
    Participation,
    PerResident,
    PerWorkplace,
    Source,
)
from services.finance.domain.charging.allocation import charge
from services.finance.domain.charging.facts import Count, DatedMethod, Facts, Member, Pool
from services.finance.domain.money import cents
from services.finance.domain.periods import Period, part_of_year, year_of

YEAR = year_of(2026)
NEW_YEAR = date(2026, 1, 1)
PARTNERS = ("zevenaar", "1stroom", "rsd")


def source(aggregate: str) -> Source:
    return Source(aggregate=aggregate, first_version=1, last_version=1)


def facts(members: tuple[Member, ...]) -> Facts:
    counts = {
        (member.partner, driver): Count(Decimal(number * scale), source("partner"))
        for number, member in enumerate(members, start=1)
        for driver, scale in (("workplaces", 100), ("residents", 7000))
    }
    return Facts(members=members, counts=counts)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
amounts = st.decimals("-999999.99", "999999.99", places=2)
dividing = st.sampled_from(
    [
        PerWorkplace(),
        PerResident(),
        FixedKey(shares=dict(zip(PARTNERS, map(Decimal, (50, 30, 20)), strict=True))),
        Participation(shares={"zevenaar": Decimal(60), "rsd": Decimal(40)}),
    ]
)
pricing = st.sampled_from(
    [
        FixedPrice(prices={"rsd": Decimal("999.99")}),
        FundedStaff(fte={"rsd": Decimal("1.5")}, price=Decimal("70000.01"), rate=Decimal(70)),
    ]
)


@st.composite
def members(draw: st.DrawFn) -> tuple[Member, ...]:
    """One partner is always there; others come and go."""
    others = [
        Member(partner, draw(days), draw(st.none() | st.dates(date(2027, 1, 1))))
        if draw(st.booleans())
        else Member(partner, date(2020, 1, 1), draw(days))
        for partner in PARTNERS[1:]
    ]
    return Member("zevenaar", date(2020, 1, 1)), *others


@st.composite
def pools(draw: st.DrawFn, methods: st.SearchStrategy[Method]) -> Pool:
    later = draw(st.lists(st.tuples(days, methods), max_size=2, unique_by=lambda entry: entry[0]))
    direct = draw(st.dictionaries(st.sampled_from(PARTNERS), amounts))
    dated = [(NEW_YEAR, draw(methods)), *(entry for entry in later if entry[0] > NEW_YEAR)]
    return Pool(
        code=draw(st.sampled_from(["ict", "hr", "inkoop"])),
        amount=draw(amounts),
        methods=[DatedMethod(since, method, source("method/ict")) for since, method in dated],
        direct=direct,
        sources=(source("pool/2026-ict"),),
    )


@given(st.lists(pools(dividing), max_size=4), members())
def test_what_is_divided_lands_with_the_partners_to_the_cent(
    mixed: list[Pool], present: tuple[Member, ...]
) -> None:
    lines = charge(mixed, YEAR, facts(present))
    cost = sum((each.amount + sum(each.direct.values()) for each in mixed), Decimal(0))
    assert sum((line.amount for line in lines), Decimal(0)) == cost


@given(st.lists(pools(dividing | pricing), max_size=4), members())
def test_every_amount_follows_from_what_its_line_tells(
    mixed: list[Pool], present: tuple[Member, ...]
) -> None:
    for line in charge(mixed, YEAR, facts(present)):
        if line.of_amount is not None and line.count is not None and line.of_count:
            exact = line.of_amount * line.count / line.of_count
            assert abs(line.amount - exact) < Decimal("0.01")
        elif line.price is not None and line.count is not None:
            stretch = Period(line.first, line.last)
            assert line.amount == part_of_year(cents(line.price * line.count), stretch)
        else:
            assert line.method == "direct"
        assert line.sources


@given(st.lists(pools(dividing | pricing), max_size=4), members())
def test_nobody_pays_for_days_before_joining_or_after_leaving(
    mixed: list[Pool], present: tuple[Member, ...]
) -> None:
    by_name = {member.partner: member for member in present}
    for line in charge(mixed, YEAR, facts(present)):
        if line.method != "direct":
            assert by_name[line.partner].present(Period(line.first, line.last)) is not None
            assert line.first >= by_name[line.partner].joined_on
