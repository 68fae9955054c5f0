"""Counts of security signals ↔ rows."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.tickets.domain.signals import Signals

_BEGIN = text("""
    INSERT INTO signals (key, version, state) VALUES (:key, :version, CAST(:state AS jsonb))
    ON CONFLICT DO NOTHING
""")
_GET = text("SELECT state FROM signals WHERE key = :key FOR UPDATE")
_SAVE = text("""
    UPDATE signals SET version = :version, state = CAST(:state AS jsonb) WHERE key = :key
""")


class SecuritySignals:
    """A partner's months, each locked from loading it until the transaction ends."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, partner: str, month: str) -> Signals:
        """The month, which begins without counts: so that it can be locked the first time too."""
        blank = Signals(partner=partner, month=month)
        await self._session.execute(_BEGIN, _row(blank))
        return Signals.model_validate(await self._session.scalar(_GET, {"key": blank.key}))

    async def save(self, signals: Signals) -> None:
        """Write the state after its new events."""
        await self._session.execute(_SAVE, _row(signals))


def _row(signals: Signals) -> dict[str, object]:
    return {
        "key": signals.key,
        "version": signals.version,
        "state": signals.model_dump_json(),
    }
