"""What finance's pages are made of: the duties of a year, and the geometry of charts."""

from datetime import date

import pytest
from hypothesis import strategies as st

from services.gateway.portal.finance.duties import Duty, Held, duties
from services.gateway.portal.finance.forms import FORMS
from services.gateway.portal.forms import Form

amounts = st.decimals(-(10**9), 10**9, places=2)


def duty(found: list[Duty], name: str, quarter: int | None = None) -> Duty:
    (one,) = [each for each in found if each.name == name and each.quarter == quarter]
    return one


def test_a_year_begins_with_everything_open_in_the_order_of_its_days() -> None:
    found = duties(2027, date(2026, 1, 1), Held())
    assert [each.due for each in found] == sorted(each.due for each in found)
    assert {each.standing for each in found if each.name != "statistics"} == {"open"}
    assert duty(found, "budget").due == date(2026, 9, 15)
    assert duty(found, "advance", 2).due == date(2027, 4, 1)
    assert duty(found, "cash-limit", 4).due == date(2027, 12, 31)
    assert duty(found, "settlement").due == date(2028, 4, 30)


def test_what_is_not_done_in_time_is_overdue() -> None:
    found = duties(2027, date(2027, 4, 2), Held(budgets=1))
    assert duty(found, "budget").standing == "done"
    assert duty(found, "advance", 1).standing == "overdue"
    assert duty(found, "advance", 3).standing == "open"


def test_an_advance_is_done_when_everybody_has_an_invoice() -> None:
    parts = [{"invoice": "F2027-00001"}, {"invoice": None}]
    found = duties(2027, date(2027, 1, 5), Held(runs={"2027-q1": parts}))
    half = duty(found, "advance", 1)
    assert (half.standing, half.note, half.count) == ("overdue", "unbilled", 1)
    assert half.leads == "/financien/doorbelasting/2027-q1"
    whole = duties(2027, date(2027, 1, 5), Held(runs={"2027-q1": parts[:1]}))
    assert duty(whole, "advance", 1).standing == "done"
    assert duty(whole, "advance", 2).leads.endswith("voorschot?year=2027&quarter=2")


def test_register_limit_norm_and_balance_are_done_when_they_are_there() -> None:
    held = Held(
        quarters={1},
        assessed_on={"2027-06-30"},
        interest_risk=True,
        balance=True,
        settled=True,
        runs={"2027-settlement": [{"invoice": "F2028-00001"}]},
    )
    found = duties(2027, date(2028, 6, 1), held)
    for name in ("interest-risk", "balance", "settlement"):
        assert duty(found, name).standing == "done"
    assert duty(found, "cash-limit", 1).standing == "done"
    assert [each.standing for each in found if each.name == "register"] == ["done", "overdue"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_leads_on_and_back_within_finance(form: Form) -> None:
    assert form.path.startswith("/financien/")
    assert form.done.startswith("/financien/")


def test_forms_have_names_and_addresses_of_their_own() -> None:
    assert len({form.name for form in FORMS}) == len({form.path for form in FORMS}) == len(FORMS)
