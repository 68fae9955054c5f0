"""What lists keep in their address, the steps of a board, and what is chosen for an action."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from contracts.tickets import Status
from services.gateway.portal.desk import bulk, queue, search
from services.gateway.portal.desk.bulk import ACTIONS, Pick
from services.gateway.portal.desk.steps import COLUMNS, STEPS, column_of, steps_on
from services.gateway.portal.fields import missing
from services.gateway.portal.filters import FILTERS, VIEWS, asked, read
from services.gateway.portal.moves import move_named
from services.projection.views.params import TicketsParams

PARTNERS = ("zevenaar", "1stroom")
NAMES = sorted(FILTERS)
CARD: dict[str, Any] = {
    "kind": "incident",
    "quality": None,
    "waiting_on": None,
    "tasks": [],
    "change": {},
}


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=300)))
def test_whatever_stands_in_an_address_can_be_asked_for(address: dict[str, str]) -> None:
    TicketsParams(**asked(read(address, NAMES, PARTNERS)))


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=300)))
def test_filters_that_were_read_read_the_same_again(address: dict[str, str]) -> None:
    filters = read(address, NAMES, PARTNERS)
    assert read(filters, NAMES, PARTNERS) == filters


@pytest.mark.parametrize(
    ("address", "params"),
    [
        ({}, {"open": True}),
        ({"status": "all"}, {}),
        ({"status": "waiting"}, {"status": ["waiting"]}),
        ({"beeld": "te-laat", "status": "all"}, {"view": "breached"}),
        ({"partner": "zevenaar", "status": "all"}, {"partner": "zevenaar"}),
        ({"partner": "elsewhere", "status": "all"}, {}),
        ({"product": "ict-wp-01", "status": "all"}, {"item": "ICT-WP-01"}),
        ({"prioriteit": "2", "lijn": "second", "status": "all"}, {"priority": 2, "line": "second"}),
        ({"van": "2026-03-01", "tot": "31 maart", "status": "all"}, {"opened_from": "2026-03-01"}),
    ],
)
def test_an_address_stands_for_a_question(address: dict[str, str], params: dict[str, Any]) -> None:
    assert asked(read(address, {"status", *address}, PARTNERS)) == params


def test_pages_keep_only_filters_that_exist() -> None:
    assert {*queue.FILTERS, *search.FILTERS} <= FILTERS.keys()
    assert next(iter(VIEWS)) == "alles"


# The board


def test_every_open_status_has_a_column_and_what_is_done_has_none() -> None:
    shown = {status for statuses in COLUMNS.values() for status in statuses}
    assert shown == set(get_args(Status)) - {"closed", "cancelled"}
    assert column_of("closed") == ""


@pytest.mark.parametrize("status", get_args(Status))
def test_a_card_is_offered_steps_to_other_columns_only(status: str) -> None:
    for step in steps_on({**CARD, "status": status}):
        assert step.column != column_of(status)


def test_a_step_fills_what_its_move_asks_for() -> None:
    for step in STEPS:
        move = move_named(step.move)
        assert move is not None
        assert missing(move, FormData({"team": "Servicedesk", **step.given})) is None, step.name


# Actions


def test_an_action_is_a_move_whose_form_the_page_can_show() -> None:
    shown = {"team", "line", "waiting_on", "impact_urgency", "reason"}
    moves = [move_named(name) for name in ACTIONS]
    assert all(move and set(move.fields) <= shown for move in moves)


@pytest.mark.parametrize("given", ["", "INC-2026-000001", ":7", "INC-2026-000001:x", ":"])
def test_what_is_no_choice_counts_as_none(given: str) -> None:
    assert Pick.of(given) is None


def test_a_choice_names_the_version_that_was_looked_at() -> None:
    assert Pick.of("INC-2026-000001:7") == Pick("INC-2026-000001", 7)
    assert bulk.MOST <= 100
