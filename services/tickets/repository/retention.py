"""The timers of retention, when its periods have changed."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.values import TicketKind

_SHORTEN = text("""
    UPDATE timer SET due_at = ended.due_at
    FROM (
        SELECT number, (state->>'ended_at')::timestamptz + make_interval(days => days) AS due_at
        FROM ticket
        JOIN unnest(CAST(:kinds AS text[]), CAST(:days AS integer[])) AS kept(kind, days)
            ON kept.kind = state->>'kind'
    ) AS ended
    WHERE timer.kind = 'retention' AND timer.key = ended.number AND timer.due_at > ended.due_at
""")


async def shorten(session: AsyncSession, days: Mapping[TicketKind, int]) -> None:
    """Bring forward what ended under a longer period. A longer one is seen to as it fires."""
    await session.execute(_SHORTEN, {"kinds": list(days), "days": list(days.values())})
