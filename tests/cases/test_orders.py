"""The commands that set a case up are those that the services take, each at its own moment."""

from typing import Any

import orjson
import pytest

from bodemplaat.cases.loader import load, names
from bodemplaat.cases.model import Case
from bodemplaat.cases.orders import MARK, FromReply, Order, finance_orders, phases, ticket_orders
from chassis.definition import Definition
from chassis.dispatch import parse
from services.catalog.service import definition as catalog
from services.finance.service import definition as finance
from services.tickets.service import definition as tickets

SERVICES: dict[str, Definition[Any]] = {"catalog": catalog, "tickets": tickets, "finance": finance}
REPLIES = {"window": "MNT-2022-000001", "ticket": "REQ-2022-000001"}


def orders(case: Case) -> list[Order]:
    told = [order for phase in phases(case) for order in phase]
    return [*told, *ticket_orders(case), *finance_orders(case)]


def body(order: Order) -> bytes:
    """As it is sent, with the usual replies to earlier orders."""
    return orjson.dumps(
        {
            name: REPLIES[name] if isinstance(value, FromReply) else value
            for name, value in order.body.items()
        }
    )


@pytest.mark.parametrize("name", names())
def test_each_service_understands_every_order(name: str) -> None:
    for order in orders(load(name)):
        parse(SERVICES[order.service].commands[order.command].command, body(order))


@pytest.mark.parametrize("name", names())
def test_an_order_has_an_id_of_its_own_that_never_changes(name: str) -> None:
    case = load(name)
    ids = [order.command_id for order in orders(case)]
    assert len(set(ids)) == len(ids)
    assert ids == [order.command_id for order in orders(case)]


@pytest.mark.parametrize("name", names())
def test_what_a_service_is_told_comes_in_the_order_of_its_days(name: str) -> None:
    case = load(name)
    for told in (ticket_orders(case), finance_orders(case)):
        moments = [order.now for order in told]
        assert moments == sorted(moments)
        assert all(moment >= case.set_up_at for moment in moments)


@pytest.mark.parametrize("name", names())
def test_an_amount_that_was_chosen_says_so_where_people_read_it(name: str) -> None:
    for order in finance_orders(load(name)):
        if order.command == "book-cost":
            assert (MARK in order.body["description"]) == (order.basis == "chosen")
        if order.command == "set-reserve":
            assert (MARK in order.body["name"]) == (order.basis == "chosen")


def test_business_moments_do_not_depend_on_when_it_is_played(case: Case) -> None:
    moments = {order.now for phase in phases(case) for order in phase}
    assert min(moments) == case.set_up_at
    assert max(moments).year == 2026
