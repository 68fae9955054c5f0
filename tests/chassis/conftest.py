"""A service that only counts, small enough to see the chassis through it.

It stands in for `catalog`, whose place in the topology and whose chassis tables it uses.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.client import Caller, Client
from chassis.command import Change, Command, Context, Outcome, Timer, UseCase
from chassis.definition import Definition
from chassis.errors import DomainError, Fault, Refused
from chassis.service import Running
from contracts.catalog import PartnerJoined, PartnerStatisticsUpdated
from contracts.registry import DomainEvent
from contracts.values import PartnerSlug

ANYONE = Caller("someone", frozenset({"catalogue-manager"}), None)
OPERATOR = Caller("operator", frozenset({"operator"}), None)


class Unlucky(DomainError):
    """The counter refuses thirteen."""

    slug = "unlucky"


class Reason(BaseModel):
    text: str


class Count(Command):
    """Raise the counter `times` times by `by`; `remind_after` sets a timer."""

    counter: PartnerSlug
    by: int = Field(ge=0)
    times: int = Field(default=1, ge=1, le=500)
    remind_after: float | None = None
    reasons: tuple[Reason, ...] = ()
    padding: int = 0


@dataclass(frozen=True, slots=True)
class Counters:
    """Counters live in the event log only."""

    session: AsyncSession

    async def version(self, counter: str) -> int:
        """The counter's version, locked until the transaction ends."""
        await self.session.execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:counter))"), {"counter": counter}
        )
        last = text("SELECT max(version) FROM event_log WHERE aggregate = :aggregate")
        return await self.session.scalar(last, {"aggregate": aggregate(counter)}) or 0


@dataclass
class Pace:
    """Lets a test hold handlers back."""

    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def until(self, handlers: int) -> None:
        """Wait until so many handlers have started."""
        for _ in range(handlers):
            await self.arrived.acquire()


def aggregate(counter: str) -> str:
    return f"partner/{counter}"


def counted(counter: str, by: int, at: datetime) -> PartnerStatisticsUpdated:
    return PartnerStatisticsUpdated(
        occurred_at=at, partner=counter, year=2026, residents=by, workplaces=0
    )


def padded(command: Count, at: datetime) -> PartnerJoined:
    """An event that is larger than its own rules allow."""
    event = PartnerJoined(
        occurred_at=at,
        partner=command.counter,
        name="x",
        kind="other",
        oin="0" * 20,
        joined_on=at.date(),
    )
    return event.model_copy(update={"name": "x" * command.padding})


def counting(pace: Pace, **parts: Any) -> Definition[Counters]:
    """The service; `parts` replaces parts of its definition."""

    async def count(command: Count, context: Context, work: Counters) -> Outcome:
        pace.arrived.release()
        context.require_partner(command.counter)
        version = await work.version(command.counter)
        context.require_version(version)
        await pace.go_on.wait()
        if command.by == 13:
            raise Unlucky("by", limit=12)
        event: DomainEvent = counted(command.counter, command.by, context.now)
        if command.padding:
            event = padded(command, context.now)
        return Outcome(
            changes=[Change(aggregate(command.counter), version, [event] * command.times)],
            reply={"counter": command.counter, "version": version + command.times},
            timers=_reminders(command, context),
        )

    async def begin(command: Count, context: Context, work: Counters) -> Outcome:
        pace.arrived.release()
        await pace.go_on.wait()
        event = counted(command.counter, command.by, context.now)
        return Outcome(
            changes=[Change(aggregate(command.counter), 0, [event])],
            reply={"counter": command.counter, "version": 1},
        )

    async def break_down(command: Count, context: Context, work: Counters) -> Outcome:
        raise RuntimeError("broken")

    pace.go_on.set()
    usual: dict[str, Any] = {
        "name": "catalog",
        "work": Counters,
        "commands": {
            "register-partner": UseCase(Count, count),
            "define-calendar": UseCase(Count, break_down),
            "draft-catalogue-item": UseCase(Count, begin, creates=True),
        },
    }
    return Definition(**usual | parts)


def _reminders(command: Count, context: Context) -> list[Timer]:
    if command.remind_after is None:
        return []
    due = context.now + timedelta(seconds=command.remind_after)
    return [Timer("remind", command.counter, due)]


class Counting:
    """A running counting service and who speaks to it."""

    def __init__(self, service: Running[Any], client: Client, pace: Pace) -> None:
        self.service = service
        self.client = client
        self.pace = pace

    async def count(
        self,
        counter: str = "one",
        by: int = 1,
        *,
        caller: Caller = ANYONE,
        key: str = "",
        expected: int | None = None,
        now: datetime | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        return await self.send(
            {"counter": counter, "by": by} | more,
            caller=caller,
            command_id=key or str(uuid4()),
            expected_version=expected,
            now=now,
        )

    async def send(
        self, body: Any, command: str = "register-partner", caller: Caller = ANYONE, **more: Any
    ) -> dict[str, Any]:
        sent = {"command_id": str(uuid4())} | more
        return await self.client.command("catalog", command, body, caller, **sent)

    async def begin(self, counter: str, by: int = 1, *, key: str = "") -> dict[str, Any]:
        """Create a counter, along with others that are created at the same time."""
        body = {"counter": counter, "by": by}
        return await self.send(body, "draft-catalogue-item", command_id=key or str(uuid4()))

    async def rows(self, query: str) -> list[Any]:
        """What the database holds."""
        connection = await asyncpg.connect(self.service.database.dsn)
        try:
            return [tuple(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()

    async def written(self) -> list[tuple[str, int]]:
        """Aggregate and version of each event in the log, in order."""
        return await self.rows("SELECT aggregate, version FROM event_log ORDER BY id")


async def refused(attempt: Awaitable[Any]) -> list[Fault]:
    """The faults with which the attempt is refused."""
    with pytest.raises(Refused) as refusal:
        await attempt
    return list(refusal.value.faults)


@pytest.fixture
def refusal() -> Callable[[Awaitable[Any]], Awaitable[list[Fault]]]:
    return refused


@pytest.fixture
def define() -> Callable[..., Definition[Counters]]:
    return counting


@pytest.fixture
def pace() -> Pace:
    return Pace()


@pytest_asyncio.fixture
async def counting_service(
    stream: Connection,
    start_service: Callable[..., Awaitable[Running[Any]]],
    client_of: Callable[[str], Awaitable[Client]],
    pace: Pace,
) -> AsyncIterator[Callable[..., Awaitable[Counting]]]:
    """Starts the service, with parts of its definition or settings replaced."""

    async def start(settings: dict[str, Any] | None = None, **parts: Any) -> Counting:
        service = await start_service(counting(pace, **parts), **settings or {})
        return Counting(service, await client_of("operator"), pace)

    yield start


@pytest_asyncio.fixture
async def counter(counting_service: Callable[..., Awaitable[Counting]]) -> Counting:
    return await counting_service()
