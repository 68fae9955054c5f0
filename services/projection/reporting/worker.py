"""Making reports of the past, one at a time over all processes, by an advisory lock.

Jobs of the same past share one replay, which stays open a while for those that come next: mostly
somebody who opens a figure. What a process leaves behind that ends is taken up by the next.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any

import asyncpg
from prometheus_client import Counter

from chassis.database import CONNECTION_ERRORS
from chassis.errors import DomainError, Fault
from chassis.log import logger
from chassis.service import Running
from services.projection.as_of import AsOf
from services.projection.errors import ReportFailed
from services.projection.reader import INTERRUPTIONS
from services.projection.replay import Scratch, replay
from services.projection.reporting import jobs, kept, making
from services.projection.reporting.breaks import was_lost
from services.projection.reporting.question import Question

log = logger(__name__)

FAILED = Counter("bodemplaat_reports_failed_total", "Reports that could not be made")

LOCK = 0x0B0DE4
LINGER_SECONDS = 60.0
POLL_SECONDS = 15.0
RETRY_SECONDS = 1.0
TELL_SECONDS = 0.5

_LEFT = "SELECT EXISTS (SELECT FROM report_job WHERE state IN ('waiting', 'running'))"


class Worker:
    """One per process; `run` is its duty."""

    def __init__(self, service: Running[Any]) -> None:
        self._service = service
        self._database = service.database
        self._woken = asyncio.Event()
        self._scratch: Scratch | None = None
        self._told = 0.0

    async def run(self) -> None:
        """Work until cancelled; whatever breaks it off, it begins again and nothing else stops."""
        while True:
            try:
                async with self._connection() as connection:
                    await self._watch(connection)
            except (*INTERRUPTIONS, *CONNECTION_ERRORS) as error:
                log.warning("making reports broke off", error=repr(error))
            except Exception:
                FAILED.inc()
                log.exception("making reports failed")
            await asyncio.sleep(RETRY_SECONDS)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncpg.Connection]:
        """That which holds the lock and hears of new jobs."""
        connection = await asyncpg.connect(self._database.dsn)
        try:
            await connection.add_listener(jobs.CHANNEL, lambda *_: self._woken.set())
            yield connection
        finally:
            with suppress(Exception):
                await connection.close(timeout=2)

    async def _watch(self, connection: asyncpg.Connection) -> None:
        while True:
            if await connection.fetchval(_LEFT) and await connection.fetchval(
                "SELECT pg_try_advisory_lock($1)", LOCK
            ):
                await self._work(connection)
                await connection.execute("SELECT pg_advisory_unlock($1)", LOCK)
            await self._wait(POLL_SECONDS)

    async def _work(self, connection: asyncpg.Connection) -> None:
        """Make what waits, until nothing has for a while."""
        async with self._database.transaction() as session:
            await jobs.reset(session)
        try:
            while True:
                if begun := await self._begin():
                    await self._make(connection, *begun)
                elif self._scratch is None or not await self._wait(LINGER_SECONDS):
                    return
        finally:
            await self._close()

    async def _begin(self) -> tuple[Question, int] | None:
        open_now = self._scratch.as_of if self._scratch else None
        async with self._database.transaction() as session:
            return await jobs.begin_next(session, open_now, self._service.clock())

    async def _make(
        self, connection: asyncpg.Connection, question: Question, attempts: int
    ) -> None:
        if attempts > jobs.ATTEMPTS:
            FAILED.inc()
            log.error("a report ends its process each time", **_told(question))
            await self._fail(question, ReportFailed())
            return
        try:
            await self._answer(question, await self._past(connection, question.past))
        except DomainError as error:
            await self._fail(question, error)
        except asyncio.CancelledError:
            await self._give_back(question)
            raise
        except Exception as error:
            if was_lost(error):
                await self._give_back(question)
                raise
            FAILED.inc()
            log.exception("a report could not be made", **_told(question))
            await self._fail(question, ReportFailed())

    async def _give_back(self, question: Question) -> None:
        """Should that fail as well, the attempt counts."""
        with suppress(*CONNECTION_ERRORS):
            async with self._database.transaction() as session:
                await jobs.give_back(session, question.id)

    async def _past(self, connection: asyncpg.Connection, past: AsOf) -> Scratch:
        """The read models as of then: those that are open, or a replay."""
        if self._scratch is None or self._scratch.as_of != past:
            await self._close()

            async def tell(done: int, of: int) -> None:
                if connection.is_closed():
                    raise ConnectionError("the connection that holds the lock ended")
                await self._tell(past, done, of)

            self._scratch = await replay(self._service.connection, self._database.dsn, past, tell)
        return self._scratch

    async def _tell(self, past: AsOf, done: int, of: int) -> None:
        if monotonic() - self._told >= TELL_SECONDS or done >= of:
            self._told = monotonic()
            async with self._database.transaction() as session:
                await jobs.tell(session, past, done, of)

    async def _answer(self, question: Question, scratch: Scratch) -> None:
        now = self._service.clock()
        if question.opened is not None:
            async with scratch.session() as past:
                told = await making.rows(question, past, scratch.sequence)
            async with self._database.transaction() as session:
                await jobs.answer(session, question.id, told, now)
            return
        async with scratch.session() as past:
            made = await making.document(question, past, scratch.sequence)
        async with self._database.transaction() as session:
            await kept.keep(session, question, made, now)
            await jobs.drop(session, question.id)

    async def _fail(self, question: Question, error: DomainError) -> None:
        async with self._database.transaction() as session:
            await jobs.fail(session, question.id, [Fault.of(error)], self._service.clock())

    async def _close(self) -> None:
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            await scratch.close()

    async def _wait(self, seconds: float) -> bool:
        """Whether a new job was told of meanwhile."""
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return False
        self._woken.clear()
        return True


def _told(question: Question) -> dict[str, Any]:
    return {"question": question.model_dump(mode="json")}
