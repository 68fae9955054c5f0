"""What a form about a report offers, what its address keeps, and the words for it."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import period
from contracts.reports import REPORTS, ReportName
from services.gateway.language import LANGUAGES, Texts
from services.gateway.portal.reports.wish import Wish, periods

NAMES = sorted(REPORTS)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
WORDS = st.text("abcdefghij-0123456789", max_size=20)


@given(WORDS, WORDS, WORDS, WORDS)
def test_an_address_gives_the_wish_back(partner: str, over: str, on: str, as_of: str) -> None:
    wish = Wish(partner, over, on, as_of)
    assert Wish.read(dict(parse_qsl(wish.query().removeprefix("?")))) == wish


def test_a_period_that_is_written_goes_before_one_that_is_chosen() -> None:
    assert Wish.read({"periode": "2026-Q1", "anders": " 2026-Q2 "}).period == "2026-Q2"


@pytest.mark.parametrize("name", NAMES)
@given(today=DAYS)
def test_a_form_offers_the_usual_period_and_each_once(name: ReportName, today: date) -> None:
    kind = REPORTS[name]
    offered = [str(one) for one in periods(kind, today)]
    assert str(kind.usual_period(today)) in offered
    assert len(offered) == len(set(offered))
    assert {period(one).kind for one in offered} == set(kind.periods)


@pytest.mark.parametrize(
    ("wish", "wrong"),
    [
        (Wish(), set()),
        (Wish(on="2026-02-28", as_of="12"), set()),
        (Wish(on="2026-02-30"), {"dag"}),
        (Wish(on="gisteren", as_of="-1"), {"dag", "stand"}),
        (Wish(as_of="0"), {"stand"}),
        (Wish(as_of="9" * 20), {"stand"}),
    ],
)
def test_what_cannot_be_read_is_told_by_its_field(wish: Wish, wrong: set[str]) -> None:
    assert wish.wrong().keys() == wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_has_its_words(texts: Texts, language: str) -> None:
    for name, kind in REPORTS.items():
        for key in (f"report-{name}", f"report-{name}.about"):
            assert texts.has(language, key), key
        assert texts.has(language, f"reports-period-hint.{kind.periods[0]}")
        if kind.scheduled:
            assert texts.has(language, f"reports-scheduled.{kind.periods[0]}")
