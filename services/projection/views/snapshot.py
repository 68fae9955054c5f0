"""Entering the live generation: from here on the tables of a query are that generation's."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.projection.errors import ReadModelsOutdated
from services.projection.models import SHAPE

_HOLD = text("LOCK TABLE generation IN ACCESS SHARE MODE")
_ENTER = text("""
    SELECT schema, shape, sequence, set_config('search_path', schema || ',public', true)
    FROM generation WHERE live
""")
_SEQUENCE = text("SELECT sequence FROM generation WHERE live")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The generation that is read and the sequence at which it holds."""

    generation: str
    sequence: int


async def enter(session: AsyncSession, *, repeatable: bool = True) -> Snapshot:
    """Begin to read, as the first thing in the session's transaction.

    The lock comes before the snapshot is taken, so that the generation seen is one that stays
    until the end. Without `repeatable` each statement sees the newest rows.
    Raises `ReadModelsOutdated`.
    """
    if repeatable:
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    await session.execute(_HOLD)
    row = (await session.execute(_ENTER)).one()
    if row.shape != SHAPE:
        raise ReadModelsOutdated
    return Snapshot(row.schema, row.sequence)


async def sequence(session: AsyncSession) -> int:
    """The sequence now, for a query that does not read from one snapshot."""
    return int((await session.execute(_SEQUENCE)).scalar_one())
