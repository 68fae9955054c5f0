"""Erasures outlive backups: whom a service erased, which backups hold the keys, and whom again.

For a service that keeps personal data, in its tables `erasure`, `key_backup` and `timer`, while
a backup is made or restored.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from chassis.database import driver_url

TIMER = "erasure"
"""The kind of timer by which a service erases a person again; its key is the pseudonym."""

_NOTE = "INSERT INTO key_backup (taken_at) VALUES ($1) ON CONFLICT DO NOTHING"
_REGISTER = "SELECT subject, max(asked_at) AS asked_at FROM erasure GROUP BY subject"
_AGAIN = """
    INSERT INTO timer (kind, key, due_at, trace)
    SELECT $1, subject, asked_at, '{}'
    FROM unnest($2::text[], $3::timestamptz[]) AS erased(subject, asked_at)
    WHERE NOT EXISTS (
        SELECT FROM erasure WHERE erasure.subject = erased.subject
        AND erasure.asked_at >= erased.asked_at
    )
    ON CONFLICT (kind, key) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Erased:
    """A person who was erased, and when that was last asked."""

    subject: str
    asked_at: datetime


async def note_backup(url: str, taken_at: datetime) -> None:
    """Remember that a backup of this moment holds the keys of its moment."""
    async with _connected(url) as database:
        await database.execute(_NOTE, taken_at)


async def register(url: str) -> list[Erased]:
    """Everybody who was erased on request."""
    async with _connected(url) as database:
        return [Erased(**row) for row in await database.fetch(_REGISTER)]


async def erase_again(url: str, erased: Iterable[Erased]) -> int:
    """Have those erased again, as soon as the service runs, of whom this database knows nothing.

    Returns how many.
    """
    people = list(erased)
    async with _connected(url) as database:
        done = await database.execute(
            _AGAIN, TIMER, [each.subject for each in people], [each.asked_at for each in people]
        )
    return int(done.rsplit(" ", 1)[-1])


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    database = await asyncpg.connect(driver_url(url, ""))
    try:
        yield database
    finally:
        await database.close()
