"""Read models with events folded into them, of which reports are asked; no stream is needed."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest_asyncio

from chassis.client import Caller
from chassis.command import Context
from chassis.database import Database, driver_url
from chassis.testing.databases import Databases
from contracts.envelope import Envelope
from contracts.reports import Cell, Figures, Report, Table
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


@pytest_asyncio.fixture
async def read_models(databases: Databases) -> AsyncIterator[ReadModels]:
    async with databases.fresh("projection") as urls:
        database = Database(urls["projection"].runtime)
        connection = await store.connect(driver_url(urls["projection"].runtime, ""))
        await store.use(connection, GENERATION)
        yield ReadModels(database, connection)
        await connection.close()
        await database.dispose()


def figures(report: Report) -> dict[str, Any]:
    """The value of every key figure, by its label's last part."""
    return {figure.label: figure.cell.value for figure in _figures(report)}


def _figures(report: Report) -> Iterator[Any]:
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Figures):
                yield from block.figures
