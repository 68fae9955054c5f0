"""Timers: rows in the owning database, fired in order of their moments, each once.

Only the service's leader fires. A timer's handler, its outcome and the taking away of its row
are one transaction, so a timer that was due while the service was down fires when it is back, and
one that fails stays and is tried again.
"""

import asyncio
from datetime import timedelta
from typing import Any, Generic

import orjson
from prometheus_client import Gauge
from sqlalchemy import text
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import faults, telemetry
from chassis import outcome as outcomes
from chassis.clock import Clock
from chassis.command import Context, WorkT
from chassis.database import Database
from chassis.definition import Definition
from chassis.health import Beat
from chassis.log import logger
from chassis.settings import Settings
from contracts.envelope import source_urn

log = logger(__name__)

LATE = Gauge("bodemplaat_timers_late_seconds", "How late the oldest timer is that has not fired")
BATCH = 100
TimerRow = Row[Any]

_DUE = text("""
    SELECT kind, key, due_at, trace, attempts FROM timer
    WHERE due_at <= :now AND (retry_at IS NULL OR retry_at <= :now)
    ORDER BY due_at, kind, key LIMIT :batch
""")
_OLDEST = text("SELECT min(due_at) FROM timer WHERE due_at <= :now")
_TAKE_AWAY = text("DELETE FROM timer WHERE kind = :kind AND key = :key AND due_at = :due_at")
_TRY_LATER = text("""
    UPDATE timer SET attempts = attempts + 1, retry_at = :retry_at
    WHERE kind = :kind AND key = :key AND due_at = :due_at
""")


class Timers(Generic[WorkT]):
    """Fires the timers of one service while its process leads."""

    def __init__(
        self,
        definition: Definition[WorkT],
        database: Database,
        settings: Settings,
        clock: Clock,
        beat: Beat,
    ) -> None:
        self._definition = definition
        self._database = database
        self._settings = settings
        self._clock = clock
        self._beat = beat
        self._source = source_urn(settings.oin, definition.name)

    async def run(self) -> None:
        """Fire until cancelled."""
        while True:
            fired = await self.fire_due()
            self._beat.beat()
            if fired < BATCH:
                await asyncio.sleep(self._settings.timer_poll_seconds)

    async def fire_due(self) -> int:
        """Fire the timers that are due, oldest first; returns how many were looked at."""
        now = self._clock()
        async with self._database.transaction() as session:
            due = (await session.execute(_DUE, {"now": now, "batch": BATCH})).all()
            oldest = (await session.execute(_OLDEST, {"now": now})).scalar()
        LATE.set((now - oldest).total_seconds() if oldest else 0)
        for row in due:
            try:
                await self._fire(row)
            except Exception:
                log.exception("timer failed; it is tried again", kind=row.kind, key=row.key)
                await self._try_later(row)
        return len(due)

    async def _fire(self, row: TimerRow) -> None:
        handle = self._definition.timers[row.kind]
        with telemetry.span(f"timer {row.kind}", telemetry.INTERNAL, _carrier(row)):
            context = self._context(row)
            async with self._database.transaction() as session:
                outcome = await handle(row.key, context, self._definition.work(session))
                await self._take_away(session, row)
                await outcomes.save(session, outcome, context, self._source, ended=self._clock())
                faults.reach("timer.before-commit")
            faults.reach("timer.after-commit")

    def _context(self, row: TimerRow) -> Context:
        now = self._clock()
        return Context(
            command_id=f"timer/{row.kind}/{row.key}/{row.due_at.isoformat()}",
            actor=f"timer-{self._definition.name}",
            roles=frozenset({"timer"}),
            partners=None,
            now=now,
            recorded_at=now,
            trace=telemetry.inject() or _carrier(row),
            operation=f"{self._definition.name}.timer.{row.kind}",
        )

    async def _take_away(self, session: AsyncSession, row: TimerRow) -> None:
        await session.execute(_TAKE_AWAY, {"kind": row.kind, "key": row.key, "due_at": row.due_at})

    async def _try_later(self, row: TimerRow) -> None:
        delays = self._settings.retry_delays_seconds
        delay = delays[min(row.attempts, len(delays) - 1)]
        async with self._database.transaction() as session:
            await session.execute(
                _TRY_LATER,
                {
                    "kind": row.kind,
                    "key": row.key,
                    "due_at": row.due_at,
                    "retry_at": self._clock() + timedelta(seconds=delay),
                },
            )


def _carrier(row: TimerRow) -> dict[str, str]:
    trace = row.trace
    return dict(trace if isinstance(trace, dict) else orjson.loads(trace))
