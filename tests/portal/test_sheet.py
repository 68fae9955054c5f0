"""A sheet of inputs: what is written comes back as it was, and a fault finds its input."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from services.gateway.portal.catalogue_keeping.forms import CALENDAR, CONTENT
from services.gateway.portal.catalogue_keeping.parties import TERMS
from services.gateway.portal.forms import Field, Partners, Rows, Sheet, Years

words = st.text("abcdefg ", min_size=1, max_size=12).map(str.strip).filter(bool)
codes = st.from_regex(r"\A[A-Z]{3}-[0-9]{2}\Z")
amounts = st.decimals(0, 9999, places=2).map(str)
years = st.integers(1990, 2200).map(str)
contents = st.fixed_dictionaries(
    {
        "name": words,
        "domain": st.sampled_from(["ict", "hr"]),
        "tier": st.just("basic"),
        "included": st.lists(words, max_size=3),
        "excluded": st.lists(words, max_size=3),
        "preconditions": st.lists(words, max_size=3),
        "unit": st.just("workplace"),
        "tariffs": st.dictionaries(years, amounts, max_size=4),
        "steps": st.lists(
            st.fixed_dictionaries(
                {"team": words, "what": words, "lead_minutes": st.integers(1, 9999)}
            ),
            max_size=3,
        ),
        "owner": words,
    }
)
terms = st.fixed_dictionaries(
    {
        "items": st.lists(codes, min_size=1, max_size=4),
        "deviating_norms": st.lists(
            st.fixed_dictionaries(
                {
                    "domain": st.just("ict"),
                    "item": st.none() | codes,
                    "kind": st.just("incident"),
                    "priority": st.sampled_from("12345"),
                    "norm": st.fixed_dictionaries(
                        {
                            "response_minutes": st.integers(1, 100),
                            "resolution_minutes": st.integers(1, 100),
                            "calendar": st.none() | st.just("kantoor"),
                            "target_percentage": amounts,
                            "pauses_on_supplier": st.booleans(),
                        }
                    ),
                }
            ),
            max_size=3,
        ),
        "deviating_prices": st.dictionaries(
            codes, st.dictionaries(years, amounts, min_size=1, max_size=3), max_size=3
        ),
        "surcharge_percentage": amounts,
        "notice_months": st.integers(0, 120),
        "reopen_days": st.integers(0, 365),
    }
)


@given(content=contents)
def test_an_item_comes_back_as_it_was_written(content: dict[str, Any]) -> None:
    assert Sheet.of_body(CONTENT, {"content": content}).body() == {"content": content}


@given(body=terms)
def test_terms_come_back_as_they_were_written(body: dict[str, Any]) -> None:
    assert Sheet.of_body(TERMS, body).body() == body


@given(body=terms)
def test_what_is_posted_is_what_was_shown(body: dict[str, Any]) -> None:
    shown = Sheet.of_body(TERMS, body)
    posted = FormData([*shown.given.items(), ("csrf", "x"), ("items2", "y")])
    assert Sheet.of_form(TERMS, posted).body() == body


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("decimal", "1.250,50", "1250.50"),
        ("decimal", "1250.50", "1250.50"),
        ("decimal", "veel", "veel"),
        ("number", "12", 12),
        ("number", "twaalf", "twaalf"),
        ("number", "", None),
        ("text", "  ", None),
        ("check", "ja", True),
        ("check", "", False),
        ("lines", "a\r\n\n b ", ["a", "b"]),
    ],
)
def test_a_text_becomes_a_value_or_stays_for_the_service_to_refuse(
    kind: Any, text: str, value: object
) -> None:
    assert Field("x", kind).read({"x": text}, "x") == value


def test_what_was_left_empty_is_left_out_and_a_nullable_choice_is_null() -> None:
    assert Sheet(CALENDAR).body() == {
        "hours": [],
        "public_holidays": False,
        "liberation_day_yearly": False,
        "closing_days": [],
    }
    (calendar,) = (Field("norm.calendar", "choice", nullable=True),)
    assert Sheet((calendar,)).body() == {"norm": {"calendar": None}}


STEPS = Rows("steps", (Field("team"), Field("what")))
PRICES = Rows("prices", (Field("item"), Field("year"), Field("price")), keyed=True)
PARTS = (Field("name"), Years("tariffs"), STEPS, PRICES)
SHEET = Sheet(
    PARTS,
    {
        "tariffs.2026": "x",
        "steps.0.team": "",
        "steps.2.team": "Net",
        "prices.0.item": "",
        "prices.3.item": "ICT-01",
        "prices.3.year": "2026",
        "prices.3.price": "-1",
    },
)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("name", "name"),
        ("tariffs.2026", "tariffs.2026"),
        ("tariffs.2030", "tariffs"),
        ("steps", "steps"),
        ("steps.0.what", "steps.2.what"),
        ("prices.ICT-01.2026", "prices.3.price"),
        ("item", None),
        (None, None),
    ],
)
def test_a_fault_finds_the_input_that_it_is_about(path: str | None, place: str | None) -> None:
    assert SHEET.located(path) == place


def test_there_are_always_rows_and_years_to_spare() -> None:
    assert STEPS.numbers(SHEET.given) == [2, 3, 4]
    assert STEPS.numbers({}) == [0, 1]
    assert Years("tariffs").years({"tariffs.2020": "1"}, 2026) == [2020, 2026, 2027, 2028]


def test_one_key_groups_and_partners_come_back_as_they_were_written() -> None:
    parts = (
        Rows("redemptions", (Field("year"), Field("amount")), keyed=True),
        Rows("themes", (Field("theme"), Field("year"), Field("costs")), grouped=True),
        Partners("prices"),
    )
    body = {
        "redemptions": {"2026": "100", "2027": "50"},
        "themes": {
            "inkoop": [{"year": "2026", "costs": "1"}, {"year": "2027", "costs": "2"}],
            "ict": [{"year": "2026", "costs": "3"}],
        },
        "prices": {"alfa": "12.50"},
    }
    sheet = Sheet.of_body(parts, body)
    assert sheet.body() == body
    assert sheet.located("redemptions.2027") == "redemptions.1.amount"
    assert sheet.located("themes.inkoop.1.costs") == "themes.1.costs"
    assert sheet.located("themes.ict.0") == "themes"
    assert sheet.located("prices.alfa") == "prices.alfa"


def test_a_fault_is_told_with_the_label_and_the_row_of_its_input() -> None:
    assert SHEET.named("name") == ("name", "")
    assert SHEET.named("tariffs.2026") == ("tariffs", "2026")
    assert SHEET.named("steps.2.what") == ("what", "1")
    assert SHEET.named("prices") == ("prices", "")
