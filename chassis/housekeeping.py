"""What a service's leader does by itself: tidy each hour, reconcile each night.

What may be forgotten are replies older than anyone would repeat a command. The event log is never
tidied, for it is the archive; nor is the inbox, for a stream that is rebuilt from the event logs
delivers everything once more.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from chassis.clock import Clock
from chassis.database import Database
from chassis.log import logger
from chassis.settings import Settings

log = logger(__name__)

HOUR_SECONDS = 3600.0
NIGHT = time(3, 30)
BUSINESS_ZONE = ZoneInfo("Europe/Amsterdam")

_FORGET = text("DELETE FROM command_reply WHERE recorded_at < :before")


async def hourly(database: Database, settings: Settings, clock: Clock) -> None:
    """Forget replies older than `reply_days`, each hour, until cancelled."""
    while True:
        before = clock() - timedelta(days=settings.reply_days)
        async with database.transaction() as session:
            await session.execute(_FORGET, {"before": before})
        await asyncio.sleep(HOUR_SECONDS)


async def nightly(act: Callable[[], Awaitable[object]], clock: Clock) -> None:
    """Act each night at half past three, Dutch time, until cancelled.

    A night that fails is logged; the next one tries again.
    """
    while True:
        await asyncio.sleep((next_night(clock()) - clock()).total_seconds())
        try:
            await act()
        except Exception:
            log.exception("the nightly work failed")


def next_night(now: datetime) -> datetime:
    """The first half past three, Dutch time, after `now`."""
    local = now.astimezone(BUSINESS_ZONE)
    tonight = datetime.combine(local.date(), NIGHT, BUSINESS_ZONE)
    if tonight <= local:
        tonight = datetime.combine(local.date() + timedelta(days=1), NIGHT, BUSINESS_ZONE)
    return tonight
