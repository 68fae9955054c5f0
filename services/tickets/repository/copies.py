"""What is left of an erased person in this database: looked up, never assumed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import vault
from chassis.read_back import ReadBack
from chassis.vault import Scope
from services.tickets.repository.erasures import Erasure

_NUMBERS = "CAST(:tickets AS text[])"
_EVENTS = text(f"""
    SELECT aggregate, envelope->'data' AS data, stream_seq FROM event_log
    WHERE aggregate = ANY({_NUMBERS}) ORDER BY id
""")  # noqa: S608  own names
_ROWS = text(f"""
    SELECT count(*) FROM ticket
    WHERE number = ANY({_NUMBERS}) AND (requester <> '' OR personal <> 'null'
        OR state->>'requester' <> '' OR jsonb_typeof(state->'comment') = 'object')
""")  # noqa: S608
_REPLIES = text(f"""
    SELECT count(*) FROM command_reply
    WHERE (reply->>'ticket' = ANY({_NUMBERS}) OR actor = :subject) AND recorded_at < :asked_at
""")  # noqa: S608
_BACKUPS = text("""
    SELECT count(*) AS made, max(taken_at) AS last_before FROM key_backup
    WHERE taken_at < :erased_at
""")
_ERASED_AT = text(f"""
    SELECT max(recorded_at) FROM event_log
    WHERE aggregate = ANY({_NUMBERS}) AND subject = 'evt.tickets.personal-data-erased'
""")  # noqa: S608


@dataclass(frozen=True, slots=True)
class SealedCopies:
    """Sealed texts that were found, and those of them that can still be opened."""

    sealed: int
    readable: int


@dataclass(frozen=True, slots=True)
class EventCopies:
    """What the event log and the stream hold. `pseudonyms` are events that name the person so."""

    log: SealedCopies
    stream: SealedCopies
    pseudonyms: int


@dataclass(frozen=True, slots=True)
class Backups:
    """Backups that were made while the keys were there, and the last of them."""

    made: int
    last_before: datetime | None


class Copies:
    """Looks for a person in what this service keeps."""

    def __init__(self, session: AsyncSession, stream: ReadBack) -> None:
        self._session = session
        self._stream = stream

    async def keys(self, subject: str, tickets: Iterable[str]) -> int:
        """Keys that could open anything of these tickets."""
        scopes = [Scope(subject, ticket) for ticket in tickets]
        return len(await vault.present_keys(self._session, scopes))

    async def events(self, subject: str, tickets: Sequence[str]) -> EventCopies:
        """Every sealed text is tried, those in the log and those that the stream gives back."""
        events = (await self._session.execute(_EVENTS, {"tickets": tickets})).all()
        telling = [event for event in events if any(sealed_texts(event.data))]
        bodies = await self._stream.bodies(
            event.stream_seq for event in telling if event.stream_seq is not None
        )
        streamed = [orjson.loads(body) for body in bodies.values()]
        return EventCopies(
            log=await self._tried((event.aggregate, event.data) for event in telling),
            stream=await self._tried((each["subject"], each["data"]) for each in streamed),
            pseudonyms=sum(subject in str(event.data) for event in events),
        )

    async def _tried(self, events: Iterable[tuple[str, Any]]) -> SealedCopies:
        sealed = [
            (Scope(text_["subject"], ticket), text_["text"])
            for ticket, data in events
            for text_ in sealed_texts(data)
        ]
        opened = await vault.open_all(self._session, sealed)
        return SealedCopies(len(sealed), sum(plain is not None for plain in opened))

    async def rows(self, tickets: Sequence[str]) -> int:
        """Rows of these tickets that name anybody or hold sealed text."""
        return int(await self._session.scalar(_ROWS, {"tickets": tickets}) or 0)

    async def replies(self, erasure: Erasure, erased: Sequence[str]) -> int:
        """Kept replies to the person, and to commands on these tickets, of before."""
        given = {"tickets": erased, "subject": erasure.subject, "asked_at": erasure.asked_at}
        return int(await self._session.scalar(_REPLIES, given) or 0)

    async def backups(self, erasure: Erasure, erased: Sequence[str]) -> Backups:
        """Those made before the last of the tickets was erased."""
        erased_at = await self._session.scalar(_ERASED_AT, {"tickets": erased})
        given = {"erased_at": erased_at or erasure.asked_at}
        row = (await self._session.execute(_BACKUPS, given)).one()
        return Backups(row.made, row.last_before)


def sealed_texts(data: Any) -> Iterator[dict[str, str]]:
    """Sealed values anywhere in an event's data."""
    if isinstance(data, dict):
        if data.keys() == {"subject", "text"}:
            yield data
        for value in data.values():
            yield from sealed_texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from sealed_texts(value)
