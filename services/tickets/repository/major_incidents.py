"""Major incidents ↔ rows."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.tickets.domain.major_incidents import MajorIncident

_GET = text("SELECT state FROM major_incident WHERE number = :number FOR UPDATE")
_ADD = text("""
    INSERT INTO major_incident (number, version, state)
    VALUES (:number, :version, CAST(:state AS jsonb))
""")
_SAVE = text("""
    UPDATE major_incident SET version = :version, state = CAST(:state AS jsonb)
    WHERE number = :number
""")


class MajorIncidents:
    """The major incidents, each locked from loading it until the transaction ends."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, number: str) -> MajorIncident | None:
        state = await self._session.scalar(_GET, {"number": number})
        return None if state is None else MajorIncident.model_validate(state)

    async def add(self, major: MajorIncident) -> None:
        await self._session.execute(_ADD, _row(major))

    async def save(self, major: MajorIncident) -> None:
        """Write the state after its new events."""
        await self._session.execute(_SAVE, _row(major))


def _row(major: MajorIncident) -> dict[str, object]:
    return {
        "number": major.major_incident,
        "version": major.version,
        "state": major.model_dump_json(),
    }
