"""Making by itself what is due once a month or quarter is over, and keeping it.

One process at a time, by an advisory lock. A document is of the live read models in one snapshot,
once these hold all that the stream held when we looked.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import select, text

from chassis.database import CONNECTION_ERRORS
from chassis.errors import DomainError
from chassis.log import logger
from chassis.service import Running
from contracts.periods import AMSTERDAM
from contracts.reports import REPORTS
from services.projection.models import PARTNER
from services.projection.position import Position
from services.projection.reporting import jobs, kept
from services.projection.reporting.breaks import was_lost
from services.projection.reporting.due import Due, Member, due
from services.projection.reporting.making import document
from services.projection.reporting.question import Question
from services.projection.reporting.worker import FAILED
from services.projection.settings import Limits
from services.projection.views import snapshot

log = logger(__name__)

LOCK = 0x0B0DE5
MINUTE_SECONDS = 60.0
HOUR_SECONDS = 3600.0
MUCH = 1000
"""Events in a minute, as when a history is taken in: that adds to the periods which are over."""
LONGEST_MINUTES = 60
"""How long we wait for that to end."""
CATCHING_UP_SECONDS = 30.0
"""How long we wait for the read models, before we look again later."""
POLL_SECONDS = 0.1

_TRY = text("SELECT pg_try_advisory_lock(:lock)")
_LET_GO = text("SELECT pg_advisory_unlock(:lock)")
_partner = PARTNER.table.c


async def at_rest(last: Callable[[], Awaitable[int | None]]) -> None:
    """Wait a minute, and while much comes in some more; not longer than `LONGEST_MINUTES`.

    `last` tells the stream's last sequence; `None` when nobody can tell, which is no rest either.
    """
    for _ in range(LONGEST_MINUTES):
        before = await last()
        await asyncio.sleep(MINUTE_SECONDS)
        after = await last()
        if before is not None and after is not None and after - before <= MUCH:
            return


class Schedule:
    """One per process; `run` is its duty."""

    def __init__(self, service: Running[Any], position: Position, limits: Limits) -> None:
        self._database = service.database
        self._clock = service.clock
        self._position = position
        self._limits = limits

    async def run(self) -> None:
        """Look a minute after the start and each hour after, until cancelled."""
        while True:
            await at_rest(self._position.last)
            while await self._looked():
                await asyncio.sleep(HOUR_SECONDS)
                await at_rest(self._position.last)

    async def look(self) -> bool:
        """Make what is due and let go what may be; whether the read models were complete."""
        async with self._alone() as alone:
            if not alone:
                return True
            await self._tidy()
            if not await self._caught_up():
                return False
            for each in await self._due():
                await self._make(each)
            return True

    async def _looked(self) -> bool:
        try:
            return await self.look()
        except (DomainError, *CONNECTION_ERRORS) as error:
            log.warning("the schedule of reports was not looked at", error=repr(error))
        except Exception:
            FAILED.inc()
            log.exception("looking at the schedule of reports failed")
        return False

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[bool]:
        """Whether no other process looks during the block."""
        async with self._database.statements() as session:
            alone = bool((await session.execute(_TRY, {"lock": LOCK})).scalar_one())
            try:
                yield alone
            finally:
                if alone:
                    await session.execute(_LET_GO, {"lock": LOCK})

    async def _tidy(self) -> None:
        now = self._clock()
        async with self._database.transaction() as session:
            await kept.forget(session, now - timedelta(days=self._limits.days))
            await jobs.forget(session, now)

    async def _caught_up(self) -> bool:
        last = await self._position.last()
        if last is None:
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(CATCHING_UP_SECONDS):
                while await self._held() < last:  # noqa: ASYNC110  rows set no Event
                    await asyncio.sleep(POLL_SECONDS)
                return True
        return False

    async def _held(self) -> int:
        async with self._database.transaction() as session:
            return (await snapshot.enter(session)).sequence

    async def _due(self) -> list[Due]:
        today = self._clock().astimezone(AMSTERDAM).date()
        members = select(_partner.slug, _partner.joined_on, _partner.leaves_on)
        async with self._database.transaction() as session:
            await snapshot.enter(session)
            there = [Member(*row) for row in await session.execute(members)]
            made = await kept.scheduled(session, [*REPORTS])
        return due(today, there, made)

    async def _make(self, each: Due) -> None:
        """One that fails is logged and stays due; the others are made."""
        now = self._clock()
        question = Question(
            report=each.report, partner=each.partner, period=str(each.period), moment=now
        )
        try:
            async with self._database.transaction() as session:
                held = await snapshot.enter(session)
                made = await document(question, session, held.sequence)
                await kept.keep(session, question, made, now, scheduled=True)
        except Exception as error:
            if was_lost(error):
                raise
            FAILED.inc()
            log.exception("a scheduled report could not be made", due=each.key)
        else:
            log.info("a scheduled report was made", due=each.key)
