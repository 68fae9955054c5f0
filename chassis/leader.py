"""One leader per service: the process that relays events and fires timers.

Leadership is a PostgreSQL advisory lock on a connection of its own: it ends with the connection,
whatever the process does. The others wait, and pass wake-ups on to the leader.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

import asyncpg

from chassis.database import CONNECTION_ERRORS, ROW_BY_ROW
from chassis.log import logger

log = logger(__name__)

LOCK = 0x0B0DE
CHANNEL = "event_log"
RETRY_SECONDS = 1.0

Duty = Callable[[asyncpg.Connection], Awaitable[None]]


class Leader:
    """Runs `duties` while this process leads; each gets the leader's connection."""

    def __init__(self, dsn: str, duties: Sequence[Duty], woken: asyncio.Event) -> None:
        self._dsn = dsn
        self._duties = duties
        self._woken = woken
        self.leads = False

    def wake(self) -> None:
        """Something was committed: the leader, here or in another process, should look."""
        self._woken.set()

    async def run(self) -> None:
        """Lead, or wait to lead, until cancelled; a lost connection starts it again."""
        while True:
            try:
                await self._term()
            except CONNECTION_ERRORS as error:
                log.warning("leadership interrupted", error=str(error))
            self.leads = False
            await asyncio.sleep(RETRY_SECONDS)

    async def _term(self) -> None:
        connection = await asyncpg.connect(self._dsn, server_settings=ROW_BY_ROW)
        try:
            while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
                await self._pass_on_wake_ups(connection)
            await self._lead(connection)
        finally:
            self.leads = False
            with suppress(Exception):
                await connection.close(timeout=2)

    async def _pass_on_wake_ups(self, connection: asyncpg.Connection) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), RETRY_SECONDS)
            self._woken.clear()
            await connection.execute("SELECT pg_notify($1, '')", CHANNEL)

    async def _lead(self, connection: asyncpg.Connection) -> None:
        self.leads = True
        await connection.add_listener(CHANNEL, lambda *_: self._woken.set())
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        tasks = [asyncio.ensure_future(duty(connection)) for duty in self._duties]
        tasks.append(asyncio.ensure_future(_until_lost(lost)))
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _until_lost(lost: asyncio.Event) -> None:
    await lost.wait()
    raise ConnectionError("the leader's connection ended")
