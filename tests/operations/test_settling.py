"""What the projection has set aside can be listed, retried and, when it is no event, let go."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from nats.aio.client import Client as Connection

from bodemplaat.operator import OPERATOR
from chassis.client import Client
from chassis.errors import Refused
from chassis.service import Running
from chassis.testing.stream import eventually
from contracts.catalog import PartnerJoined, PartnerStatisticsUpdated
from contracts.envelope import Envelope, source_urn, wrap
from contracts.registry import DomainEvent
from services.projection.service import compose

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
PARTNER = "partner/zevenaar"
JOINED = PartnerJoined(
    occurred_at=START,
    partner="zevenaar",
    name="Zevenaar",
    kind="municipality",
    oin="0" * 20,
    joined_on=START.date(),
)

ClientOf = Callable[[str], Awaitable[Client]]
Start = Callable[..., Awaitable[Running[Any]]]


def figures(year: int) -> PartnerStatisticsUpdated:
    return PartnerStatisticsUpdated(
        occurred_at=START, partner="zevenaar", year=year, residents=year, workplaces=year
    )


def recorded(event: DomainEvent, version: int) -> Envelope:
    return wrap(
        event,
        id=uuid4(),
        source=source_urn("0" * 20, "catalog"),
        aggregate=PARTNER,
        version=version,
        recorded_at=START,
    )


class Projection:
    """A projection in this process, its database, and its operator."""

    def __init__(self, service: Running[Any], stream: Connection, operator: Client) -> None:
        self._stream = stream
        self._operator = operator
        self.dsn = service.database.dsn

    async def publish(self, subject: str, body: bytes) -> None:
        stored = await self._stream.jetstream().publish(subject, body)

        async def folded() -> bool:
            try:
                status = await self._operator.query("projection", "status", {}, OPERATOR)
            except Refused:
                return False
            return int(status["sequence"]) >= stored.seq

        await eventually(folded, seconds=60)

    async def tell(self, event: DomainEvent, version: int) -> None:
        await self.publish(type(event).subject(), recorded(event, version).to_json())

    async def ask(self, request: str, **params: str) -> dict[str, Any]:
        return await self._operator.administer("projection", request, params, OPERATOR)

    async def parked(self) -> list[tuple[str, str, int]]:
        rows = (await self.ask("parked"))["parked"]
        return [(row["consumer"], row["aggregate"], row["events"]) for row in rows]

    async def years(self) -> list[int]:
        answer = await self._operator.query("projection", "partners", {}, OPERATOR)
        (partner,) = answer["partners"]
        return [figure["year"] for figure in partner["statistics"]]

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.dsn)
        await connection.execute(statement)
        await connection.close()


@pytest.fixture
async def projection(stream: Connection, start_service: Start, client_of: ClientOf) -> Projection:
    return Projection(await start_service(compose()), stream, await client_of("operator"))


async def test_events_wait_while_one_before_them_is_missing(projection: Projection) -> None:
    await projection.tell(JOINED, 1)
    await projection.tell(figures(2003), 3)
    assert await projection.parked() == [("projection-g1", PARTNER, 1)]
    with pytest.raises(Refused, match="retry-failed") as refused:
        await projection.ask("retry-parked", consumer="projection-g1", aggregate=PARTNER)
    assert "event 2 of this aggregate is missing" in refused.value.faults[0].params["error"]
    assert await projection.parked() == [("projection-g1", PARTNER, 1)]


async def test_a_retry_folds_what_can_be_folded_by_now_and_following_goes_on_with_it(
    projection: Projection,
) -> None:
    await projection.tell(JOINED, 1)
    await projection.tell(figures(2003), 3)
    await projection.tell(figures(2004), 4)
    await projection.execute("UPDATE g1.partner SET version = 2")

    handled = await projection.ask("retry-parked", consumer="projection-g1", aggregate=PARTNER)

    assert handled == {"handled": 2}
    assert await projection.parked() == []
    await projection.tell(figures(2005), 5)
    assert await projection.years() == [2003, 2004, 2005]


async def test_an_event_is_never_passed_over(projection: Projection) -> None:
    await projection.tell(figures(2003), 3)
    with pytest.raises(Refused, match="release-impossible"):
        await projection.ask(
            "release-parked", consumer="projection-g1", aggregate=PARTNER, reason="in the way"
        )
    assert await projection.parked() == [("projection-g1", PARTNER, 1)]


async def test_a_message_that_is_no_event_can_be_let_go(projection: Projection) -> None:
    await projection.publish("evt.catalog.partner-joined", b"{nonsense")
    asked = {"consumer": "projection-g1", "aggregate": "unreadable"}
    with pytest.raises(Refused, match="retry-failed"):
        await projection.ask("retry-parked", **asked)
    assert await projection.ask("release-parked", **asked, reason="somebody's typing") == {
        "left": 0
    }
    assert await projection.parked() == []


@pytest.mark.parametrize("request_", ["retry-parked", "parked-events"])
async def test_what_is_not_parked_is_told(projection: Projection, request_: str) -> None:
    with pytest.raises(Refused, match="not-parked"):
        await projection.ask(request_, consumer="projection-g1", aggregate=PARTNER)


async def test_a_release_has_a_reason(projection: Projection) -> None:
    with pytest.raises(Refused, match="field-invalid"):
        await projection.ask("release-parked", consumer="projection-g1", aggregate="unreadable")
