"""Maintenance windows and freezes ↔ rows."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.tickets.domain.windows import Window

_GET = text('SELECT state FROM "window" WHERE number = :number FOR UPDATE')
_ADD = text("""
    INSERT INTO "window" (number, version, freezes, state)
    VALUES (:number, :version, :freezes, CAST(:state AS jsonb))
""")
_SAVE = text("""
    UPDATE "window" SET version = :version, freezes = :freezes, state = CAST(:state AS jsonb)
    WHERE number = :number
""")
_FREEZES = text('SELECT state FROM "window" WHERE freezes')


class Windows:
    """The windows, each locked from loading it until the transaction ends."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, number: str) -> Window | None:
        state = await self._session.scalar(_GET, {"number": number})
        return None if state is None else Window.model_validate(state)

    async def add(self, window: Window) -> None:
        await self._session.execute(_ADD, _row(window))

    async def save(self, window: Window) -> None:
        """Write the state after its new events."""
        await self._session.execute(_SAVE, _row(window))

    async def freezes(self) -> tuple[Window, ...]:
        """Every freeze that was not lifted."""
        states = await self._session.scalars(_FREEZES)
        return tuple(Window.model_validate(state) for state in states)


def _row(window: Window) -> dict[str, object]:
    return {
        "number": window.window,
        "version": window.version,
        "freezes": window.status == "frozen",
        "state": window.model_dump_json(),
    }
