"""A twentieth of the HR year of SSC Ons: the published figures stand in the read models."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from nats.aio.client import Client as Connection

from bodemplaat.cases.model import Case, Volumes
from bodemplaat.cases.player import set_up
from bodemplaat.cases.telling import until_heard
from bodemplaat.cases.yearly import yearly
from bodemplaat.imports.sending import send
from bodemplaat.operator import OPERATOR
from chassis.client import Client
from chassis.testing.stream import eventually
from services.catalog.service import definition as catalog
from services.projection.service import compose
from services.tickets.service import definition as tickets

Start = Callable[..., Awaitable[Any]]
ClientOf = Callable[[str], Awaitable[Client]]

PAGE = 1000
RECEIVED, CLOSED, RATED = 966, 955, 239


@pytest.fixture
def twentieth(ons: Case) -> Case:
    """The year of HR alone, a twentieth of it."""
    (year,) = (each for each in ons.volumes.volumes if each.name == "2022-hr")
    assert year.ratings is not None
    smaller = year.model_copy(
        update={
            "received": RECEIVED,
            "closed": CLOSED,
            "ratings": year.ratings.model_copy(update={"rated": RATED}),
        }
    )
    return ons.model_copy(update={"volumes": Volumes(volumes=(smaller,))})


@pytest.fixture
async def asking(
    stream: Connection, start_service: Start, client_of: ClientOf, twentieth: Case
) -> Client:
    """With the year played in, and all of it in the read models."""
    for service in (catalog, tickets, compose()):
        await start_service(service)
    client = await client_of("operator")
    await set_up(twentieth, client)
    await until_heard(client, "catalog", ["tickets"])
    async for batch in send(client, "case:ons", yearly(twentieth)):
        assert {sent.outcome for sent in batch} == {"imported"}
    await until_heard(client, "tickets", [])

    async def followed() -> bool:
        status = await client.query("projection", "status", {}, OPERATOR)
        return status["lag"] == 0

    await eventually(followed)
    return client


async def test_the_published_figures_stand_in_the_read_models(
    asking: Client, twentieth: Case
) -> None:
    boards = [
        await asking.query("projection", "dashboard", {**YEAR, "partner": partner.slug}, OPERATOR)
        for partner in twentieth.partners.partners
    ]
    assert sum(board["inflow"] for board in boards) == RECEIVED
    counted = sum(board["resolution"]["counted"] for board in boards)
    within = sum(board["resolution"]["within"] for board in boards)
    assert counted == CLOSED
    assert f"{100 * within / counted:.1f}" == "81.9"
    assert f"{100 * CLOSED / RECEIVED:.0f}" == "99"

    facts = await every_ticket(asking)
    closed = [fact for fact in facts if (fact["closed_at"] or "").startswith("2022-")]
    assert (len(facts), len(closed)) == (RECEIVED, CLOSED)
    rated = [fact for fact in facts if fact["quality"] is not None]
    assert len(rated) == RATED
    means = [
        f"{sum(fact[mark] for fact in rated) / len(rated):.1f}"
        for mark in ("quality", "speed", "communication")
    ]
    assert means == ["7.5", "7.5", "7.7"]


YEAR = {"from": "2022-01-01", "to": "2022-12-31"}


async def every_ticket(client: Client) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    page = 0
    while page * PAGE < RECEIVED:
        page += 1
        params = {"page": page, "size": PAGE, "sort": "ticket"}
        found = await client.query("projection", "tickets", params, OPERATOR, timeout=20)
        facts += found["tickets"]
    return facts
