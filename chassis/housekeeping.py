"""What may be forgotten: replies older than anyone would repeat a command.

The event log is never tidied, for it is the archive; nor is the inbox, for a stream that is
rebuilt from the event logs delivers everything once more.
"""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from chassis.clock import Clock
from chassis.database import Database
from chassis.settings import Settings

INTERVAL_SECONDS = 3600.0

_FORGET = text("DELETE FROM command_reply WHERE recorded_at < :before")


async def run(database: Database, settings: Settings, clock: Clock) -> None:
    """Tidy each hour, until cancelled."""
    while True:
        await tidy(database, settings, clock)
        await asyncio.sleep(INTERVAL_SECONDS)


async def tidy(database: Database, settings: Settings, clock: Clock) -> None:
    """Forget replies older than `reply_days`."""
    before = clock() - timedelta(days=settings.reply_days)
    async with database.transaction() as session:
        await session.execute(_FORGET, {"before": before})
