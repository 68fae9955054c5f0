"""Erasing people: the tickets that were theirs, and the register of who was erased when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncSession

from services.tickets.domain.ticket import Ticket

_OF = text("""
    SELECT state FROM ticket WHERE requester = :requester ORDER BY number FOR UPDATE
""")
_COUNT = text("""
    SELECT count(*) AS tickets,
        array_agg(number ORDER BY number) FILTER (WHERE state->>'ended_at' IS NULL) AS open
    FROM ticket WHERE requester = :requester
""")
_BLANK = text("""
    UPDATE ticket SET requester = '', personal = 'null', version = t.version, state = t.state::jsonb
    FROM unnest(
        CAST(:numbers AS text[]), CAST(:versions AS integer[]), CAST(:states AS text[])
    ) AS t(number, version, state)
    WHERE ticket.number = t.number
""")
_FORGET_REPLIES = text("""
    DELETE FROM command_reply
    WHERE actor = :requester OR reply->>'ticket' = ANY(CAST(:numbers AS text[]))
""")
_REGISTER = text("""
    INSERT INTO erasure (subject, asked_at, asked_by, tickets)
    VALUES (:subject, :asked_at, :asked_by, CAST(:tickets AS text[])) RETURNING id
""")
_COLUMNS = "id, subject, asked_at, asked_by, tickets"
_GET = text(f"SELECT {_COLUMNS} FROM erasure WHERE id = :id")  # noqa: S608  own names
_LATEST = text(
    f"SELECT {_COLUMNS} FROM erasure WHERE subject = :subject ORDER BY asked_at DESC LIMIT 1"  # noqa: S608
)
_PAGE = text(f"""
    SELECT {_COLUMNS}, count(*) OVER () AS total FROM erasure
    ORDER BY asked_at DESC, id LIMIT :size OFFSET :skipped
""")  # noqa: S608
_AWAITED = text("""
    SELECT number FROM ticket
    WHERE number = ANY(CAST(:numbers AS text[])) AND requester = :subject ORDER BY number
""")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many tickets are somebody's, and those of them that have not ended."""

    tickets: int
    open: Sequence[str]


@dataclass(frozen=True, slots=True)
class Erasure:
    """A person who was erased, at whose request, and the tickets that it is about."""

    id: UUID
    subject: str
    asked_at: datetime
    asked_by: str
    tickets: Sequence[str]


class Erasures:
    """The register, and what erasing changes in tickets."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def tickets_of(self, requester: str) -> list[Ticket]:
        """Every ticket of a person, locked in the order of their numbers."""
        states = await self._session.scalars(_OF, {"requester": requester})
        return [Ticket.model_validate(state) for state in states]

    async def count(self, requester: str) -> Counted | None:
        """`None` for nobody's pseudonym."""
        row = (await self._session.execute(_COUNT, {"requester": requester})).one()
        return Counted(row.tickets, row.open or ()) if row.tickets else None

    async def blank(self, tickets: Sequence[Ticket]) -> None:
        """Write tickets whose personal data was erased: nobody's, and without text."""
        await self._session.execute(
            _BLANK,
            {
                "numbers": [ticket.ticket for ticket in tickets],
                "versions": [ticket.version for ticket in tickets],
                "states": [ticket.model_dump_json() for ticket in tickets],
            },
        )

    async def forget_replies(self, requester: str, tickets: Iterable[str]) -> None:
        """Of a person's commands, and of those on their tickets, no trace is kept."""
        await self._session.execute(
            _FORGET_REPLIES, {"requester": requester, "numbers": list(tickets)}
        )

    async def register(
        self, subject: str, tickets: Iterable[str], *, by: str, at: datetime
    ) -> UUID:
        given = {"subject": subject, "asked_at": at, "asked_by": by, "tickets": list(tickets)}
        id_: UUID = (await self._session.execute(_REGISTER, given)).scalar_one()
        return id_

    async def get(self, id_: UUID) -> Erasure | None:
        return _erasure((await self._session.execute(_GET, {"id": id_})).one_or_none())

    async def latest(self, subject: str) -> Erasure | None:
        """The last time that this person was erased."""
        rows = await self._session.execute(_LATEST, {"subject": subject})
        return _erasure(rows.one_or_none())

    async def page(self, page: int, size: int) -> tuple[list[Erasure], int]:
        """The newest first, and how many there are in all."""
        given = {"size": size, "skipped": (page - 1) * size}
        rows = (await self._session.execute(_PAGE, given)).all()
        found = [erasure for row in rows if (erasure := _erasure(row)) is not None]
        return found, rows[0].total if rows else 0

    async def awaited(self, erasure: Erasure) -> list[str]:
        """Tickets of the erasure that have not ended yet; each is erased as soon as it has."""
        given = {"numbers": list(erasure.tickets), "subject": erasure.subject}
        return list(await self._session.scalars(_AWAITED, given))


def _erasure(row: Row[Any] | None) -> Erasure | None:
    if row is None:
        return None
    return Erasure(row.id, row.subject, row.asked_at, row.asked_by, row.tickets)
