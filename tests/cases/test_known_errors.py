"""Known errors of a case: logged first, then known, and of partners and items that are there."""

from typing import Any

import pytest

from bodemplaat.cases.consistency import inconsistencies
from bodemplaat.cases.model import Case, Problems
from bodemplaat.cases.orders import FromReply, ticket_orders

KNOWN: dict[str, Any] = {
    "name": "scherm",
    "partner": "zevenaar",
    "item": "ICT-WP-01",
    "title": "Schermen vallen uit",
    "root_cause": "Stuurprogramma",
    "summary": "Scherm blijft zwart",
    "workaround": "Kabel opnieuw aansluiten",
    "on": "2026-01-14",
    "known_on": "2026-01-16",
    "basis": "chosen",
}


def with_problem(case: Case, **changes: Any) -> Case:
    problems = Problems.model_validate({"problems": [{**KNOWN, **changes}]}, strict=False)
    return case.model_copy(update={"problems": problems})


def test_a_problem_is_logged_and_then_known_by_the_number_that_it_got(case: Case) -> None:
    orders = [each for each in ticket_orders(with_problem(case)) if "problem/" in each.key]
    assert [order.command for order in orders] == [
        "open-ticket",
        "record-root-cause",
        "record-known-error",
    ]
    opening, *others = orders
    assert opening.body["kind"] == "problem"
    assert opening.body["title"] == "Schermen vallen uit (gekozen)"
    for order in others:
        assert order.body["ticket"] == FromReply(opening.key, ("ticket",))
        assert order.now > opening.now


@pytest.mark.parametrize("wrong", [{"partner": "elders"}, {"item": "ICT-XX-99"}])
def test_it_is_of_a_partner_and_an_item_that_are_there(case: Case, wrong: dict[str, str]) -> None:
    [found] = inconsistencies(with_problem(case, **wrong))
    assert next(iter(wrong.values())) in str(found)


def test_without_a_known_cause_none_is_told(case: Case) -> None:
    orders = ticket_orders(with_problem(case, root_cause=None, item=None))
    assert "record-root-cause" not in [order.command for order in orders]
