"""Tickets, their personal text and the copy of the catalogue ↔ rows, on the session in hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import orjson
from sqlalchemy import Pool, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Write
from chassis.processing_log import ProcessingLog
from contracts.envelope import Envelope
from contracts.registry import DomainEvent, parse
from contracts.tickets import Sealed, TicketEvent
from services.tickets.domain.activities import Activities
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.rules import Policy, Rules
from services.tickets.domain.ticket import Ticket
from services.tickets.repository.copies import Copies
from services.tickets.repository.corrections import Corrections
from services.tickets.repository.erasures import Erasures
from services.tickets.repository.major_incidents import MajorIncidents
from services.tickets.repository.numbers import HEARD, Numbers, Series
from services.tickets.repository.signals import SecuritySignals
from services.tickets.repository.texts import Texts
from services.tickets.repository.windows import Windows

_NUMBERS = text(f"SELECT next_numbers(:prefix, :year, :count) AS number, {HEARD}")
_GET = text(f"SELECT state, {HEARD} FROM ticket WHERE number = :number FOR UPDATE")  # noqa: S608
_ADD = """
    INSERT INTO ticket (number, partner, requester, version, state, personal)
    SELECT number, partner, requester, version, state::jsonb, personal::jsonb
    FROM unnest(
        CAST(:numbers AS text[]), CAST(:partners AS text[]), CAST(:requesters AS text[]),
        CAST(:versions AS integer[]), CAST(:states AS text[]), CAST(:personal AS text[])
    ) AS t(number, partner, requester, version, state, personal)
"""
_SAVE = text("""
    UPDATE ticket SET version = :version, state = CAST(:state AS jsonb) WHERE number = :number
""")
_EVENTS = text("SELECT envelope FROM event_log WHERE aggregate = :number ORDER BY version")
_PERSONAL = text("""
    SELECT number, partner, requester, personal, state->'comment' AS comment FROM ticket
    WHERE number = ANY(CAST(:numbers AS text[]))
""")
_IMPORTED = text("""
    SELECT external, ticket FROM imported
    WHERE source = :source AND external = ANY(CAST(:externals AS text[]))
""")
_ADD_IMPORTED = """
    INSERT INTO imported (source, external, ticket)
    SELECT * FROM unnest(
        CAST(:sources AS text[]), CAST(:externals AS text[]), CAST(:tickets AS text[])
    )
"""
_ONE_WRITER = text("SELECT pg_advisory_xact_lock(hashtext('catalogue_event'))")
_ADD_CATALOGUE_EVENT = text("""
    INSERT INTO catalogue_event (event_id, type, data)
    VALUES (:event_id, :type, CAST(:data AS jsonb)) ON CONFLICT (event_id) DO NOTHING
""")
_CATALOGUE_EVENTS = text("""
    SELECT id, type, data FROM catalogue_event WHERE id > :after ORDER BY id
""")


@dataclass(frozen=True, slots=True)
class Personal:
    """A ticket's sealed text, whose ticket it is, and what the requester said in rating it.

    `sealed` is `None` once it was erased.
    """

    partner: str
    requester: str
    sealed: Sealed | None
    comment: Sealed | None


class Tickets:
    """The tickets, each locked from loading it until the transaction ends."""

    def __init__(self, session: AsyncSession, numbers: Numbers) -> None:
        self._session = session
        self._numbers = numbers

    async def number(self, prefix: str, year: int) -> str:
        """A new number of a kind and year, for a ticket that is made by itself."""
        return await self._numbers.next(self._session, Series(prefix, year))

    async def numbers(self, prefix: str, year: int, count: int) -> Sequence[str]:
        """New numbers of a kind and year. A number that is not used is lost."""
        found = await self._session.execute(
            _NUMBERS, {"prefix": prefix, "year": year, "count": count}
        )
        rows = found.all()
        self._session.info["heard"] = rows[0].heard
        return [row.number for row in rows]

    async def get(self, number: str) -> Ticket | None:
        row = (await self._session.execute(_GET, {"number": number})).one_or_none()
        if row is None:
            return None
        self._session.info["heard"] = row.heard
        return Ticket.model_validate(row.state)

    async def history(self, number: str) -> list[TicketEvent]:
        """Every event of a ticket, in order; none of a ticket that is not there."""
        envelopes = await self._session.scalars(_EVENTS, {"number": number})
        events = (Envelope.model_validate(envelope).event() for envelope in envelopes)
        return [event for event in events if isinstance(event, TicketEvent)]

    @staticmethod
    def added(tickets: Sequence[tuple[Ticket, Sealed | None]]) -> Write:
        """New tickets with their sealed personal text, if it is not erased already."""
        columns: dict[str, list[Any]] = {
            "numbers": [ticket.ticket for ticket, _ in tickets],
            "partners": [ticket.partner for ticket, _ in tickets],
            "requesters": [ticket.requester for ticket, _ in tickets],
            "versions": [ticket.version for ticket, _ in tickets],
            "states": [ticket.model_dump_json() for ticket, _ in tickets],
            "personal": [sealed.model_dump_json() if sealed else "null" for _, sealed in tickets],
        }
        return Write(_ADD, columns)

    async def save(self, ticket: Ticket) -> None:
        """Write the state after its new events."""
        await self._session.execute(
            _SAVE,
            {
                "number": ticket.ticket,
                "version": ticket.version,
                "state": ticket.model_dump_json(),
            },
        )

    async def personal(self, numbers: Iterable[str]) -> Mapping[str, Personal]:
        """The sealed text of those of the tickets that exist."""
        rows = await self._session.execute(_PERSONAL, {"numbers": list(numbers)})
        return {
            row.number: Personal(
                row.partner,
                row.requester,
                Sealed.model_validate(row.personal) if row.personal else None,
                Sealed.model_validate(row.comment) if row.comment else None,
            )
            for row in rows
        }

    async def imported(self, source: str, externals: Iterable[str]) -> dict[str, str]:
        """Which of these histories are here already, as which ticket."""
        rows = await self._session.execute(
            _IMPORTED, {"source": source, "externals": list(externals)}
        )
        return {row.external: row.ticket for row in rows}

    @staticmethod
    def remembered(source: str, tickets: Mapping[str, str]) -> Write:
        """Which history became which ticket. Of two imports at once, one is tried again."""
        columns: dict[str, list[Any]] = {
            "sources": [source] * len(tickets),
            "externals": list(tickets),
            "tickets": list(tickets.values()),
        }
        return Write(_ADD_IMPORTED, columns)


class CatalogueCopy:
    """The folded copy of the catalogue, kept in memory and brought up to date at each use.

    One per process; it holds a snapshot per database.
    """

    def __init__(self) -> None:
        self._snapshots: WeakKeyDictionary[Pool, tuple[int, Catalogue]] = WeakKeyDictionary()

    async def fresh(self, session: AsyncSession) -> Catalogue:
        """The catalogue as of all events that are committed, or were at this command's start."""
        pool = session.get_bind().engine.pool
        last, catalogue = self._snapshots.get(pool, (0, Catalogue()))
        if session.info.pop("heard", None) == last:
            return catalogue
        rows = (await session.execute(_CATALOGUE_EVENTS, {"after": last})).all()
        if rows:
            catalogue = catalogue.apply(parse(row.type, row.data) for row in rows)
            self._snapshots[pool] = rows[-1].id, catalogue
        return catalogue


class CatalogueEvents:
    """The copy of the catalogue, event by event."""

    def __init__(self, session: AsyncSession, copy: CatalogueCopy) -> None:
        self._session = session
        self._copy = copy

    async def add(self, event_id: UUID, event: DomainEvent) -> None:
        """Keep an event. One writer at a time: then the order of ids is the order of commits."""
        await self._session.execute(_ONE_WRITER)
        await self._session.execute(
            _ADD_CATALOGUE_EVENT,
            {
                "event_id": event_id,
                "type": event.type(),
                "data": orjson.dumps(event.model_dump(mode="json")).decode(),
            },
        )

    async def catalogue(self) -> Catalogue:
        return await self._copy.fresh(self._session)


@dataclass(frozen=True, slots=True)
class Work:
    """What a handler works with, on one session."""

    tickets: Tickets
    texts: Texts
    windows: Windows
    major_incidents: MajorIncidents
    signals: SecuritySignals
    corrections: Corrections
    catalogue: CatalogueEvents
    policy: Policy
    activities: Activities
    erasures: Erasures
    copies: Copies
    processing: ProcessingLog

    async def rules(self, *, freezes: bool = False) -> Rules:
        """What is decided by, as it stands now; the freezes too where they matter."""
        frozen = await self.windows.freezes() if freezes else ()
        return Rules(await self.catalogue.catalogue(), self.policy, freezes=frozen)
