"""Every report of a real case, from the live read models and from a replay: the same bytes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession

from bodemplaat.system import System
from chassis.broker import connect
from chassis.database import Database
from chassis.databases import database_urls
from chassis.settings import Settings
from contracts.periods import last_complete
from contracts.reports import REPORTS, ReportName, canonical
from services.projection.as_of import AsOf
from services.projection.replay import Scratch, replay
from services.projection.reporting.making import document
from services.projection.reporting.question import Question
from services.projection.views import snapshot

SERVICE = "projection"
MOMENT = datetime.now(UTC)
QUESTIONS = [
    (name, partner, kind)
    for name in sorted(REPORTS)
    for kind in REPORTS[name].periods
    for partner in ((None,) if REPORTS[name].about == "centre" else ("zevenaar",))
]


@dataclass
class Both:
    """The same facts twice, up to the same sequence."""

    live: AsyncSession
    past: Scratch


@pytest_asyncio.fixture(scope="module")
async def both(played_system: System) -> AsyncIterator[Both]:
    installation, addresses = played_system.installation, played_system.addresses
    credentials = installation.credentials
    urls = database_urls(addresses.database_url, credentials, SERVICE, name=SERVICE)
    seed = credentials.seed_file(SERVICE)
    settings = Settings(nats_url=addresses.nats_url, nats_seed_file=seed)
    connection = await connect(settings, SERVICE)
    database = Database(urls.runtime, pool=2)

    async def told(*_: int) -> None: ...

    async with database.transaction() as session:
        held = await snapshot.enter(session)
        past = await replay(connection, database.dsn, AsOf(sequence=held.sequence), told)
        yield Both(session, past)
        await past.close()
    await database.dispose()
    await connection.close()


@pytest.mark.parametrize(("name", "partner", "kind"), QUESTIONS)
async def test_a_replay_comes_to_the_same_report(
    both: Both, name: ReportName, partner: str | None, kind: Any
) -> None:
    period = str(last_complete(kind, MOMENT.date()))
    question = Question(report=name, partner=partner, period=period, moment=MOMENT)
    sequence = both.past.sequence
    live = await document(question, both.live, sequence)
    async with both.past.session() as session:
        again = await document(question, session, sequence)
    assert canonical(again) == canonical(live)
    assert live.sections
