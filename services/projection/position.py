"""How the projection stands, as its readiness and its query `status` tell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nats.aio.client import Client
from nats.errors import Error as NatsError

from chassis.health import Beat
from services.projection.reader import identity
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
