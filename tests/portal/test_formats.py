"""How figures and moments read."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from services.gateway.formats import Formats, as_moment

DUTCH, ENGLISH = Formats("nl"), Formats("en")


def plain(text: str) -> str:
    """With every kind of space as a space."""
    return " ".join(text.split())


def test_moments_are_told_in_dutch_local_time() -> None:
    assert DUTCH.moment("2026-06-05T12:03:00Z") == "vr 5 jun 2026, 14:03"
    assert ENGLISH.moment("2026-12-04T12:03:00Z") == "Fri 4 Dec 2026, 13:03"


def test_the_hour_that_the_clock_is_put_back_is_told_twice() -> None:
    assert DUTCH.moment("2026-10-25T00:30:00Z") == "zo 25 okt 2026, 02:30"
    assert DUTCH.moment("2026-10-25T01:30:00Z") == "zo 25 okt 2026, 02:30"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 min"),
        (59, "0 min"),
        (60, "1 min"),
        (3_600, "1 u"),
        (12_000, "3 u 20 min"),
        (96_480, "26 u 48 min"),
        (4_320_000, "1.200 u"),
    ],
)
def test_durations_are_hours_and_minutes(seconds: int, told: str) -> None:
    assert DUTCH.duration(seconds) == told


def test_figures_follow_the_language() -> None:
    assert DUTCH.percentage("93.4") == "93,4 %"
    assert DUTCH.percentage("90.00") == "90 %"
    assert ENGLISH.percentage("93.4") == "93.4 %"
    assert DUTCH.number(12345) == "12.345"
    assert plain(DUTCH.euro(Decimal("1234.5"))) == "€ 1.234,50"


def test_days_are_business_dates() -> None:
    assert DUTCH.day("2026-06-05") == "vr 5 jun 2026"
    assert DUTCH.weekday("2026-06-05") == "vr 5 jun"
    assert DUTCH.short_day("2026-06-05") == "5 jun"


def test_a_moment_without_offset_is_utc() -> None:
    assert as_moment("2026-06-05T12:00:00") == datetime(2026, 6, 5, 12, tzinfo=UTC)
    assert Formats.machine("2026-06-05T12:00:00Z") == "2026-06-05T14:00:00+02:00"
