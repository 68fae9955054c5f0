"""Read models with events folded into them, of which reports are asked; no stream is needed."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.command import Context
from chassis.database import Database, driver_url
from chassis.testing.databases import Databases
from contracts import catalog, tickets
from contracts.envelope import Envelope
from contracts.reports import Cell, Report, Table
from services.projection import store
from services.projection.apply import fold
from services.projection.parked import Parked
from services.projection.position import Position
from services.projection.recorded import Delivered
from services.projection.service import definition
from services.projection.store import LiveRows
from services.projection.views import Work

NOW = datetime(2026, 4, 1, 21, 30, tzinfo=UTC)
"""Half past eleven at night in Amsterdam, three days after the clocks went forward."""
CENTRE = Caller("c-1", frozenset({"controller"}), None)
GENERATION = "g1"


@dataclass
class ReadModels:
    """The live generation of a database of its own; `told` counts the events folded into it."""

    database: Database
    connection: asyncpg.Connection
    told: int = 0

    async def fold(self, *envelopes: Envelope) -> None:
        batch = [
            Delivered(at, envelope.to_json(), 0)
            for at, envelope in enumerate(envelopes, start=self.told + 1)
        ]
        self.told += len(batch)
        parked = Parked(self.connection, GENERATION)
        await fold(batch, LiveRows(self.connection), parked)
        await self.connection.execute("UPDATE generation SET sequence = $1", self.told)
        assert await self.connection.fetchval("SELECT count(*) FROM parked") == 0

    async def ask(
        self, query: str, caller: Caller = CENTRE, now: datetime = NOW, **asked: Any
    ) -> dict[str, Any]:
        """What the query answers, as it travels."""
        found: Any = definition.queries[query]
        context = Context("", caller.actor, caller.roles, caller.partners, now=now, recorded_at=now)
        async with self.database.transaction() as session:
            params = found.params.model_validate(asked)
            answer = await found.answer(params, context, Work(session, Position()))
        travelled: dict[str, Any] = json.loads(json.dumps(answer, default=str))
        return travelled

    async def report(self, name: str, caller: Caller = CENTRE, **asked: Any) -> Report:
        answer = await self.ask("report", caller, report=name, **asked)
        return Report.model_validate(answer["report"])

    async def opened(self, report: Report, cell: Cell, **asked: Any) -> tuple[Table, int]:
        """What a figure of a report is made of: the rows and how many there are."""
        assert cell.of is not None
        answer = await self.ask(
            "report-sources",
            report=report.name,
            partner=report.partner,
            period=report.period,
            source=cell.of.source,
            where=cell.of.where,
            **{"size": 1000, "now": report.moment, **asked},
        )
        return Table.model_validate(answer["table"]), answer["total"]


@asynccontextmanager
async def fresh(databases: Databases) -> AsyncIterator[ReadModels]:
    async with databases.fresh("projection") as urls:
        database = Database(urls["projection"].runtime)
        connection = await store.connect(driver_url(urls["projection"].runtime, ""))
        await store.use(connection, GENERATION)
        yield ReadModels(database, connection)
        await connection.close()
        await database.dispose()


@pytest_asyncio.fixture
async def read_models(databases: Databases) -> AsyncIterator[ReadModels]:
    async with fresh(databases) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module")
async def module_read_models(databases: Databases) -> AsyncIterator[ReadModels]:
    """Told once, and asked by all tests of a module."""
    async with fresh(databases) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module")
async def busy_models(module_read_models: ReadModels, busy: Any) -> ReadModels:
    """With the busy months in them, for who only reads."""
    await module_read_models.fold(*busy.told)
    return module_read_models


@pytest.fixture
def now() -> datetime:
    return NOW


SECRET = tickets.Sealed(subject="p-1", text="c2VhbGVk")
PARTNERS = ("zevenaar", "zevenaar", "duiven")


@pytest.fixture(scope="session")
def busy(tellers: Any) -> Any:
    """Some two months at two partners are told: everything that may happen to a ticket."""
    teller = tellers()
    random = Random(20260401)  # noqa: S311  the same tickets each time
    teller.partner("zevenaar")
    teller.partner("duiven", name="Duiven")
    teller.item()
    target = {"quality": "7.5", "speed": "7", "communication": "8"}
    for partner in ("zevenaar", "duiven"):
        event = catalog.ExperienceTargetSet(
            occurred_at=NOW - timedelta(days=90),
            partner=partner,
            domain="ict",
            target=target,
            valid_from=date(2026, 1, 1),
        )
        teller.tell(f"experience/{partner}/ict", event)
    for at in range(1, 121):
        _live(random, teller, f"INC-2026-{at:06d}")
    return teller


def _live(random: Random, teller: Any, number: str) -> None:
    opened = NOW - timedelta(minutes=random.randrange(60 * 24 * 60))
    outside = random.random() < 0.2
    norm = random.random() < 0.85
    due = {
        "response_due": opened + timedelta(hours=1) if norm else None,
        "resolution_due": opened + timedelta(hours=random.randint(8, 500)) if norm else None,
    }
    reading = tickets.ClockReading(response_seconds=0, resolution_seconds=0, **due)
    told = {} if norm else {"norm": None}
    outside_told = {"item": None, "item_version": None, "tier": None} if outside else {}
    teller.opened(
        number,
        opened,
        partner=random.choice(PARTNERS),
        kind=random.choice(["incident", "service-request", "change"]),
        priority=random.randint(1, 5),
        domain=random.choice(["ict", "ict", "hr"]),
        out_of_catalogue=outside,
        clock=reading,
        **told,
        **outside_told,
    )
    later = [opened + (NOW - opened) * part for part in sorted(random.random() for _ in range(6))]
    for team in random.sample(["Werkplek", "Netwerk", "Applicaties"], random.randint(0, 3)):
        teller.then(
            number, tickets.TicketAssigned, later[0], team=team, line="first", clock=reading
        )
    if outside:
        day = later[1].date()
        work = {"team": "Netwerk", "billable": True, "out_of_catalogue": True, "worked_on": day}
        teller.then(number, tickets.TimeLogged, later[1], minutes=random.randint(5, 90), **work)
    _end(random, teller, number, later, reading)


def _end(random: Random, teller: Any, number: str, later: Any, reading: Any) -> None:
    norm = reading.resolution_due is not None
    in_time = {"within_response": None, "within_resolution": None}
    chance = random.random()
    if chance < 0.1:
        reason = {"reason": SECRET, "clock": reading}
        teller.then(number, tickets.TicketCancelled, later[2], **reason)
        return
    if chance < 0.3:
        return
    if norm:
        in_time = {name: random.random() < 0.8 for name in in_time}
        for clock in ("response", "resolution"):
            if not in_time[f"within_{clock}"]:
                late = {"clock_name": clock, "due": getattr(reading, f"{clock}_due")}
                teller.then(number, tickets.SlaBreached, later[1], **late)
    seconds = random.randrange(100_000)
    clock = reading.model_copy(
        update={"responded_at": later[2], "response_seconds": 60, "resolution_seconds": seconds}
    )
    teller.then(number, tickets.TicketPaused, later[2], waiting_on="supplier", clock=reading)
    teller.then(number, tickets.TicketWorkStarted, later[2], clock=clock)
    teller.then(number, tickets.TicketResolved, later[3], clock=clock, **in_time)
    closed = {"automatic": True, "clock": clock, **in_time}
    teller.then(number, tickets.TicketClosed, later[4], **closed)
    if chance < 0.6:
        marks = {name: random.randint(4, 10) for name in ("quality", "speed", "communication")}
        teller.then(number, tickets.TicketRated, later[4], **marks)
    elif chance > 0.95:
        teller.then(number, tickets.TicketReopened, later[5], reason=SECRET, clock=clock)
