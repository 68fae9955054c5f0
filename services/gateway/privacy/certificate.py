"""The certificate of an erasure: every copy that there was, and what was found of it just now.

Its figures are those of the services at this moment; only where nothing can be looked up does it
say so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from services.gateway.backend import Backend
from services.gateway.identity import Person

Method = Literal[
    "key-deleted",
    "deleted",
    "blanked",
    "ages-out",
    "pseudonym-only",
    "never-written",
]
Status = Literal["complete", "awaiting-tickets", "awaiting-backups", "incomplete"]
COPIES = (
    "keys",
    "event-log",
    "stream",
    "tickets",
    "replies",
    "read-models",
    "memory",
    "parked",
    "backups",
    "pseudonyms",
    "processing-log",
    "logs",
)


@dataclass(frozen=True, slots=True)
class Copy:
    """`found` is what was looked at, `readable` what of it still tells of the person.

    Both are `None` where nothing can be looked up. `gone_at` is when the last of it goes by itself.
    """

    copy: str
    method: Method
    found: int | None
    readable: int | None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """An erasure as it stands at `checked_at`."""

    erasure: str
    data_subject: str
    asked_at: datetime
    checked_at: datetime
    status: Status
    erased: tuple[str, ...]
    awaited: tuple[str, ...]
    copies: tuple[Copy, ...]


async def certified(erasure: str, backend: Backend, officer: Person) -> Certificate:
    """Ask both services what is left. Raises `Refused` for an erasure that is not there."""
    kept = await backend.query("tickets", "erasure", {"erasure": erasure}, officer)
    shown = await backend.view("personal-data", officer, tickets=kept["erased"])
    return certificate(kept, shown)


def certificate(kept: Mapping[str, Any], shown: Mapping[str, Any]) -> Certificate:
    """`kept` is the answer of the query `erasure`, `shown` that of `personal-data`."""
    checked_at = datetime.fromisoformat(kept["checked_at"])
    copies = tuple(_copies(kept, shown, checked_at))
    return Certificate(
        erasure=kept["erasure"],
        data_subject=kept["subject"],
        asked_at=datetime.fromisoformat(kept["asked_at"]),
        checked_at=checked_at,
        status=_status(copies, kept["awaited"]),
        erased=tuple(kept["erased"]),
        awaited=tuple(kept["awaited"]),
        copies=copies,
    )


def _copies(kept: Mapping[str, Any], shown: Mapping[str, Any], now: datetime) -> Iterator[Copy]:
    logged, streamed = kept["event_log"], kept["stream"]
    yield Copy("keys", "deleted", len(kept["erased"]), kept["keys"])
    yield Copy("event-log", "key-deleted", logged["sealed"], logged["readable"])
    yield Copy("stream", "key-deleted", streamed["sealed"], streamed["readable"])
    yield Copy("tickets", "blanked", len(kept["erased"]), kept["rows"])
    yield Copy("replies", "deleted", kept["replies"], kept["replies"])
    yield Copy("read-models", "blanked", shown["rows"], shown["naming"])
    yield Copy("memory", "blanked", shown["remembered"], shown["remembered"])
    yield Copy("parked", "key-deleted", shown["parked"], 0)
    yield _backups(kept["backups"], now)
    yield Copy("pseudonyms", "pseudonym-only", kept["pseudonyms"], None)
    yield Copy("processing-log", "pseudonym-only", kept["processing_lines"], None)
    yield Copy("logs", "never-written", None, None)


def _backups(backups: Mapping[str, Any], now: datetime) -> Copy:
    gone_at = datetime.fromisoformat(backups["gone_at"]) if backups["gone_at"] else None
    there = gone_at is not None and gone_at > now
    return Copy("backups", "ages-out", backups["made"], backups["made"] if there else 0, gone_at)


def _status(copies: tuple[Copy, ...], awaited: list[str]) -> Status:
    left = {copy.copy for copy in copies if copy.readable}
    if left - {"backups"}:
        return "incomplete"
    if awaited:
        return "awaiting-tickets"
    return "awaiting-backups" if left else "complete"
