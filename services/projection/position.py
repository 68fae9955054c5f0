"""How the projection stands, as its readiness and its query `status` tell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from chassis.health import Beat
from contracts.topology import DOMAIN_STREAM
from services.projection.reader import identity
from services.projection.recorded import Unreadable, read
from services.projection.tables import Row

SILENT_SECONDS = 15.0
Remembered = Callable[[Iterable[str]], Iterable[Row]]


@dataclass(slots=True)
class Position:
    """One per process. `trouble` says why the stream is not followed; `None` when it is.

    `remembered` gives the rows of aggregates that the process which follows has in memory.
    """

    trouble: str | None = None
    beat: Beat = field(default_factory=lambda: Beat("the projection", SILENT_SECONDS))
    connection: Client | None = None
    remembered: Remembered | None = None

    async def probe(self) -> str | None:
        """The reason why the read models may be behind, or `None`."""
        return self.trouble or await self.beat.probe()

    async def last(self) -> int | None:
        """The sequence of the stream's last message; `None` when nobody can tell."""
        if self.connection is None:
            return None
        try:
            return (await identity(self.connection))[1]
        except (NatsError, TimeoutError):
            return None

    async def recorded_at(self, sequence: int) -> datetime | None:
        """When the newest event up to this sequence was recorded; `None` when nobody can tell."""
        if self.connection is None:
            return None
        stream = self.connection.jetstream()
        for place in range(sequence, 0, -1):
            try:
                message = await stream.get_msg(DOMAIN_STREAM, place, direct=True)
                return datetime.fromisoformat(read(place, message.data or b"").recorded_at)
            except (NotFoundError, Unreadable):
                continue
            except (NatsError, TimeoutError):
                return None
        return None
