"""A teller of histories: events as the services publish them, in the stream or by themselves."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.clock import Clock, utc_now
from chassis.credentials import Credentials
from chassis.database import driver_url
from chassis.databases import DatabaseUrls
from chassis.service import Running, running
from chassis.settings import Settings
from chassis.testing.stream import eventually
from contracts import catalog, tickets
from contracts.envelope import Envelope, source_urn, wrap
from contracts.registry import DomainEvent
from services.projection.rebuild import RebuildSettings, Rebuilt, rebuild
from services.projection.service import compose
from services.projection.settings import Limits

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SOURCE = source_urn("00000001003214345000", "tickets")
SECRET = tickets.Sealed(subject="p-1", text="c2VhbGVk")
NORM = catalog.Norm(
    response_minutes=60, resolution_minutes=480, calendar="kantoor", target_percentage="90"
)
APPLIED = tickets.AppliedNorm(
    source="item",
    response_minutes=60,
    resolution_minutes=480,
    calendar="kantoor",
    calendar_version=1,
    target_percentage="90",
    pauses_on_supplier=False,
)
CONTENT = catalog.ItemVersion(
    name="Werkplek",
    description="Een laptop met toebehoren",
    domain="ict",
    tier="basic",
    unit="workplace",
    tariffs={2026: "900.00"},
    owner="ICT",
)
CLOCK = tickets.ClockReading(
    response_seconds=0,
    resolution_seconds=0,
    response_due=START + timedelta(hours=1),
    resolution_due=START + timedelta(hours=8),
)
EVERYBODY = Caller(actor="desk", roles=frozenset({"agent"}), partners=None)


@dataclass
class Teller:
    """Tells events. Each gets its aggregate's next version; `told` holds them in order."""

    told: list[Envelope] = field(default_factory=list)
    versions: Counter[str] = field(default_factory=Counter)
    clock: tickets.ClockReading = CLOCK

    def tell(self, aggregate: str, event: DomainEvent) -> Envelope:
        self.versions[aggregate] += 1
        envelope = wrap(
            event,
            id=uuid4(),
            source=SOURCE,
            aggregate=aggregate,
            version=self.versions[aggregate],
            recorded_at=event.occurred_at,
        )
        self.told.append(envelope)
        return envelope

    def partner(self, slug: str = "zevenaar", **data: Any) -> Envelope:
        event = catalog.PartnerJoined(
            occurred_at=START,
            **{
                "partner": slug,
                "name": slug.title(),
                "kind": "municipality",
                "oin": "00000001003214345000",
                "joined_on": date(2020, 1, 1),
                **data,
            },
        )
        return self.tell(f"partner/{slug}", event)

    def item(self, code: str = "ICT-WP-01", **data: Any) -> Envelope:
        event = catalog.CatalogueItemPublished(
            occurred_at=START,
            **{
                "item": code,
                "item_version": 1,
                "valid_from": date(2026, 1, 1),
                "content": CONTENT,
                **data,
            },
        )
        return self.tell(f"item/{code}", event)

    def level(self, item: str | None = None, **data: Any) -> Envelope:
        event = catalog.ServiceLevelSet(
            occurred_at=START,
            **{
                "domain": "ict",
                "item": item,
                "kind": "incident",
                "priority": 3,
                "norm": NORM,
                "valid_from": date(2026, 1, 1),
                **data,
            },
        )
        return self.tell(f"norm/ict/{item or '-'}/{event.kind}/{event.priority}", event)

    def opened(self, number: str, at: datetime = START, **data: Any) -> Envelope:
        event = tickets.TicketOpened(
            occurred_at=at,
            **{
                "ticket": number,
                "partner": "zevenaar",
                "kind": "incident",
                "requester": "p-1",
                "item": "ICT-WP-01",
                "item_version": 1,
                "domain": "ict",
                "tier": "basic",
                "out_of_catalogue": False,
                "impact": 2,
                "urgency": 2,
                "priority": 3,
                "channel": "portal",
                "personal": SECRET,
                "norm": APPLIED,
                "reopen_days": 10,
                "clock": self.clock,
                **data,
            },
        )
        return self.tell(number, event)

    def then(
        self, number: str, kind: type[tickets.TicketEvent], at: datetime, **data: Any
    ) -> Envelope:
        """One more event of a ticket that was opened."""
        first = next(each for each in self.told if each.subject == number)
        reading = {"clock": self.clock} if "clock" in kind.model_fields else {}
        event = kind(
            occurred_at=at,
            ticket=number,
            partner=first.partner,
            **{**reading, **data},
        )
        return self.tell(number, event)

    def resolved(self, number: str, at: datetime, seconds: int, **data: Any) -> None:
        """The ticket is worked on, and resolved at once, after so many business seconds."""
        clock = self.clock.model_copy(
            update={"responded_at": at, "response_seconds": seconds, "resolution_seconds": seconds}
        )
        self.then(number, tickets.TicketAssigned, at, team="Werkplek", line="first")
        self.then(number, tickets.TicketWorkStarted, at, clock=clock)
        told = {"within_response": True, "within_resolution": True, "clock": clock, **data}
        self.then(number, tickets.TicketResolved, at, **told)


@pytest.fixture
def teller() -> Teller:
    return Teller()


@pytest.fixture(scope="session")
def tellers() -> type[Teller]:
    """Makes tellers of histories that are told once and asked about many times."""
    return Teller


Publish = Callable[..., Awaitable[int]]


@pytest.fixture
def publish(stream: Connection) -> Publish:
    """Puts envelopes in the stream, in order; gives the sequence of the last."""

    async def put(*envelopes: Envelope) -> int:
        jetstream = stream.jetstream()
        sequence = 0
        for envelope in envelopes:
            _, _, context, name, _ = envelope.type.split(".")
            stored = await jetstream.publish(f"evt.{context}.{name}", envelope.to_json())
            sequence = stored.seq
        return sequence

    return put


@dataclass
class Projection:
    """A projection that runs in this process, on a database of its own."""

    settings: Settings
    urls: DatabaseUrls
    client: Client
    service: Running[Any]
    running: AsyncExitStack

    async def stop(self) -> None:
        await self.running.aclose()

    async def ask(self, query: str, caller: Caller = EVERYBODY, **params: Any) -> dict[str, Any]:
        return await self.client.query("projection", query, params, caller)

    async def caught_up(self, sequence: int) -> dict[str, Any]:
        """Waits until the read models hold this sequence of the stream."""

        async def held() -> dict[str, Any] | None:
            status = await self.ask("status")
            return status if status["sequence"] >= sequence else None

        return await eventually(held)

    async def rebuild(self, report: Callable[..., None] = lambda _: None) -> Rebuilt:
        values = {**self.settings.model_dump(), "owner_database_url": self.urls.owner}
        return await rebuild(RebuildSettings.model_construct(**values), report)

    async def as_owner(self, statement: str, *values: Any) -> list[Any]:
        owner = await asyncpg.connect(driver_url(self.urls.owner, ""))
        try:
            return list(await owner.fetch(statement, *values))
        finally:
            await owner.close()


@pytest_asyncio.fixture
async def start_projection(
    nats_url: str,
    credentials: Credentials,
    service_databases: Callable[..., Awaitable[dict[str, DatabaseUrls]]],
    client_of: Callable[[str], Awaitable[Client]],
    stream: Connection,
) -> AsyncIterator[Callable[..., Awaitable[Projection]]]:
    """Runs a projection until the test's end; given `urls`, on a database that was used before."""
    async with AsyncExitStack() as stack:

        async def start(
            urls: DatabaseUrls | None = None,
            clock: Clock = utc_now,
            limits: Limits | None = None,
        ) -> Projection:
            urls = urls or (await service_databases("projection"))["projection"]
            settings = Settings(
                nats_url=nats_url,
                nats_seed_file=credentials.seed_file("projection"),
                database_url=urls.runtime,
                stop_seconds=3.0,
            )
            up = await stack.enter_async_context(AsyncExitStack())
            service = await up.enter_async_context(running(compose(limits), settings, clock=clock))
            return Projection(settings, urls, await client_of("gateway"), service, up)

        yield start


@pytest_asyncio.fixture
async def projection(start_projection: Callable[..., Awaitable[Projection]]) -> Projection:
    return await start_projection()
