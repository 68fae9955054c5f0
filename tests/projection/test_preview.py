"""What a revision costs whom: compared with counting every day of the year."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projection.catalogue_rows import Agreement, Partner
from services.projection.views.history import changes
from services.projection.views.preview import Revision, affected, stretches_of, units

ITEM = "ICT-WP-01"
CONTENT: dict[str, Any] = {
    "name": "Werkplek",
    "description": "",
    "domain": "ict",
    "tier": "basic",
    "included": ["Laptop"],
    "excluded": [],
    "preconditions": [],
    "unit": "workplace",
    "tariffs": {"2026": "1000.00", "2027": "1000.00"},
    "steps": [],
    "owner": "ICT",
}
DEARER = CONTENT | {"tariffs": {"2026": "1100.00", "2027": "1200.00"}}
COUNTS = {"residents": 1000, "workplaces": 10, "key_percentage": None}
DEVIATION = {"item": ITEM, "domain": "ict", "kind": "incident", "priority": 1, "norm": {}}


def partner(slug: str = "zevenaar", *years: int) -> Partner:
    statistics = [{"year": year, **COUNTS} for year in years or (2026, 2027)]
    joined = date(2020, 1, 1)
    return Partner(
        f"partner/{slug}", 1, slug, slug.title(), "municipality", "0" * 20, joined, None, "x",
        statistics,
    )  # fmt: skip


def terms(items: tuple[str, ...] = (ITEM,), **other: Any) -> dict[str, Any]:
    usual = {"deviating_norms": [], "deviating_prices": {}, "surcharge_percentage": "0"}
    return {"items": list(items), **usual, **other}


def agreement(*versions: tuple[str, dict[str, Any]], **other: Any) -> Agreement:
    told = [{"valid_from": since, "terms": held} for since, held in versions]
    usual = {"agreement": "DVO-1", "partner": "zevenaar", "ends_on": None, "ended": False}
    return Agreement("agreement/DVO-1", 1, versions=told, **usual | other)


def revision(since: str = "2026-01-01", after: dict[str, Any] = DEARER) -> Revision:
    return Revision(ITEM, date.fromisoformat(since), CONTENT, after)


def differences(revised: Revision, *held: Agreement, of: Partner | None = None) -> dict[int, Any]:
    (told,) = affected(revised, [of or partner()], held)
    return {year["year"]: year["difference"] for year in told["years"]}


def test_a_whole_year_costs_the_difference_times_the_count() -> None:
    held = agreement(("2020-01-01", terms()))
    assert differences(revision(), held) == {2026: "1000.00", 2027: "2000.00"}


def test_part_of_a_year_costs_its_days() -> None:
    held = agreement(("2020-01-01", terms()), ends_on=date(2027, 1, 1))
    assert differences(revision("2026-12-31"), held) == {2026: "2.74", 2027: "5.48"}


def test_a_price_that_was_agreed_does_not_change() -> None:
    held = agreement(("2020-01-01", terms(deviating_prices={ITEM: {"2026": "950.00"}})))
    (told,) = affected(revision(), [partner()], [held])
    first, second = told["years"]
    assert (first["before"], first["after"], first["difference"]) == ("950.00", "950.00", "0.00")
    assert (first["fixed_by_agreement"], second["fixed_by_agreement"]) == (True, False)


def test_who_deviates_pays_the_surcharge_over_the_difference_too() -> None:
    deviating = terms(deviating_norms=[DEVIATION], surcharge_percentage="5")
    held = agreement(("2020-01-01", deviating))
    assert differences(revision(), held) == {2026: "1050.00", 2027: "2100.00"}


def test_a_surcharge_is_for_items_with_norms_of_their_own() -> None:
    elsewhere = DEVIATION | {"item": "ICT-TB-02"}
    held = agreement(("2020-01-01", terms(deviating_norms=[elsewhere], surcharge_percentage="5")))
    assert differences(revision(), held)[2026] == "1000.00"


def test_only_partners_whose_agreement_has_the_item_are_named() -> None:
    without = agreement(("2020-01-01", terms(("ICT-TB-02",))))
    over = agreement(("2020-01-01", terms()), ends_on=date(2025, 12, 31))
    dropped = agreement(("2020-01-01", terms()), ("2026-01-01", terms(("ICT-TB-02",))))
    for held in (without, over, dropped):
        assert affected(revision(), [partner()], [held]) == []


def test_years_without_a_tariff_or_count_have_no_difference() -> None:
    held = agreement(("2020-01-01", terms()))
    later = revision(after=CONTENT | {"tariffs": {"2026": "1.00", "2028": "2.00"}})
    assert differences(later, held) == {2026: "-9990.00", 2027: None, 2028: None}
    assert differences(revision(), held, of=partner("zevenaar", 2028))[2026] is None
    by_the_hour = revision(after=DEARER | {"unit": "hour"})
    assert differences(by_the_hour, held) == {2026: None, 2027: None}


@pytest.mark.parametrize(
    ("unit", "year", "counted"),
    [
        ("workplace", 2026, (10, 2026)),
        ("resident", 2029, (1000, 2027)),
        ("resident", 2025, (None, None)),
        ("fixed", 2025, (1, None)),
        ("piece", 2026, (None, None)),
    ],
)
def test_units_are_those_of_the_year_or_the_last_before(
    unit: str, year: int, counted: tuple[int | None, int | None]
) -> None:
    assert units(unit, partner().statistics, year) == counted


def test_fields_that_differ_are_told_with_both_readings() -> None:
    assert changes(CONTENT, CONTENT) == []
    assert changes(CONTENT, CONTENT | {"included": []}) == [
        {"field": "included", "before": ["Laptop"], "after": []}
    ]


days = st.integers(0, 729).map(lambda offset: date(2026, 1, 1) + timedelta(days=offset))


@given(
    since=days,
    starts=st.lists(days, min_size=1, max_size=3, unique=True).map(sorted),
    ends=st.none() | days,
    taken=st.lists(st.booleans(), min_size=3, max_size=3),
    rates=st.lists(st.sampled_from(["0", "5", "12.5"]), min_size=3, max_size=3),
)
def test_a_difference_is_the_sum_of_its_days(
    since: date, starts: list[date], ends: date | None, taken: list[bool], rates: list[str]
) -> None:
    versions = [
        (
            start.isoformat(),
            terms(
                (ITEM,) if has else ("ICT-TB-02",),
                deviating_norms=[DEVIATION],
                surcharge_percentage=rate,
            ),
        )
        for start, has, rate in zip(starts, taken, rates, strict=False)
    ]
    held = agreement(*versions, ends_on=ends)
    revised = revision(since.isoformat())
    told = {
        year["year"]: Decimal(year["difference"])
        for each in affected(revised, [partner()], [held])
        for year in each["years"]
    }
    for year, step in ((2026, 100), (2027, 200)):
        expected = sum(
            (_of_a_day(date(year, 1, 1) + timedelta(days=n), versions, ends, since, step))
            for n in range(365)
        )
        assert abs(told.get(year, Decimal(0)) - expected * 10 / 365) <= Decimal("0.01")


def _of_a_day(day: date, versions: list[Any], ends: date | None, since: date, step: int) -> Decimal:
    """The simplest reading: whatever the terms of that very day say."""
    held = [each for start, each in versions if start <= day.isoformat()]
    if day < since or not held or (ends is not None and day > ends):
        return Decimal(0)
    if ITEM not in held[-1]["items"]:
        return Decimal(0)
    return step * (100 + Decimal(held[-1]["surcharge_percentage"])) / 100


def test_terms_hold_until_the_next() -> None:
    held = agreement(("2026-01-01", terms()), ("2026-07-01", terms()), ends_on=date(2026, 12, 31))
    found = [(each.first, each.last) for each in stretches_of(ITEM, [held])]
    assert found == [
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 12, 31)),
    ]
